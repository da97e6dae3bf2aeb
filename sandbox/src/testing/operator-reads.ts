import { $OpenApiUtil } from '@alicloud/openapi-core';
import ros from '@alicloud/ros20190910';
import sls from '@alicloud/sls20201230';
import { onTestFinished } from 'vitest';
import { createSandbox, type Sandbox } from '../index.ts';
import type { Credentials, PolicyStatement } from '../world/identities.ts';
import { template } from './orchestration-sandbox.ts';
import { unwrapDefault } from './unwrap-default.ts';

const SlsClient = unwrapDefault(sls);
const RosClient = unwrapDefault(ros);

/** A sandbox whose stack `foundations` has these resources. Ends with the test. */
export async function startWithStack(resources: Readonly<Record<string, unknown>>) {
  const sandbox = await createSandbox({ speed: 0 });
  onTestFinished(() => sandbox.close());
  const templateBody = template({ Resources: resources });
  const { stackId } = sandbox.resourceOrchestration.createStack({
    name: 'foundations',
    templateBody,
  });
  const { host } = new URL(sandbox.endpoint);
  return {
    sandbox,
    stackId,
    templateBody,
    /** A key whose owner may do this, and nothing else. */
    keyOf: (Action: string, Resource = '*') =>
      operatorKey(sandbox, { Effect: 'Allow', Action, Resource }),
    sls: (credentials: Credentials = sandbox.credentials) =>
      new SlsClient(
        new $OpenApiUtil.Config({
          ...credentials,
          endpoint: `sandbox@${host}`,
          protocol: 'http',
        }),
      ),
    ros: (credentials: Credentials = sandbox.credentials) =>
      new RosClient(new $OpenApiUtil.Config({ ...credentials, endpoint: host, protocol: 'HTTP' })),
  };
}

function operatorKey(sandbox: Sandbox, statement: PolicyStatement): Credentials {
  const { identities } = sandbox.world;
  const accountId = sandbox.managementAccountId;
  identities.createRole(accountId, 'operator', { Version: '1', Statement: [statement] });
  return identities.assumeRole(`acs:ram::${accountId}:role/operator`, 3_600_000);
}
