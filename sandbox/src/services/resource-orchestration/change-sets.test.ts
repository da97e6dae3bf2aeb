/** Plan, execute, follow, change, delete: through the official SDK. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ACCOUNT_ID,
  type OrchestrationSandbox,
  RESOURCE_MS,
  startOrchestrationSandbox,
  template,
} from '../../testing/orchestration-sandbox.ts';

let sandbox: OrchestrationSandbox;
/** A change set that was executed keeps its name. */
let planned = 0;
beforeEach(async () => {
  sandbox = await startOrchestrationSandbox();
});
afterEach(() => sandbox.close());

const code = (expected: string, message?: string) =>
  expect.objectContaining({
    code: expected,
    ...(message !== undefined && { message: expect.stringContaining(message) }),
  });

const PROJECT = { Type: 'ALIYUN::SLS::Project', Properties: { Name: 'audit', Description: 'a' } };
const STORE = {
  Type: 'ALIYUN::SLS::Logstore',
  Properties: {
    ProjectName: { 'Fn::GetAtt': ['Project', 'Name'] },
    LogstoreName: 'results',
    TTL: { Ref: 'Days' },
    ShardCount: 1,
  },
};
const QUEUE = { Type: 'ALIYUN::MNS::Queue', Properties: { QueueName: 'failures' } };
const PARAMETERS = { Days: { Type: 'Number', Default: 30, MinValue: 1, MaxValue: 3600 } };
const OUTPUTS = { Project: { Value: { 'Fn::GetAtt': ['Project', 'Name'] } } };
/** The store is written before the project that it needs. */
const BODY = template({
  Parameters: PARAMETERS,
  Resources: { Store: STORE, Project: PROJECT },
  Outputs: OUTPUTS,
});

function pass(resources = 1) {
  sandbox.world.clock.advance(RESOURCE_MS * resources);
}

async function plan(
  wanted: Parameters<ReturnType<OrchestrationSandbox['ros']>['createChangeSet']>[0],
) {
  planned += 1;
  const changeSet = await sandbox
    .ros()
    .createChangeSet({ changeSetName: `plan-${planned}`, templateBody: BODY, ...wanted });
  pass();
  return changeSet;
}

async function execute(changeSetId: string) {
  await sandbox.ros().executeChangeSet(changeSetId);
  pass(20);
}

async function create(templateBody = BODY) {
  const { changeSetId, stackId } = await plan({
    changeSetType: 'CREATE',
    stackName: 'onboarding',
    templateBody,
  });
  await execute(changeSetId);
  return stackId;
}

async function update(stackId: string, templateBody: string, parameters = {}) {
  const changeSet = await plan({ stackId, templateBody, parameters });
  await execute(changeSet.changeSetId);
  return changeSet;
}

async function events(stackId: string) {
  const found = (await sandbox.ros().listStackEvents(stackId))?.events ?? [];
  return found
    .toReversed()
    .map(({ logicalResourceId, status }) => `${logicalResourceId} ${status}`);
}

