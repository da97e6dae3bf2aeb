import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { startWithStack } from '../../testing/operator-reads.ts';
import type { Credentials } from '../../world/identities.ts';

type Call = (parameters: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>;

/** The SDK has no types. */
const CloudFlow: new (
  options: Readonly<Record<string, unknown>>,
) => Record<'describeExecution' | 'describeFlow' | 'listFlows' | 'startExecution', Call> =
  createRequire(import.meta.url)('@alicloud/fnf-2019-03-15');

const DEFINITION = JSON.stringify({
  Type: 'StateMachine',
  SpecVersion: 'v1',
  Name: 'greets',
  StartAt: 'Say',
  States: [{ Name: 'Say', Type: 'Pass', OutputConstructor: { said: 'hello' }, End: true }],
});

async function start() {
  const { sandbox, keyOf } = await startWithStack({
    Role: {
      Type: 'ALIYUN::RAM::Role',
      Properties: {
        RoleName: 'flow',
        AssumeRolePolicyDocument: {
          Version: '1',
          Statement: [
            {
              Action: 'sts:AssumeRole',
              Effect: 'Allow',
              Principal: { Service: ['fnf.aliyuncs.com'] },
            },
          ],
        },
      },
    },
    Flow: {
      Type: 'ALIYUN::FNF::Flow',
      Properties: {
        Name: 'greets',
        Description: 'Says hello',
        Definition: DEFINITION,
        RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
  });
  const clientOf = (credentials: Credentials = sandbox.credentials) =>
    new CloudFlow({
      accessKeyId: credentials.accessKeyId,
      accessKeySecret: credentials.accessKeySecret,
      securityToken: credentials.securityToken,
      endpoint: sandbox.endpoint,
    });
  return { sandbox, clientOf, keyOf };
}

describe('a flow through its SDK', () => {
  it('is looked up and listed', async () => {
    const { sandbox, clientOf } = await start();
    expect(await clientOf().describeFlow({ Name: 'greets' })).toMatchObject({
      Name: 'greets',
      Type: 'FDL',
      Definition: DEFINITION,
      Description: 'Says hello',
      RoleArn: `acs:ram::${sandbox.managementAccountId}:role/flow`,
    });
    expect(await clientOf().listFlows({})).toMatchObject({ Flows: [{ Name: 'greets' }] });
    await expect(clientOf().describeFlow({ Name: 'other' })).rejects.toMatchObject({
      code: 'FlowNotExists',
    });
  });

  it('is run, and its execution looked up', async () => {
    const { clientOf } = await start();
    const execution = { FlowName: 'greets', ExecutionName: 'one' };
    const started = await clientOf().startExecution({ ...execution, Input: '{"who":"you"}' });
    expect(started).toMatchObject({ Name: 'one', FlowName: 'greets', Status: 'Running' });
    await expect
      .poll(() => clientOf().describeExecution(execution))
      .toMatchObject({ Status: 'Succeeded', Output: '{"said":"hello"}', Input: '{"who":"you"}' });
    await expect(clientOf().startExecution(execution)).rejects.toMatchObject({
      code: 'ExecutionAlreadyExists',
    });
    await expect(
      clientOf().describeExecution({ ...execution, ExecutionName: 'two' }),
    ).rejects.toMatchObject({ code: 'ExecutionNotExists' });
    await expect(
      clientOf().startExecution({ FlowName: 'greets', Input: 'no JSON' }),
    ).rejects.toMatchObject({ code: 'InvalidArgument' });
  });

  it.each([
    ['DescribeFlow', 'describeFlow', { Name: 'greets' }],
    ['ListFlows', 'listFlows', {}],
    ['StartExecution', 'startExecution', { FlowName: 'greets' }],
    ['DescribeExecution', 'describeExecution', { FlowName: 'greets', ExecutionName: 'one' }],
  ] as const)('is for those who have fnf:%s', async (operation, method, parameters) => {
    const { clientOf, keyOf } = await start();
    await clientOf().startExecution({ FlowName: 'greets', ExecutionName: 'one' });
    await expect(clientOf(keyOf('fnf:Nothing'))[method](parameters)).rejects.toMatchObject({
      code: 'AccessDenied',
      data: { AccessDeniedDetail: { AuthAction: `fnf:${operation}` } },
    });
    await clientOf(keyOf(`fnf:${operation}`))[method](parameters);
  });
});
