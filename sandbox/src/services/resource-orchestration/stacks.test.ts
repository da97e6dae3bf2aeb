/** What is seen of stacks, and by whom. */
import { describe, expect, it } from 'vitest';
import { ACCOUNT_ID, template } from '../../testing/orchestration-sandbox.ts';
import { code, eachTestWithChangeSets } from '../../testing/orchestration-stacks.ts';

const { sandbox, pass, plan, create } = eachTestWithChangeSets();

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