describe('a new stack', () => {
  it('is planned, executed, and complete when its resources are', async () => {
    const ros = sandbox.ros();
    const { changeSetId, stackId } = await ros.createChangeSet({
      changeSetType: 'CREATE',
      changeSetName: 'setup',
      stackName: 'onboarding',
      templateBody: BODY,
      parameters: { Days: '90' },
      description: 'first',
    });
    expect(await ros.getChangeSet(changeSetId)).toMatchObject({
      status: 'CREATE_IN_PROGRESS',
      executionStatus: 'UNAVAILABLE',
      changes: [],
    });
    pass();
    expect(await ros.getChangeSet(changeSetId)).toMatchObject({
      changeSetName: 'setup',
      changeSetType: 'CREATE',
      createTime: '2026-11-20T03:04:05',
      description: 'first',
      status: 'CREATE_COMPLETE',
      executionStatus: 'AVAILABLE',
      stackId,
      stackName: 'onboarding',
      parameters: expect.arrayContaining([
        { parameterKey: 'ALIYUN::TenantId', parameterValue: ACCOUNT_ID },
        { parameterKey: 'Days', parameterValue: '90' },
      ]),
      changes: [
        {
          Type: 'Resource',
          ResourceChange: {
            Action: 'Add',
            LogicalResourceId: 'Project',
            ResourceType: 'ALIYUN::SLS::Project',
            Scope: [],
            Details: [],
          },
        },
        { ResourceChange: { Action: 'Add', LogicalResourceId: 'Store' } },
      ],
    });
    // A plan touches nothing.
    expect(() => sandbox.logService.requireProject('audit')).toThrow();
    expect(await ros.getStack(stackId)).toMatchObject({ status: 'REVIEW_IN_PROGRESS' });

    await ros.executeChangeSet(changeSetId);
    expect(await ros.getStack(stackId)).toMatchObject({ status: 'CREATE_IN_PROGRESS' });
    expect(await ros.listStackResources(stackId)).toMatchObject([
      { logicalResourceId: 'Project', status: 'CREATE_IN_PROGRESS' },
      { logicalResourceId: 'Store', status: 'INIT_COMPLETE' },
    ]);
    pass();
    expect(sandbox.logService.entries.bind(null, 'audit', 'results')).toThrow('results');
    pass();

    expect(await ros.getStack(stackId)).toMatchObject({
      stackName: 'onboarding',
      status: 'CREATE_COMPLETE',
      statusReason: 'Stack CREATE completed successfully',
      outputs: [{ OutputKey: 'Project', OutputValue: 'audit' }],
    });
    expect(await ros.getChangeSet(changeSetId)).toMatchObject({
      executionStatus: 'EXECUTE_COMPLETE',
    });
    expect(await events(stackId)).toEqual([
      'onboarding REVIEW_IN_PROGRESS',
      'onboarding CREATE_IN_PROGRESS',
      'Project CREATE_IN_PROGRESS',
      'Project CREATE_COMPLETE',
      'Store CREATE_IN_PROGRESS',
      'Store CREATE_COMPLETE',
      'onboarding CREATE_COMPLETE',
    ]);
    expect(sandbox.logService.entries('audit', 'results')).toEqual([]);
  });

  it('that fails says why, and what was created is deleted again', async () => {
    sandbox.logService.createProject('audit');
    const body = template({
      Parameters: PARAMETERS,
      Resources: { Queue: QUEUE, Store: STORE, Project: PROJECT },
    });
    const stackId = await create(body);
    const reason = 'ProjectAlreadyExist: Project audit already exist.';
    expect(await events(stackId)).toEqual([
      'onboarding REVIEW_IN_PROGRESS',
      'onboarding CREATE_IN_PROGRESS',
      'Queue CREATE_IN_PROGRESS',
      'Queue CREATE_COMPLETE',
      'Project CREATE_IN_PROGRESS',
      'Project CREATE_FAILED',
      'onboarding CREATE_FAILED',
      'onboarding CREATE_ROLLBACK_IN_PROGRESS',
      'Queue DELETE_IN_PROGRESS',
      'Queue DELETE_COMPLETE',
      'onboarding CREATE_ROLLBACK_COMPLETE',
    ]);
    const failed = await sandbox.ros().listStackEvents(stackId, { status: ['CREATE_FAILED'] });
    expect(failed).toMatchObject({
      totalCount: 2,
      events: [
        {
          logicalResourceId: 'onboarding',
          resourceType: 'ALIYUN::ROS::Stack',
          statusReason: `Resource CREATE failed: Exception: resources.Project: ${reason}`,
        },
        { logicalResourceId: 'Project', statusReason: reason },
      ],
    });
    expect(sandbox.messageService.hasQueue('failures')).toBe(false);
    // The project was somebody else's.
    sandbox.logService.requireProject('audit');
    await expect(create(body)).rejects.toEqual(code('StackExists'));
  });

  it('that failed can not be updated', async () => {
    sandbox.logService.createProject('audit');
    const stackId = await create();
    await expect(plan({ stackId, parameters: { Days: '90' } })).rejects.toEqual(
      code('NotSupported', 'CREATE_ROLLBACK_COMPLETE'),
    );
  });

  it('takes an empty parameter as it is', async () => {
    const { changeSetId } = await plan({
      changeSetType: 'CREATE',
      stackName: 'onboarding',
      parameters: { Text: '' },
      templateBody: template({ Parameters: { Text: { Type: 'String', Default: 'default' } } }),
    });
    expect((await sandbox.ros().getChangeSet(changeSetId))?.parameters).toContainEqual(
      expect.objectContaining({ parameterKey: 'Text', parameterValue: '' }),
    );
  });

  it('keeps what was created when rollback is disabled', async () => {
    sandbox.logService.createProject('audit');
    const { changeSetId, stackId } = await plan({
      changeSetType: 'CREATE',
      stackName: 'onboarding',
      disableRollback: true,
      templateBody: template({
        Parameters: PARAMETERS,
        Resources: { Queue: QUEUE, Project: PROJECT },
      }),
    });
    await execute(changeSetId);
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'CREATE_FAILED' });
    expect(await sandbox.ros().getChangeSet(changeSetId)).toMatchObject({
      executionStatus: 'EXECUTE_FAILED',
    });
    expect(sandbox.messageService.hasQueue('failures')).toBe(true);
  });

  it('that fails leaves what is to be retained', async () => {
    sandbox.messageService.createQueue('failures');
    const stackId = await create(
      template({ Resources: { Project: { ...PROJECT, DeletionPolicy: 'Retain' }, Queue: QUEUE } }),
    );
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({
      status: 'CREATE_ROLLBACK_COMPLETE',
    });
    sandbox.logService.requireProject('audit');
  });
});

