import { expect, test } from 'vitest';
import { configOfEachTest, NOT_ACTIVATED } from '../../testing/config-sandbox.ts';
import { MANAGEMENT_ACCOUNT_ID } from '../../testing/rpc-sandbox.ts';
import { createConfigState } from './config-state.ts';

const { sandbox, start, enterprise, describe, groups, statuses } = configOfEachTest();

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
