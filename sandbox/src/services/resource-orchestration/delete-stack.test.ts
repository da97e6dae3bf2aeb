import { describe, expect, it } from 'vitest';
import { template } from '../../testing/orchestration-sandbox.ts';
import {
  code,
  eachTestWithChangeSets,
  PARAMETERS,
  PROJECT,
  QUEUE,
  STORE,
} from '../../testing/orchestration-stacks.ts';

const { sandbox, pass, plan, create, events } = eachTestWithChangeSets();

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