describe('an update', () => {
  it('that changes nothing is refused', async () => {
    const stackId = await create();
    await expect(plan({ stackId })).rejects.toEqual(
      code('NotSupported', 'Update the completely same stack'),
    );
    await expect(plan({ stackId, parameters: { Days: '30' } })).rejects.toEqual(
      code('NotSupported'),
    );
    // The same template in other words.
    await expect(plan({ stackId, templateBody: `${BODY}\n` })).rejects.toEqual(
      code('NotSupported'),
    );
  });

  it('shows and makes only what changes', async () => {
    const stackId = await create();
    const { changeSetId } = await plan({
      stackId,
      parameters: { Days: '90' },
      templateBody: template({
        Parameters: PARAMETERS,
        Resources: { Store: STORE, Project: PROJECT, Queue: QUEUE },
        Outputs: OUTPUTS,
      }),
    });
    expect((await sandbox.ros().getChangeSet(changeSetId))?.changes).toEqual([
      {
        Type: 'Resource',
        ResourceChange: {
          Action: 'Modify',
          LogicalResourceId: 'Store',
          PhysicalResourceId: 'audit:results',
          ResourceType: 'ALIYUN::SLS::Logstore',
          Replacement: 'False',
          Scope: ['Properties'],
          Details: [
            {
              ChangeSource: 'DirectModification',
              Evaluation: 'Static',
              Target: { Attribute: 'Properties', Name: 'TTL' },
            },
          ],
        },
      },
      {
        Type: 'Resource',
        ResourceChange: {
          Action: 'Add',
          LogicalResourceId: 'Queue',
          ResourceType: 'ALIYUN::MNS::Queue',
          Scope: [],
          Details: [],
        },
      },
    ]);
    await execute(changeSetId);
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({
      status: 'UPDATE_COMPLETE',
      updateTime: expect.any(String),
    });
    expect((await events(stackId)).slice(7)).toEqual([
      'onboarding UPDATE_IN_PROGRESS',
      'Store UPDATE_IN_PROGRESS',
      'Store UPDATE_COMPLETE',
      'Queue CREATE_IN_PROGRESS',
      'Queue CREATE_COMPLETE',
      'onboarding UPDATE_COMPLETE',
    ]);
    expect(storeTtl()).toBe(90);
  });

  it('keeps former values of parameters only when asked to', async () => {
    const stackId = await create();
    await update(stackId, BODY, { Days: '90' });
    await expect(plan({ stackId, usePreviousParameters: true })).rejects.toEqual(
      code('NotSupported'),
    );
    await update(stackId, BODY);
    expect(storeTtl()).toBe(30);
  });

  it('forgets former values of parameters that the template has no longer', async () => {
    const stackId = await create();
    await update(stackId, BODY, { Days: '90' });
    const { changeSetId } = await plan({
      stackId,
      usePreviousParameters: true,
      templateBody: template({ Resources: { Project: PROJECT } }),
    });
    await execute(changeSetId);
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'UPDATE_COMPLETE' });
  });

  it('deletes what is no longer in the template, after the rest', async () => {
    const stackId = await create(
      template({ Parameters: PARAMETERS, Resources: { Project: PROJECT, Store: STORE } }),
    );
    const { changeSetId } = await update(
      stackId,
      template({ Resources: { Project: PROJECT, Queue: QUEUE } }),
    );
    expect((await events(stackId)).slice(-5)).toEqual([
      'Queue CREATE_IN_PROGRESS',
      'Queue CREATE_COMPLETE',
      'Store DELETE_IN_PROGRESS',
      'Store DELETE_COMPLETE',
      'onboarding UPDATE_COMPLETE',
    ]);
    expect((await sandbox.ros().getChangeSet(changeSetId))?.changes).toMatchObject([
      { ResourceChange: { Action: 'Add', LogicalResourceId: 'Queue' } },
      { ResourceChange: { Action: 'Remove', LogicalResourceId: 'Store' } },
    ]);
    expect((await sandbox.ros().listStackResources(stackId)).length).toBe(2);
  });

  it('of what can only be replaced fails, and all is changed back', async () => {
    const stackId = await create();
    const renamed = { ...PROJECT, Properties: { Name: 'other' } };
    const body = template({
      Parameters: PARAMETERS,
      Resources: { Queue: QUEUE, Project: renamed, Store: STORE },
    });
    const { changeSetId } = await update(stackId, body, { Days: '90' });
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(await sandbox.ros().getChangeSet(changeSetId)).toMatchObject({
      executionStatus: 'EXECUTE_FAILED',
    });
    const failed = await sandbox.ros().listStackEvents(stackId, { status: ['UPDATE_FAILED'] });
    expect(failed?.events?.at(-1)).toMatchObject({
      logicalResourceId: 'Project',
      statusReason:
        'NotSupported: Update of the property Name of ALIYUN::SLS::Project is not supported.',
    });
    expect(sandbox.messageService.hasQueue('failures')).toBe(false);
    expect(
      (await sandbox.ros().listStackResources(stackId)).map((r) => r.logicalResourceId),
    ).toEqual(['Project', 'Store']);
  });

  it('that a service refuses is changed back, updates too', async () => {
    const stackId = await create();
    sandbox.messageService.createQueue('failures');
    const body = template({
      Parameters: PARAMETERS,
      Resources: { Project: PROJECT, Store: STORE, Queue: QUEUE },
    });
    await update(stackId, body, { Days: '90' });
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect((await events(stackId)).slice(-4)).toEqual([
      'onboarding ROLLBACK_IN_PROGRESS',
      'Store UPDATE_IN_PROGRESS',
      'Store UPDATE_COMPLETE',
      'onboarding ROLLBACK_COMPLETE',
    ]);
    expect(storeTtl()).toBe(30);
    expect(sandbox.messageService.hasQueue('failures')).toBe(true);
  });

  it('that fails leaves deletion policies as they were', async () => {
    const stackId = await create(
      template({ Resources: { Project: { ...PROJECT, DeletionPolicy: 'Retain' } } }),
    );
    sandbox.messageService.createQueue('failures');
    await update(stackId, template({ Resources: { Project: PROJECT, Queue: QUEUE } }));
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    await sandbox.ros().deleteStack(stackId);
    pass(5);
    sandbox.logService.requireProject('audit');
  });

  it('is refused while another one runs, and executing deletes the other change sets', async () => {
    const stackId = await create();
    const first = await plan({ stackId, changeSetName: 'a', parameters: { Days: '90' } });
    const second = await plan({ stackId, changeSetName: 'b', parameters: { Days: '91' } });
    await expect(plan({ stackId, changeSetName: 'a', parameters: { Days: '92' } })).rejects.toEqual(
      code('ChangeSetExists'),
    );
    await sandbox.ros().executeChangeSet(first.changeSetId);
    const busy = code('ActionInProgress', 'Stack onboarding already has an action (UPDATE)');
    await expect(plan({ stackId, parameters: { Days: '93' } })).rejects.toEqual(busy);
    await expect(sandbox.ros().deleteStack(stackId)).rejects.toEqual(busy);
    await expect(sandbox.ros().executeChangeSet(first.changeSetId)).rejects.toEqual(busy);
    await expect(sandbox.ros().getChangeSet(second.changeSetId)).rejects.toEqual(
      code('ChangeSetNotFound'),
    );
  });

  function storeTtl() {
    return sandbox.logService.settingsOf('audit', 'results').ttlDays;
  }
});

