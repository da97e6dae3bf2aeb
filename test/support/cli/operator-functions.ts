/** A function that is deployed in the sandbox, and our invoker in front of it. */
import type { Credentials } from '../../../alicloud/credentials.ts';
import { createFunctionInvoker } from '../../../alicloud/function-compute/invoker.ts';
import type { FunctionInvoker } from '../../../cli/operator.ts';
import type { NewFunction } from '../../../sandbox/src/services/function-compute/function-config.ts';
import {
  ACCOUNT_ID,
  createFunctionWorld,
  REGION,
} from '../../../sandbox/src/testing/function-world.ts';

/** Both APIs: one adapter each behind the same port. */
export const functionNames = [
  ['FC 3.0', 'backfill'],
  ['FC 2.0', 'onboarding/backfill'],
] as const;

export async function startOperatorWorld(
  functionName: string,
  source: string,
  config: Partial<NewFunction> = {},
) {
  const world = await createFunctionWorld({ clockSpeed: 0 });
  world.createFunction(functionName, source, config);
  world.world.identities.createRole(ACCOUNT_ID, 'operator', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'fc:InvokeFunction', Resource: '*' }],
  });
  const role: Credentials = world.world.identities.assumeRole(
    `acs:ram::${ACCOUNT_ID}:role/operator`,
    3_600_000,
  );
  const connect = (credentials: Credentials = role, name: string = functionName): FunctionInvoker =>
    createFunctionInvoker({
      functionName: name,
      accountId: ACCOUNT_ID,
      region: REGION,
      endpoint: world.server.endpoint,
      credentials,
    });
  return { ...world, role, connect };
}

export type OperatorWorld = Awaited<ReturnType<typeof startOperatorWorld>>;
