import { describe, expect, it } from 'vitest';
import { BODY, code, eachTestWithChangeSets } from '../../testing/orchestration-stacks.ts';

const { sandbox, pass, plan, execute } = eachTestWithChangeSets();

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
