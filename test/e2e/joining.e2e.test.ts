import { describe, expect, test } from 'vitest';
import { createDirectoryUser } from '../../sandbox/src/testing/directory-user.ts';
import { createdEvent, sampleEvent } from '../support/workflows/account-events.ts';
import { deployedSandbox } from './deployed-sandbox.ts';

const A = '1000000000000004';

/** Whether the function saw the recorder being built depends on how fast its process came up. */
const COVERED = expect.stringMatching(/^(already-)?covered$/);

describe('from the account to its result, over the bus', () => {
  test('the first account ever: Config is activated, the account verified and recorded', async () => {
    const sandbox = await deployedSandbox({ instances: 'processes' });
    const accountId = await createDirectoryUser(sandbox).createAccount('payments');
    await sandbox.settled();

    expect(sandbox.accountEntries()).toMatchObject([
      {
        account_id: accountId,
        account_name: 'payments',
        outcome: 'covered',
        recorder_status: 'REGISTERED',
        verified_by: 'account-group',
        start_attempts: '1',
        event_name: 'CreateResourceAccount',
      },
    ]);
    expect(sandbox.runEntries()).toMatchObject([
      { outcome: 'succeeded', covered: '1', organization_status: 'REGISTERED', trigger: 'event' },
    ]);
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.entries().at(-1)?.entry_type).toBe('run');
  });

  test('an invited account, where its event reaches the management account', async () => {
    const sandbox = await deployedSandbox({
      config: { organization: 'on' },
      handshakeEventsReachManagement: true,
    });
    await createDirectoryUser(sandbox).inviteAccount('1000000000000042');
    await sandbox.settled();
    expect(sandbox.accountEntries()).toMatchObject([
      { account_id: '1000000000000042', outcome: COVERED, event_name: 'AcceptHandshake' },
    ]);
  });

  test('an invited account whose event is never seen: the schedule covers it', async () => {
    const sandbox = await deployedSandbox({
      speed: 0,
      config: { organization: 'on', memberBuildMs: 400_000 },
    });
    await createDirectoryUser(sandbox).inviteAccount('1000000000000042');
    await sandbox.settled();
    expect(sandbox.entries()).toEqual([]);

    for (const outcome of ['pending', 'covered']) {
      sandbox.world.clock.advance(300_000);
      await sandbox.settled();
      expect(sandbox.accountEntries().at(-1)).toMatchObject({
        account_id: '1000000000000042',
        outcome,
        trigger: 'schedule',
      });
    }
    expect(sandbox.accountEntries()).toHaveLength(2);
  });

  test('a call that fails creates no account: ignored, and nothing is called', async () => {
    const sandbox = await deployedSandbox();
    sandbox.faults.add({
      service: 'resource-manager',
      operation: 'CreateResourceAccount',
      when: { always: true },
      effect: { kind: 'error', code: 'LimitExceeded.Account', status: 409, message: 'Full.' },
    });
    await sandbox.call('onboard-account', sampleEvent('create-resource-account-failed'));
    expect(sandbox.runEntries()).toMatchObject([
      { outcome: 'ignored', reason: expect.stringContaining('LimitExceeded.Account') },
    ]);
    expect(sandbox.journal.entries().filter(({ service }) => service === 'config')).toEqual([]);
  });
});

describe('events as they really arrive', () => {
  test('twice, and out of order: one account, the same end state, no error', async () => {
    const sandbox = await deployedSandbox();
    sandbox.eventBus.delivery.set({ duplicate: 2, reorderWithinMs: 300 });
    const user = createDirectoryUser(sandbox);
    const ids = [await user.createAccount('one'), await user.createAccount('two')];
    await sandbox.settled();

    expect(sandbox.functionCompute.invocations().map(({ status }) => status)).toEqual(
      Array(6).fill('succeeded'),
    );
    for (const accountId of ids) {
      const outcomes = sandbox
        .accountEntries()
        .filter(({ account_id }) => account_id === accountId)
        .map(({ outcome }) => outcome);
      expect(outcomes).toHaveLength(3);
      expect(outcomes.every((one) => one === 'covered' || one === 'already-covered')).toBe(true);
    }
  });

  test('covered before: said so, without a start', async () => {
    const sandbox = await deployedSandbox({ members: 1, config: { organization: 'on' } });
    const [member] = sandbox.directory.accounts();
    await sandbox.call('onboard-account', createdEvent(member?.accountId ?? ''));
    expect(sandbox.accountEntries()).toMatchObject([
      { outcome: 'already-covered', recorder_status: 'REGISTERED', start_attempts: '0' },
    ]);
    expect(sandbox.starts()).toBe(0);
  });

  test('building already: waited for, without a start', async () => {
    const sandbox = await deployedSandbox({
      config: { organization: 'on', joinDelayMs: 0, memberBuildMs: 2_000 },
    });
    sandbox.directory.addAccount({ displayName: 'new', accountId: A });
    await sandbox.call('onboard-account', createdEvent(A));
    expect(sandbox.accountEntries()).toMatchObject([{ outcome: 'covered', start_attempts: '0' }]);
  });

  test('missing in the group although enterprise mode is on: started again, then covered', async () => {
    const sandbox = await deployedSandbox({ members: 2, config: { organization: 'on' } });
    const [member] = sandbox.directory.accounts();
    sandbox.config.removeFromGroup(member?.accountId ?? '');
    await sandbox.call('onboard-account', createdEvent(member?.accountId ?? ''));
    expect(sandbox.accountEntries()).toMatchObject([{ outcome: 'covered', start_attempts: '1' }]);
  });

  test('never registered: pending with the status seen, not covered', async () => {
    const sandbox = await deployedSandbox({
      config: { organization: 'on', stuckMembers: { [A]: 'REBUILDING' }, joinDelayMs: 0 },
      environment: { VERIFY_FOR_SECONDS: '0.4' },
    });
    sandbox.directory.addAccount({ displayName: 'stuck', accountId: A });
    const { status } = await sandbox.call('onboard-account', createdEvent(A));
    expect(status).toBe('succeeded');
    expect(sandbox.accountEntries()).toMatchObject([
      {
        outcome: 'pending',
        recorder_status: 'REBUILDING',
        recommendation: expect.stringMatching(/\.$/),
      },
    ]);
    expect(sandbox.runEntries()).toMatchObject([{ outcome: 'pending', pending: '1' }]);
  });

  test('a group that somebody else owns: verified by the organization only, never covered', async () => {
    const sandbox = await deployedSandbox({
      members: 1,
      config: { organization: 'on', groupOwnerAccountId: '1000000000000077' },
    });
    const [member] = sandbox.directory.accounts();
    await sandbox.call('onboard-account', createdEvent(member?.accountId ?? ''));
    expect(sandbox.accountEntries()).toMatchObject([
      {
        outcome: 'pending',
        verified_by: 'organization',
        recommendation: expect.stringContaining('ACCOUNT_GROUP_ID'),
      },
    ]);
  });
});
