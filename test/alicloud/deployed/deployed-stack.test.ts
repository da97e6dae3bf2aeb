import { describe, expect, it, onTestFinished } from 'vitest';
import { readDeployedStack } from '../../../alicloud/resource-orchestration/deployed-stack.ts';
import { createRosClient } from '../../../alicloud/resource-orchestration/ros-client.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import { type Answer, json, startRawServer } from '../../support/adapters/server.ts';
import { noStacks, STACK_ID, stackIn, stacks } from '../../support/cli/operator-stacks.ts';

async function connect(answers: Readonly<Record<string, Answer>>) {
  const server = await startRawServer((response, request) => {
    const operation = String(request.headers['x-acs-action']);
    const unscripted = json({ Code: 'Unscripted', Message: 'No.' }, 400);
    (answers[operation] ?? unscripted)(response, request);
  });
  onTestFinished(() => server.close());
  const client = createRosClient({ endpoint: server.url, region: 'cn-hangzhou', credentials });
  return { server, read: () => readDeployedStack(client, 'onboarding') };
}

const PARAMETERS = [
  { ParameterKey: 'ALIYUN::Region', ParameterValue: 'cn-hangzhou' },
  { ParameterKey: 'RetentionDays', ParameterValue: '730' },
  { ParameterKey: 'AlertActionPolicy' },
];
const THERE = {
  ListStacks: stacks('UPDATE_COMPLETE', 'done'),
  GetStack: stackIn('UPDATE_COMPLETE', { Parameters: PARAMETERS }),
  GetTemplate: json({ RequestId: 'R', TemplateBody: '{"Resources":{}}' }),
};

describe('a stack', () => {
  it('has its status, its own parameters and its template', async () => {
    const { server, read } = await connect(THERE);
    expect(await read()).toEqual({
      status: 'UPDATE_COMPLETE',
      reason: 'done',
      parameters: { RetentionDays: '730', AlertActionPolicy: '' },
      template: '{"Resources":{}}',
    });
    const template = server.seen.find(({ headers }) => headers['x-acs-action'] === 'GetTemplate');
    expect(template?.target).toContain(`StackId=${STACK_ID}`);
  });

  it('is not there, and nothing more is asked', async () => {
    const { server, read } = await connect({ ListStacks: noStacks });
    expect(await read()).toBeUndefined();
    expect(server.seen).toHaveLength(1);
  });

  it.each(['ListStacks', 'GetStack', 'GetTemplate'])('needs %s', async (operation) => {
    const denied = json({ Code: 'Forbidden', Message: 'No.' }, 403);
    const { read } = await connect({ ...THERE, [operation]: denied });
    expect(await cloudErrorOf(read())).toMatchObject({ operation, code: 'Forbidden' });
  });

  it('without a template is a malformed answer', async () => {
    const { read } = await connect({ ...THERE, GetTemplate: json({ RequestId: 'R' }) });
    expect(await cloudErrorOf(read())).toMatchObject({ code: 'MalformedAnswer' });
  });
});