describe('change sets', () => {
  it('are not executed before they are complete, nor twice', async () => {
    const { changeSetId } = await sandbox.ros().createChangeSet({
      changeSetType: 'CREATE',
      changeSetName: 'setup',
      stackName: 'onboarding',
      templateBody: BODY,
    });
    await expect(sandbox.ros().executeChangeSet(changeSetId)).rejects.toEqual(
      code('NotSupported', 'CREATE_IN_PROGRESS'),
    );
    pass();
    await execute(changeSetId);
    await expect(sandbox.ros().executeChangeSet(changeSetId)).rejects.toEqual(
      code('NotSupported', 'EXECUTE_COMPLETE'),
    );
    await expect(sandbox.ros().deleteChangeSet(changeSetId)).rejects.toEqual(
      code('NotSupported', 'EXECUTE_COMPLETE'),
    );
  });

  it('are deleted alone; the stack in review is deleted apart', async () => {
    const { changeSetId, stackId } = await plan({
      changeSetType: 'CREATE',
      stackName: 'onboarding',
    });
    await sandbox.ros().deleteChangeSet(changeSetId);
    await expect(sandbox.ros().getChangeSet(changeSetId)).rejects.toEqual(
      code('ChangeSetNotFound', changeSetId),
    );
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'REVIEW_IN_PROGRESS' });
    await expect(plan({ changeSetType: 'CREATE', stackName: 'onboarding' })).rejects.toEqual(
      code('StackExists', 'The Stack (onboarding) already exists.'),
    );
    await sandbox.ros().deleteStack(stackId);
    pass();
    await plan({ changeSetType: 'CREATE', stackName: 'onboarding' });
  });

  it.each([
    ['IMPORT', { changeSetType: 'IMPORT', stackName: 's' }, 'InvalidParameter', 'IMPORT'],
    ['CREATE without a name', { changeSetType: 'CREATE' }, 'MissingParameter', 'StackName'],
    ['UPDATE without a stack', {}, 'MissingParameter', 'StackId'],
    ['UPDATE of no stack', { stackId: 'x' }, 'StackNotFound', 'The Stack (x) could not be found.'],
    [
      'a bad name of a stack',
      { changeSetType: 'CREATE', stackName: '-s' },
      'InvalidParameter',
      'StackName',
    ],
    [
      'a bad name of a change set',
      { changeSetType: 'CREATE', stackName: 's', changeSetName: 'a b' },
      'InvalidParameter',
      'ChangeSetName',
    ],
    [
      'replacement',
      { stackId: 'x', replacementOption: 'Enabled' },
      'InvalidParameter',
      'ReplacementOption',
    ],
    [
      'no rollback of an update',
      { stackId: 'x', disableRollback: true },
      'InvalidParameter',
      'DisableRollback',
    ],
    [
      'a parameter that is not modelled',
      { changeSetType: 'CREATE', stackName: 's', ramRoleName: 'r' },
      'InvalidParameter',
      'RamRoleName',
    ],
    [
      'another region',
      { changeSetType: 'CREATE', stackName: 's', regionId: 'cn-beijing' },
      'InvalidParameter',
      'RegionId',
    ],
  ])('refuse %s', async (_case, wanted, expected, message) => {
    await expect(plan(wanted)).rejects.toEqual(code(expected, message));
    expect(sandbox.orchestration.stacks()).toEqual([]);
  });

  it('refuse to show their template', async () => {
    const { changeSetId } = await plan({ changeSetType: 'CREATE', stackName: 'onboarding' });
    await expect(sandbox.ros().getChangeSet(changeSetId, { showTemplate: true })).rejects.toEqual(
      code('InvalidParameter', 'ShowTemplate'),
    );
  });
});

