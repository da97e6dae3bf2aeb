import { describe, expect, it } from 'vitest';
import { ACCOUNT_ID, template } from '../../testing/orchestration-sandbox.ts';
import {
  BODY,
  code,
  eachTestWithChangeSets,
  PARAMETERS,
  PROJECT,
  QUEUE,
  STORE,
} from '../../testing/orchestration-stacks.ts';

const { sandbox, pass, plan, execute, create, events } = eachTestWithChangeSets();

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
