/** A stack without a change set, and what it would be: through the official SDK. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  ACCOUNT_ID,
  type OrchestrationSandbox,
  RESOURCE_MS,
  startOrchestrationSandbox,
  template,
} from '../../testing/orchestration-sandbox.ts';

let sandbox: OrchestrationSandbox;
beforeEach(async () => {
  sandbox = await startOrchestrationSandbox();
});
afterEach(() => sandbox.close());

const PROJECT = { Type: 'ALIYUN::SLS::Project', Properties: { Name: { Ref: 'Project' } } };
const store = (ttlDays: number) => ({
  Type: 'ALIYUN::SLS::Logstore',
  Properties: {
    ProjectName: { 'Fn::GetAtt': ['Project', 'Name'] },
    LogstoreName: 'results',
    TTL: ttlDays,
  },
});
const QUEUE = { Type: 'ALIYUN::MNS::Queue', Properties: { QueueName: 'failures' } };

const body = (resources: Readonly<Record<string, unknown>>) =>
  template({
    Description: 'Where results go',
    Parameters: { Project: { Type: 'String', Default: 'audit' } },
    Resources: { Project: PROJECT, ...resources },
  });

it('CreateStack answers at once, and its resources follow', async () => {
  const stackId = await sandbox.ros().createStack({
    stackName: 'foundations',
    templateBody: body({ Store: store(30) }),
    parameters: { Project: 'history' },
    timeoutInMinutes: 20,
  });
  expect(await sandbox.ros().getStack(stackId)).toMatchObject({
    stackName: 'foundations',
    status: 'CREATE_IN_PROGRESS',
    timeoutInMinutes: 20,
  });
  sandbox.world.clock.advance(2 * RESOURCE_MS);
  expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(sandbox.logService.settingsOf('history', 'results').ttlDays).toBe(30);
  await expect(
    sandbox.ros().createStack({ stackName: 'foundations', templateBody: body({}) }),
  ).rejects.toMatchObject({ code: 'StackExists' });
});

it('CreateStack needs what its resources need', async () => {
  const key = sandbox.world.identities.createUser(ACCOUNT_ID, 'planner', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'ros:*', Resource: '*' }],
  });
  const stackId = await sandbox
    .ros(key)
    .createStack({ stackName: 'denied', templateBody: body({}), disableRollback: true });
  sandbox.world.clock.advance(RESOURCE_MS);
  expect(await sandbox.ros().getStack(stackId)).toMatchObject({
    status: 'CREATE_FAILED',
    statusReason: expect.stringContaining('log:CreateProject'),
  });
});

it('a preview of a new stack shows what would be made, and makes nothing', async () => {
  const preview = await sandbox.ros().previewStack({
    stackName: 'foundations',
    templateBody: body({ Store: store(30) }),
    parameters: { Project: 'history' },
  });
  expect(preview).toMatchObject({
    stackName: 'foundations',
    description: 'Where results go',
    disableRollback: false,
    timeoutInMinutes: 60,
  });
  expect(preview?.parameters).toContainEqual(
    expect.objectContaining({ parameterKey: 'Project', parameterValue: 'history' }),
  );
  expect(preview?.resources).toMatchObject([
    {
      logicalResourceId: 'Project',
      resourceType: 'ALIYUN::SLS::Project',
      action: 'Add',
      properties: { Name: 'history' },
      requiredBy: ['Store'],
    },
    {
      logicalResourceId: 'Store',
      action: 'Add',
      properties: { ProjectName: null, LogstoreName: 'results', TTL: 30 },
      requiredBy: [],
    },
  ]);
  expect(sandbox.orchestration.stacks()).toEqual([]);
});

it('a preview of an update says what stays, changes, comes and goes', async () => {
  const { stackId } = sandbox.orchestration.createStack({
    name: 'foundations',
    templateBody: body({ Store: store(30), Old: QUEUE }),
    parameters: { Project: 'history' },
  });
  const preview = async (templateBody: string) => {
    const stack = await sandbox
      .ros()
      .previewStack({ stackId, templateBody, usePreviousParameters: true });
    return stack?.resources?.map(({ logicalResourceId, action, replacement, properties }) => [
      logicalResourceId,
      action,
      replacement,
      properties?.TTL,
    ]);
  };
  const NewQueue = { ...QUEUE, Properties: { QueueName: 'new' } };
  expect(await preview(body({ Store: store(60), NewQueue }))).toEqual([
    ['Project', 'None', undefined, undefined],
    ['Store', 'Modify', 'False', 60],
    ['NewQueue', 'Add', undefined, undefined],
    ['Old', 'Remove', undefined, undefined],
  ]);
  expect(sandbox.logService.settingsOf('history', 'results').ttlDays).toBe(30);
});

it('a preview is of a new stack, or of one that there is', async () => {
  const templateBody = body({});
  const refused = async (wanted: object) =>
    sandbox
      .ros()
      .previewStack({ templateBody, ...wanted })
      .then(
        () => 'answered',
        ({ code }) => code,
      );
  expect(await refused({})).toBe('MissingParameter');
  expect(await refused({ stackId: 'none' })).toBe('StackNotFound');
  expect(await refused({ stackId: 'none', stackName: 'a' })).toBe('InvalidParameter');
  expect(await refused({ stackName: 'a', usePreviousParameters: true })).toBe('InvalidParameter');
  expect(await refused({ stackName: 'a', enablePreConfig: true })).toBe('InvalidParameter');
  expect(await refused({ stackName: 'a' })).toBe('answered');
});