describe('deleting a stack', () => {
  const retained = template({
    Parameters: PARAMETERS,
    Resources: {
      Queue: QUEUE,
      Project: { ...PROJECT, DeletionPolicy: 'Retain' },
      Store: { ...STORE, DeletionPolicy: 'Retain' },
      Logs: {
        ...STORE,
        Properties: { ...STORE.Properties, LogstoreName: 'function-logs' },
      },
    },
  });

  it('deletes everything, the last created first', async () => {
    const stackId = await create();
    await sandbox.ros().deleteStack(stackId);
    pass(2);
    expect((await events(stackId)).slice(-6)).toEqual([
      'onboarding DELETE_IN_PROGRESS',
      'Store DELETE_IN_PROGRESS',
      'Store DELETE_COMPLETE',
      'Project DELETE_IN_PROGRESS',
      'Project DELETE_COMPLETE',
      'onboarding DELETE_COMPLETE',
    ]);
    expect(() => sandbox.logService.requireProject('audit')).toThrow();
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'DELETE_COMPLETE' });
    await expect(sandbox.ros().deleteStack(stackId)).rejects.toEqual(code('StackNotFound'));
    await create();
  });

  it('deletes its change sets', async () => {
    const stackId = await create();
    const { changeSetId } = await plan({ stackId, parameters: { Days: '90' } });
    await sandbox.ros().deleteStack(stackId);
    await expect(sandbox.ros().getChangeSet(changeSetId)).rejects.toEqual(
      code('ChangeSetNotFound'),
    );
  });

  it('leaves what is to be retained, with what was written', async () => {
    const stackId = await create(retained);
    sandbox.logService.append('audit', 'results', [
      { timeS: 1, source: '', topic: '', contents: { outcome: 'covered' } },
    ]);
    await sandbox.ros().deleteStack(stackId);
    pass(5);
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(sandbox.logService.entries('audit', 'results')).toHaveLength(1);
    expect(() => sandbox.logService.entries('audit', 'function-logs')).toThrow('function-logs');
    expect(sandbox.messageService.hasQueue('failures')).toBe(false);
  });

  it('leaves what the call names, or all', async () => {
    const first = await create(template({ Resources: { Queue: QUEUE, Project: PROJECT } }));
    await expect(
      sandbox.ros().deleteStack(first, { retainResources: ['Nothing'] }),
    ).rejects.toEqual(code('InvalidParameter', 'Nothing'));
    await sandbox.ros().deleteStack(first, { retainResources: ['Queue'] });
    pass(5);
    expect(sandbox.messageService.hasQueue('failures')).toBe(true);
    expect(() => sandbox.logService.requireProject('audit')).toThrow();

    const second = await create(template({ Resources: { Project: PROJECT } }));
    await sandbox.ros().deleteStack(second, { retainAllResources: true });
    sandbox.logService.requireProject('audit');
    expect(await sandbox.ros().getStack(second)).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  it('goes on when a resource is gone already', async () => {
    const stackId = await create();
    sandbox.logService.deleteProject('audit');
    await sandbox.ros().deleteStack(stackId);
    pass(5);
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'DELETE_COMPLETE' });
  });
});

