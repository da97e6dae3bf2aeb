import { afterEach, expect, test } from 'vitest';
import { MANAGEMENT_ACCOUNT_ID, startRpcSandbox } from '../../testing/rpc-sandbox.ts';
import type { DirectoryOptions } from '../resource-manager/directory.ts';
import type { ConfigOptions } from './config-data.ts';
import { createConfigState } from './config-state.ts';

let sandbox: Awaited<ReturnType<typeof startRpcSandbox>>;
afterEach(() => sandbox.close());

async function start(
  config: ConfigOptions = {},
  directory: Omit<DirectoryOptions, 'world'> = { members: 2 },
): Promise<void> {
  sandbox = await startRpcSandbox({ config, directory });
}

const enterprise = () =>
  sandbox.popCore('2019-01-08')('StartConfigurationRecorder', { EnterpriseEdition: true });
const describe = async () =>
  Object(await sandbox.popCore('2019-01-08')('DescribeConfigurationRecorder'))
    .ConfigurationRecorder;
const groups = async () =>
  Object(await sandbox.popCore('2020-09-07')('ListAggregators')).AggregatorsResult.Aggregators;
const groupId = () => sandbox.config.groupOf(MANAGEMENT_ACCOUNT_ID)?.aggregatorId ?? '';
const group = async () =>
  Object(await sandbox.popCore('2020-09-07')('GetAggregator', { AggregatorId: groupId() }))
    .Aggregator;
/** Recorder statuses of the group's members, in the group's order. */
const statuses = async () =>
  (await group()).AggregatorAccounts.map((member: unknown) => Object(member).RecorderStatus);

const NOT_ACTIVATED = { code: 'AccountNotExisted', entry: { response: { statusCode: 404 } } };

test('before the activation every read answers AccountNotExisted', async () => {
  await start();
  const config = sandbox.popCore('2020-09-07');
  await expect(describe()).rejects.toMatchObject(NOT_ACTIVATED);
  await expect(groups()).rejects.toMatchObject(NOT_ACTIVATED);
  await expect(config('GetAggregator', { AggregatorId: 'ca-1' })).rejects.toMatchObject(
    NOT_ACTIVATED,
  );
  await expect(config('GetConfigurationRecorder')).rejects.toMatchObject(NOT_ACTIVATED);
});

test('the start answers the state before the work, with 16-digit ids as bare integers', async () => {
  await start();
  const { ConfigurationRecorder: recorder } = Object(await enterprise());
  expect(recorder).toMatchObject({
    ConfigurationRecorderStatus: 'REGISTRABLE',
    OrganizationEnableStatus: 'REGISTRABLE',
    ResourceTypes: expect.arrayContaining(['ACS::ECS::Instance']),
  });
  // pop-core reads an integer of more than 15 digits as a BigNumber.
  expect(typeof recorder.AccountId).toBe('object');
  expect(String(recorder.AccountId)).toBe(MANAGEMENT_ACCOUNT_ID);
  expect(String(recorder.OrganizationMasterId)).toBe(MANAGEMENT_ACCOUNT_ID);
});

test('ids of a recorder can be text, as in the documented sample', async () => {
  await start({ organization: 'on', accountIdAs: 'string' });
  expect((await describe()).AccountId).toBe(MANAGEMENT_ACCOUNT_ID);
});

test('enterprise mode, the group and the members are built on the sandbox clock', async () => {
  await start();
  const { clock } = sandbox.world;
  await enterprise();
  expect(await describe()).toMatchObject({
    ConfigurationRecorderStatus: 'BUILDING',
    OrganizationEnableStatus: 'BUILDING',
  });
  expect(await groups()).toMatchObject([{ AggregatorType: 'RD', AggregatorStatus: 0 }]);
  clock.advance(4_999);
  expect(await groups()).toMatchObject([{ AggregatorStatus: 0 }]);
  clock.advance(1);
  expect(await groups()).toMatchObject([{ AggregatorStatus: 1, AggregatorAccountCount: 2 }]);
  expect(await statuses()).toEqual(['BUILDING', 'BUILDING']);
  clock.advance(114_999);
  expect(await describe()).toMatchObject({ OrganizationEnableStatus: 'BUILDING' });
  clock.advance(1);
  expect(await describe()).toMatchObject({
    OrganizationEnableStatus: 'REGISTERED',
    ConfigurationRecorderStatus: 'BUILDING',
  });
  clock.advance(119_999);
  expect(await statuses()).toEqual(['BUILDING', 'BUILDING']);
  clock.advance(1);
  expect(await statuses()).toEqual(['REGISTERED', 'REGISTERED']);
  expect(await describe()).toMatchObject({ ConfigurationRecorderStatus: 'REGISTERED' });
});

test('an id of no group', async () => {
  await start({ organization: 'on' });
  await expect(
    sandbox.popCore('2020-09-07')('GetAggregator', { AggregatorId: 'ca-none' }),
  ).rejects.toMatchObject({ code: 'Invalid.AggregatorId.Value' });
});

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

