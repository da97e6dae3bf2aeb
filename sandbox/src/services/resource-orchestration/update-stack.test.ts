import { describe, expect, it } from 'vitest';
import { template } from '../../testing/orchestration-sandbox.ts';
import {
  BODY,
  code,
  eachTestWithChangeSets,
  OUTPUTS,
  PARAMETERS,
  PROJECT,
  QUEUE,
  STORE,
} from '../../testing/orchestration-stacks.ts';

const { sandbox, pass, plan, execute, create, update, events } = eachTestWithChangeSets();

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
