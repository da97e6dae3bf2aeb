import { expect, test } from 'vitest';
import { configOfEachTest } from '../../testing/config-sandbox.ts';
import { MANAGEMENT_ACCOUNT_ID } from '../../testing/rpc-sandbox.ts';
import { createConfigState } from './config-state.ts';

const { sandbox, start, enterprise, describe, groups, group, statuses } = configOfEachTest();

test('the group is of all the directory, and says when it was made in each way', async () => {
  await start({ organization: 'on' });
  const startMs = sandbox.world.clock.now();
  const whole = { FolderId: sandbox.directory.rootFolderId, Tags: [] };
  expect(await group()).toMatchObject({ ...whole, AggregatorCreateTimestamp: String(startMs) });
  expect(await groups()).toMatchObject([{ ...whole, AggregatorCreateTimestamp: startMs }]);
});

test('the group names its members', async () => {
  await start({ organization: 'on' });
  const answer = await group();
  expect(String(answer.AccountId)).toBe(MANAGEMENT_ACCOUNT_ID);
  expect(
    answer.AggregatorAccounts.map((member: unknown) => {
      const { AccountId, AccountName, AccountType } = Object(member);
      return [String(AccountId), AccountName, AccountType];
    }),
  ).toEqual(
    sandbox.directory
      .accounts()
      .map((account) => [account.accountId, account.displayName, 'ResourceDirectory']),
  );
});

test('a member that leaves the group while it is built begins anew', async () => {
  await start({ organization: 'on' }, {});
  const { accountId } = sandbox.directory.addAccount({ displayName: 'new' });
  sandbox.world.clock.advance(100_000);
  sandbox.config.removeFromGroup(accountId);
  await enterprise();
  sandbox.world.clock.advance(239_999);
  expect(await statuses()).toEqual(['BUILDING']);
  sandbox.world.clock.advance(1);
  expect(await statuses()).toEqual(['REGISTERED']);
});

test('starting again adds members that the group lacks', async () => {
  await start({ organization: 'on' }, { members: 3 });
  const [first] = sandbox.directory.accounts();
  sandbox.config.removeFromGroup(first?.accountId ?? '');
  expect(await statuses()).toEqual(['REGISTERED', 'REGISTERED']);
  await enterprise();
  expect(await statuses()).toEqual(['REGISTERED', 'REGISTERED', 'BUILDING']);
  sandbox.world.clock.advance(240_000);
  expect(await statuses()).toEqual(['REGISTERED', 'REGISTERED', 'REGISTERED']);
});

test('members can be missing from the start, or be stuck', async () => {
  // The ids of a seed are the same in every world.
  await start({}, { members: 3 });
  const [first, second] = sandbox.directory.accounts().map((account) => account.accountId);
  await start(
    {
      organization: 'on',
      missingMembers: [first ?? ''],
      stuckMembers: { [second ?? '']: 'REBUILDING' },
    },
    { members: 3 },
  );
  expect(await statuses()).toEqual(['REBUILDING', 'REGISTERED']);
  await enterprise();
  sandbox.world.clock.advance(1_000_000);
  expect(await statuses()).toEqual(['REBUILDING', 'REGISTERED', 'REGISTERED']);
  sandbox.config.holdAt(second ?? '', undefined);
  expect(await statuses()).toEqual(['REGISTERED', 'REGISTERED', 'REGISTERED']);
});

test('a new member joins the group by itself while enterprise mode is on', async () => {
  await start({ organization: 'on' }, {});
  const account = sandbox.directory.addAccount({ displayName: 'new' });
  sandbox.world.clock.advance(2_999);
  expect(await statuses()).toEqual([]);
  sandbox.world.clock.advance(1);
  expect(await statuses()).toEqual(['BUILDING']);
  sandbox.world.clock.advance(240_000);
  expect(await statuses()).toEqual(['REGISTERED']);
  sandbox.directory.removeAccount(account.accountId);
  expect(await statuses()).toEqual([]);
});

test('an account whose status becomes Removed leaves the group, and joins no more', async () => {
  await start({ organization: 'on' }, { members: 1 });
  const members = () =>
    sandbox.config.groupOf(MANAGEMENT_ACCOUNT_ID)?.members.map(({ accountId }) => accountId);
  const [member] = sandbox.directory.accounts();
  const late = sandbox.directory.addAccount({ displayName: 'late' });
  expect(members()).toEqual([member?.accountId]);
  sandbox.directory.setStatus(member?.accountId ?? '', 'Removed');
  sandbox.directory.setStatus(late.accountId, 'Removed');
  sandbox.world.clock.advance(10_000);
  expect(members()).toEqual([]);
  expect(sandbox.directory.accounts()).toHaveLength(2);
});

test('only members join: not what is still being created, and nobody while it is off', async () => {
  await start({ organization: 'off' }, {});
  const early = sandbox.directory.addAccount({ displayName: 'early' });
  sandbox.directory.addAccount({ displayName: 'unfinished', status: 'CreateVerifying' });
  sandbox.world.clock.advance(1_000_000);
  expect(sandbox.config.recorderStatus(early.accountId)).toBeUndefined();
  expect(await groups()).toEqual([]);
  expect(await describe()).toMatchObject({
    ConfigurationRecorderStatus: 'REGISTERED',
    OrganizationEnableStatus: 'REGISTRABLE',
  });
  await enterprise();
  expect((await group()).AggregatorAccounts).toMatchObject([{ AccountName: 'early' }]);
});

test('members over the limit are left out', async () => {
  await start({ organization: 'on', groupMemberLimit: 2 }, { members: 3 });
  await enterprise();
  expect((await groups())[0].AggregatorAccountCount).toBe(2);
});

test('a group is seen by its owner only', async () => {
  await start({ organization: 'on', groupOwnerAccountId: '1000000000000002' });
  expect(await groups()).toEqual([]);
  const owner = sandbox.world.identities.createAccessKey('1000000000000002');
  const id = sandbox.config.groupOf('1000000000000002')?.aggregatorId ?? '';
  await expect(
    sandbox.popCore('2020-09-07')('GetAggregator', { AggregatorId: id }),
  ).rejects.toMatchObject({
    code: 'Invalid.AggregatorId.Value',
    message: expect.stringContaining('The specified AggregatorId is invalid.'),
    entry: { response: { statusCode: 400 } },
  });
  sandbox.config.startRecorder('1000000000000002');
  await sandbox.popCore('2020-09-07', owner)('GetAggregator', { AggregatorId: id });
});

test('recorders start as they are told: built ones, ones being built, ones that are off', async () => {
  const [a, b, c] = ['1000000000000011', '1000000000000012', '1000000000000013'];
  const memberBuildMs = 1000;
  await start({ organization: 'on', memberBuildMs }, { members: 0 });
  for (const accountId of [a, b, c]) sandbox.directory.addAccount({ displayName: 'x', accountId });
  const recorders = { [a]: 'REBUILDING', [b]: 'REGISTRABLE', [c]: 'REGISTERED' } as const;
  const { world, directory } = sandbox;
  const options = { organization: 'on', memberBuildMs, recorders } as const;
  const config = createConfigState({ world, directory, options });
  const all = () => [a, b, c].map((accountId) => config.recorderStatus(accountId));
  expect(all()).toEqual(['REBUILDING', 'REGISTRABLE', 'REGISTERED']);
  world.clock.advance(memberBuildMs);
  expect(all()).toEqual(['REGISTERED', 'REGISTRABLE', 'REGISTERED']);
  config.startEnterpriseMode();
  expect(all()).toEqual(['REGISTERED', 'BUILDING', 'REGISTERED']);
});