describe('lists', () => {
  it('find stacks by name and status, the newest first, without deleted ones', async () => {
    for (const stackName of ['a-1', 'a-2', 'b-1']) {
      await plan({ changeSetType: 'CREATE', stackName, templateBody: template({}) });
      pass();
    }
    const names = async (wanted: Parameters<ReturnType<typeof sandbox.ros>['listStacks']>[0]) =>
      (await sandbox.ros().listStacks(wanted))?.stacks?.map(({ stackName }) => stackName);
    expect(await names({})).toEqual(['b-1', 'a-2', 'a-1']);
    expect(await names({ stackName: ['a-2'] })).toEqual(['a-2']);
    expect(await names({ stackName: ['a-*'] })).toEqual(['a-2', 'a-1']);
    expect(await names({ status: ['CREATE_COMPLETE'] })).toEqual([]);
    expect(await sandbox.ros().listStacks({ pageSize: 2, pageNumber: 2 })).toMatchObject({
      totalCount: 3,
      pageNumber: 2,
      pageSize: 2,
      stacks: [{ stackName: 'a-1', status: 'REVIEW_IN_PROGRESS', stackType: 'ROS' }],
    });
    const [first] = sandbox.orchestration.stacks();
    await sandbox.ros().deleteStack(first?.stackId ?? '');
    expect(await names({ stackName: ['a-1'] })).toEqual([]);
    expect(await names({ status: ['DELETE_COMPLETE'] })).toEqual(['a-1']);
    expect(await names({ stackId: first?.stackId ?? '' })).toEqual(['a-1']);
  });

  it('show events by page', async () => {
    const stackId = await create();
    const page = await sandbox.ros().listStackEvents(stackId, { pageSize: 3, pageNumber: 3 });
    expect(page).toMatchObject({
      totalCount: 7,
      events: [{ logicalResourceId: 'onboarding', status: 'REVIEW_IN_PROGRESS', stackId }],
    });
    const some = await sandbox.ros().listStackEvents(stackId, { logicalResourceId: ['Store'] });
    expect(some?.totalCount).toBe(2);
  });
});

