import { describe, expect, test } from 'vitest';
import { createDirectoryUser } from '../../sandbox/src/testing/directory-user.ts';
import { type DeployedSandbox, deployedSandbox } from './deployed-sandbox.ts';

describe('the schedule', () => {
  const MINUTES = 60_000;
  const fired = async (sandbox: DeployedSandbox) => {
    sandbox.functionCompute.fireTimer('backfill', 'schedule');
    await sandbox.settled();
  };

  test('with every event dropped, a new account is covered within one interval and its build', async () => {
    const sandbox = await deployedSandbox({
      speed: 0,
      config: {
        organization: 'not-activated',
        memberBuildMs: 4 * MINUTES,
        organizationBuildMs: 2 * MINUTES,
        initializationMs: 10_000,
        joinDelayMs: 3_000,
      },
    });
    sandbox.eventBus.delivery.set({ drop: 1 });
    const joinedAtMs = sandbox.world.clock.now();
    const accountId = await createDirectoryUser(sandbox).createAccount('payments');

    sandbox.world.clock.advance(5 * MINUTES);
    await sandbox.settled();
    expect(sandbox.accountEntries()).toMatchObject([
      { account_id: accountId, outcome: 'pending', trigger: 'schedule', start_attempts: '1' },
    ]);
    sandbox.world.clock.advance(4 * MINUTES);
    expect(sandbox.config.recorderStatus(accountId)).toBe('REGISTERED');
    expect(sandbox.world.clock.now() - joinedAtMs).toBeLessThanOrEqual(9 * MINUTES);

    sandbox.world.clock.advance(1 * MINUTES);
    await sandbox.settled();
    expect(sandbox.accountEntries().at(-1)).toMatchObject({
      account_id: accountId,
      outcome: 'covered',
      trigger: 'schedule',
      recorder_status: 'REGISTERED',
    });
    expect(sandbox.runEntries().at(-1)).toMatchObject({
      trigger: 'schedule',
      outcome: 'succeeded',
      covered: '1',
      start_attempts: '0',
    });

    sandbox.world.clock.advance(5 * MINUTES);
    await sandbox.settled();
    expect(sandbox.accountEntries()).toHaveLength(2);
    expect(sandbox.runEntries().at(-1)).toMatchObject({ covered: '0', already_covered: '1' });
    expect(sandbox.journal.count('config', 'StartConfigurationRecorder')).toBe(1);
  });

  test('all is well: one run entry, the heartbeat, and nothing else', async () => {
    const sandbox = await deployedSandbox({ members: 5, config: { organization: 'on' } });
    await fired(sandbox);
    expect(sandbox.entries()).toMatchObject([
      { entry_type: 'run', trigger: 'schedule', outcome: 'succeeded', already_covered: '5' },
    ]);
  });

  test('looks once and does not wait', async () => {
    const sandbox = await deployedSandbox({
      config: { organization: 'on', joinDelayMs: 0, memberBuildMs: 60_000 },
    });
    sandbox.directory.addAccount({ displayName: 'new' });
    await fired(sandbox);
    expect(sandbox.journal.count('config', 'GetAggregator')).toBe(1);
    expect(sandbox.accountEntries()).toMatchObject([{ outcome: 'pending' }]);
  });

  test('says overdue of a member that is found open for too long, whoever looks then', async () => {
    const id = '1000000000000004';
    const sandbox = await deployedSandbox({
      config: { organization: 'on', stuckMembers: { [id]: 'REGISTRABLE' }, joinDelayMs: 0 },
      environment: { OVERDUE_AFTER_SECONDS: '0.001', VERIFY_FOR_SECONDS: '0' },
    });
    const joinedAtMs = Date.now() - 2 * 86_400_000;
    sandbox.directory.addAccount({ displayName: 'stuck', accountId: id, joinedAtMs });
    await fired(sandbox);
    await sandbox.call('backfill', {});
    await fired(sandbox);
    expect(sandbox.accountEntries()).toMatchObject([
      { account_id: id, outcome: 'pending', trigger: 'schedule' },
      { account_id: id, outcome: 'overdue', trigger: 'manual' },
      { account_id: id, outcome: 'overdue', trigger: 'schedule' },
    ]);
    expect(sandbox.accountEntries()[2]?.recommendation).toMatch(/ticket with Cloud Config/);
  });

  test('starts less and less often for an account that no start helps', async () => {
    const id = '1000000000000004';
    const sandbox = await deployedSandbox({
      config: { organization: 'on', stuckMembers: { [id]: 'REGISTRABLE' }, joinDelayMs: 0 },
    });
    sandbox.directory.addAccount({ displayName: 'stuck', accountId: id });
    for (let runs = 0; runs < 5; runs += 1) await fired(sandbox);
    expect(sandbox.starts()).toBe(3);
    expect(sandbox.accountEntries().at(-1)?.recommendation).toMatch(
      /The schedule will start the recorder again at \d{4}-.*Z\.$/,
    );
    await sandbox.call('backfill', { verifyForSeconds: 0 });
    expect(sandbox.starts()).toBe(4);
  });

  test('a member whose promotion failed is a member still', async () => {
    const sandbox = await deployedSandbox({ config: { organization: 'on', joinDelayMs: 60_000 } });
    const { accountId } = sandbox.directory.addAccount({
      displayName: 'promoted',
      status: 'PromoteFailed',
    });
    await fired(sandbox);
    expect(sandbox.accountEntries()).toMatchObject([{ account_id: accountId, outcome: 'pending' }]);
  });
});