test('starting again is refused while initializing, and harmless afterwards', async () => {
  await start();
  await enterprise();
  const refusal = {
    code: 'ProcessIsRunning',
    message: expect.stringContaining('The process is running.'),
    entry: { response: { statusCode: 400 } },
  };
  await expect(enterprise()).rejects.toMatchObject(refusal);
  sandbox.world.clock.advance(9_999);
  await expect(enterprise()).rejects.toMatchObject(refusal);
  sandbox.world.clock.advance(1);
  await enterprise();
  // Nothing began anew: neither the initialization nor the group nor what is being built.
  await enterprise();
  expect(await groups()).toMatchObject([{ AggregatorStatus: 1 }]);
  sandbox.world.clock.advance(230_000);
  expect(await statuses()).toEqual(['REGISTERED', 'REGISTERED']);
});

test('a member may start its own recorder while the organization is initializing', async () => {
  await start();
  await enterprise();
  const [member] = sandbox.directory.accounts();
  const key = sandbox.world.identities.createAccessKey(member?.accountId ?? '');
  await sandbox.popCore('2019-01-08', key)('StartConfigurationRecorder');
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
  await sandbox.close();
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

test('only the management account of a directory may start enterprise mode', async () => {
  await start({ organization: 'off' });
  const refusal = {
    code: 'RDMemberNoPermission',
    message: expect.stringContaining('1. You have not enabled the resource directory service.'),
    entry: { response: { statusCode: 400 } },
  };
  const [member] = sandbox.directory.accounts();
  const key = sandbox.world.identities.createAccessKey(member?.accountId ?? '');
  await expect(
    sandbox.popCore('2019-01-08', key)('StartConfigurationRecorder', { EnterpriseEdition: true }),
  ).rejects.toMatchObject(refusal);
  await sandbox.close();
  await start({}, { enabled: false });
  await expect(enterprise()).rejects.toMatchObject(refusal);
});

test.each([
  ['2019-01-08', 'DescribeConfigurationRecorder'],
  ['2020-09-07', 'GetConfigurationRecorder'],
])('without enterprise mode %s starts the calling account only', async (version, readOperation) => {
  await start();
  const [member] = sandbox.directory.accounts();
  const key = sandbox.world.identities.createAccessKey(member?.accountId ?? '');
  const call = sandbox.popCore(version, key);
  const read = async () => Object(await call(readOperation)).ConfigurationRecorder;
  await call('StartConfigurationRecorder');
  expect(await read()).toMatchObject({ ConfigurationRecorderStatus: 'BUILDING' });
  expect(await read()).not.toHaveProperty('OrganizationEnableStatus');
  sandbox.world.clock.advance(240_000);
  expect(await read()).toMatchObject({ ConfigurationRecorderStatus: 'REGISTERED' });
  await expect(describe()).rejects.toMatchObject(NOT_ACTIVATED);
});

test('the first activation needs the service-linked role, unless switched off', async () => {
  const role = () => {
    const { identities } = sandbox.world;
    identities.createRole(MANAGEMENT_ACCOUNT_ID, 'starter', {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'config:*', Resource: '*' }],
    });
    return identities.assumeRole(`acs:ram::${MANAGEMENT_ACCOUNT_ID}:role/starter`, 60_000);
  };
  await start();
  await expect(
    sandbox.popCore('2019-01-08', role())('StartConfigurationRecorder'),
  ).rejects.toMatchObject({
    code: 'CreateSLRFail',
    entry: { response: { statusCode: 500 } },
  });
  await sandbox.close();
  await start({ needsServiceLinkedRolePermission: false });
  await sandbox.popCore('2019-01-08', role())('StartConfigurationRecorder');
});

test('no page token was ever given out', async () => {
  await start({ organization: 'on' });
  await expect(
    sandbox.popCore('2020-09-07')('ListAggregators', { NextToken: 'x' }),
  ).rejects.toMatchObject({ code: 'InvalidParameter' });
});

test('both API versions are open to ACS3 as well', async () => {
  await start({ organization: 'off' });
  await sandbox.acs3('2019-01-08', 'StartConfigurationRecorder', {
    body: { EnterpriseEdition: 'true' },
  });
  expect(sandbox.config.organizationStatus()).toBe('BUILDING');
  const answer = Object(await sandbox.acs3('2020-09-07', 'ListAggregators'));
  expect(answer.AggregatorsResult.Aggregators).toHaveLength(1);
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

test('its data is all of it: another one goes on from there', async () => {
  await start({ stuckMembers: { '1000000000000015': 'BUILDING' } }, { members: 1 });
  await enterprise();
  sandbox.world.clock.advance(4_000);
  sandbox.directory.addAccount({ displayName: 'late', accountId: '1000000000000014' });
  sandbox.directory.addAccount({ displayName: 'stuck', accountId: '1000000000000015' });
  const { world, directory, config } = sandbox;
  const saved = JSON.parse(JSON.stringify(config.data()));
  expect(saved).toMatchObject({
    organization: { status: 'BUILDING' },
    group: { status: 0, accountIds: [expect.any(String)] },
    joining: [{ accountId: '1000000000000014' }, { accountId: '1000000000000015' }],
  });
  const copy = createConfigState({ world, directory, saved });
  for (const stepMs of [0, 1000, 2000, 120_000, 240_000]) {
    world.clock.advance(stepMs);
    expect(copy.data()).toEqual(config.data());
  }
  expect(copy.recorderStatus('1000000000000015')).toBe('BUILDING');
  expect(copy.recorderStatus('1000000000000014')).toBe('REGISTERED');
});