describe('permissions', () => {
  it('are those of ros: on the stack', async () => {
    const stackId = await create();
    const arn = `acs:ros:cn-hangzhou:${ACCOUNT_ID}:stack`;
    sandbox.world.identities.createRole(ACCOUNT_ID, 'reader', {
      Version: '1',
      Statement: [
        { Effect: 'Allow', Action: 'ros:GetStack', Resource: `${arn}/${stackId}` },
        { Effect: 'Allow', Action: 'ros:ListStacks', Resource: `${arn}/*` },
      ],
    });
    const ros = sandbox.ros(
      sandbox.world.identities.assumeRole(`acs:ram::${ACCOUNT_ID}:role/reader`, 60_000),
    );
    expect(await ros.getStack(stackId)).toMatchObject({ stackId });
    expect(await ros.listStacks()).toMatchObject({ totalCount: 1 });
    await expect(ros.getStack('other')).rejects.toEqual(code('Forbidden'));
    await expect(ros.deleteStack(stackId)).rejects.toEqual(code('Forbidden'));
    await expect(ros.listStackEvents(stackId)).rejects.toEqual(code('Forbidden'));
  });

  it('another account sees nothing', async () => {
    const stackId = await create();
    const other = sandbox.world.identities.createAccessKey('1000000000000002');
    await expect(sandbox.ros(other).getStack(stackId)).rejects.toEqual(code('Forbidden'));
  });
});
