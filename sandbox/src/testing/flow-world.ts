import { onTestFinished } from 'vitest';
import { type FlowOptions, runFlow } from '../services/cloud-flow/run-flow.ts';
import { hurried } from './flow-clock.ts';
import { ACCOUNT_ID, createFunctionWorld, REGION } from './function-world.ts';

const ROLE_ARN = `acs:ram::${ACCOUNT_ID}:role/flow`;

/** A flow beside real functions, each the source of its own. */
export async function createFlowWorld(sources: Readonly<Record<string, string>> = {}) {
  const made = await createFunctionWorld({ clockSpeed: 0 });
  onTestFinished(() => made.close());
  const { world, functionCompute } = made;
  world.identities.createRole(ACCOUNT_ID, 'flow', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'fc:InvokeFunction', Resource: '*' }],
  });
  for (const [name, source] of Object.entries(sources)) made.createFunction(name, source);
  const run = (states: readonly object[], more: Partial<FlowOptions> & { startAt?: string } = {}) =>
    runFlow({
      definition: JSON.stringify({
        Type: 'StateMachine',
        SpecVersion: 'v1',
        Name: 'flow',
        StartAt: more.startAt ?? 'A',
        States: states,
      }),
      input: {},
      roleArn: ROLE_ARN,
      accountId: ACCOUNT_ID,
      world: { ...world, clock: hurried(world.clock) },
      functionCompute,
      ...more,
    });
  return { ...made, run };
}

/** A state `A` that invokes the function with the input of the execution, and is the last. */
export const callFunction = (name: string, more: object = {}) => ({
  Name: 'A',
  Type: 'Task',
  Action: 'FC:InvokeFunction',
  Parameters: {
    resourceArn: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/${name}/LATEST`,
    invocationType: 'Sync',
    'body.$': '$Context.Execution.Input',
  },
  End: true,
  ...more,
});
