import { describe, expect, test, vi } from 'vitest';
import { createDirectoryUser } from '../../sandbox/src/testing/directory-user.ts';
import { createdEvent } from '../support/workflows/account-events.ts';
import { type DeployedSandbox, deployedSandbox } from './deployed-sandbox.ts';

const apiCalls = (sandbox: DeployedSandbox) =>
  sandbox.journal
    .entries()
    .filter(({ service }) => service === 'config' || service === 'resource-manager').length;

const outcomes = (sandbox: DeployedSandbox) =>
  Object.fromEntries(
    sandbox.accountEntries().map(({ account_id, outcome }) => [account_id, outcome]),
  );

describe('every member', () => {
  test('enterprise mode is off: one start, everyone verified and recorded', async () => {
    const sandbox = await deployedSandbox({
      instances: 'processes',
      members: 250,
      config: { organization: 'off' },
    });
    const { status, answer } = await sandbox.call('backfill', {});
    expect(status).toBe('succeeded');
    expect(answer).toMatchObject({ trigger: 'manual', accounts: { covered: 250 }, attention: [] });
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.journal.count('resource-manager', 'ListAccounts')).toBe(3);
    expect(new Set(Object.values(outcomes(sandbox)))).toEqual(new Set(['covered']));
    expect(sandbox.accountEntries()).toHaveLength(250);
    expect(sandbox.runEntries()).toMatchObject([
      {
        trigger: 'manual',
        outcome: 'succeeded',
        covered: '250',
        organization_status: 'REGISTERED',
        recorder_status: expect.stringMatching(/^(BUILDING|REGISTERED)$/),
        api_calls: String(apiCalls(sandbox)),
      },
    ]);
    expect(sandbox.entries().at(-1)?.entry_type).toBe('run');
  });

  test('all covered: five calls, no start, an entry for each', async () => {
    const sandbox = await deployedSandbox({ members: 20, config: { organization: 'on' } });
    const { answer } = await sandbox.call('backfill', {});
    expect(answer).toMatchObject({ accounts: { alreadyCovered: 20 }, startAttempts: 0 });
    expect(apiCalls(sandbox)).toBe(5);
    expect(sandbox.accountEntries()).toHaveLength(20);
  });

  test('a member that the group has no room for is reported, not hidden', async () => {
    const sandbox = await deployedSandbox({
      members: 3,
      config: { organization: 'on', groupMemberLimit: 2 },
      environment: { VERIFY_FOR_SECONDS: '0.3', OVERDUE_AFTER_SECONDS: '0' },
    });
    const { answer: first } = await sandbox.call('backfill', {});
    expect(first).toMatchObject({ accounts: { alreadyCovered: 2, pending: 1 } });
    const { answer } = await sandbox.call('backfill', {});
    expect(answer).toMatchObject({
      accounts: { alreadyCovered: 2, overdue: 1 },
      attention: [{ outcome: 'overdue', recommendation: expect.stringContaining('full') }],
    });
    expect(sandbox.starts()).toBe(2);
    expect(sandbox.accountEntries().map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining(['already-covered', 'already-covered', 'overdue', 'pending']),
    );
  });

  test('what is no member is skipped with the reason', async () => {
    const sandbox = await deployedSandbox({ members: 1, config: { organization: 'on' } });
    const { accountId } = sandbox.directory.addAccount({
      displayName: 'half-made',
      status: 'CreateVerifying',
    });
    await sandbox.call('backfill', {});
    expect(sandbox.accountEntries()).toContainEqual(
      expect.objectContaining({
        account_id: accountId,
        outcome: 'skipped',
        recommendation: expect.stringContaining('CreateVerifying'),
      }),
    );
  });
});

describe('some of them', () => {
  async function withFolders() {
    const sandbox = await deployedSandbox({ config: { organization: 'on', joinDelayMs: 0 } });
    const { directory } = sandbox;
    const outer = directory.createFolder('outer');
    const inner = directory.createFolder('inner', outer.folderId);
    const add = (displayName: string, folderId?: string) =>
      directory.addAccount({ displayName, ...(folderId === undefined ? {} : { folderId }) })
        .accountId;
    const ids = [add('root'), add('outer', outer.folderId), add('inner', inner.folderId)] as const;
    return { sandbox, outer, inner, ids };
  }

  test('by folder, with its sub-folders, less an exclusion', async () => {
    const { sandbox, outer, ids } = await withFolders();
    await sandbox.call('backfill', { folder: outer.folderId, exclude: [ids[1]] });
    expect(Object.keys(outcomes(sandbox))).toEqual([ids[2]]);
  });

  test('by account', async () => {
    const { sandbox, ids } = await withFolders();
    await sandbox.call('backfill', { accounts: [ids[0]] });
    expect(Object.keys(outcomes(sandbox))).toEqual([ids[0]]);
  });

  test('a filter that matches nothing is an error, and recorded', async () => {
    const { sandbox } = await withFolders();
    const { status, errorName } = await sandbox.call('backfill', { folder: 'fd-none' });
    expect([status, errorName]).toEqual(['failed', 'NoAccountInScope']);
    expect(sandbox.entries()).toMatchObject([
      { entry_type: 'run', outcome: 'rejected', reason: expect.stringContaining('fd-none') },
    ]);
  });
});

describe('input', () => {
  test('a dry run shows the plan, and changes and writes nothing', async () => {
    const sandbox = await deployedSandbox({ members: 3, config: { organization: 'off' } });
    const { answer } = await sandbox.call('backfill', { dryRun: true });
    expect(answer).toMatchObject({
      dryRun: true,
      plan: { startRecorder: true, accounts: { start: 3 } },
    });
    expect(sandbox.starts()).toBe(0);
    expect(sandbox.entries()).toEqual([]);
  });

  test('an unknown key is refused, recorded and thrown', async () => {
    const sandbox = await deployedSandbox();
    const { status, errorName, errorMessage } = await sandbox.call('backfill', { dry_run: true });
    expect([status, errorName]).toEqual(['failed', 'InputRejected']);
    expect(errorMessage).toContain('dry_run: unknown key');
    expect(sandbox.entries()).toMatchObject([{ outcome: 'rejected', trigger: 'manual' }]);
  });
});

describe('at the same time, and killed', () => {
  test('two backfills and a burst of events: no failed account, the same end state', async () => {
    const sandbox = await deployedSandbox({ members: 30, config: { organization: 'off' } });
    const user = createDirectoryUser(sandbox);
    const { functionCompute } = sandbox;
    await functionCompute.invoke('backfill', '{}', { async: true });
    await functionCompute.invoke('backfill', '{}', { async: true });
    for (let index = 0; index < 6; index += 1) await user.createAccount(`burst-${index}`);
    await sandbox.settled();

    expect(functionCompute.invocations().map(({ status }) => status)).toEqual(
      Array(8).fill('succeeded'),
    );
    expect(Object.keys(outcomes(sandbox)).length).toBe(36);
    for (const { accountId } of sandbox.directory.accounts()) {
      expect(sandbox.config.recorderStatus(accountId)).toBe('REGISTERED');
      expect(['covered', 'already-covered']).toContain(outcomes(sandbox)[accountId]);
    }
  });

  test('killed in the middle: the next run records every account', async () => {
    const sandbox = await deployedSandbox({
      instances: 'processes',
      members: 30,
      // Nothing is built before time is moved.
      speed: 0,
      config: { organization: 'off' },
    });
    await sandbox.functionCompute.invoke('backfill', '{}', { async: true });
    await vi.waitFor(() => expect(sandbox.starts()).toBe(1), { timeout: 30_000, interval: 10 });
    sandbox.functionCompute.killRunning('backfill');
    await sandbox.settled();
    expect(sandbox.runEntries()).toEqual([]);

    sandbox.world.clock.setSpeed(1);
    const { status } = await sandbox.call('backfill', {});
    expect(status).toBe('succeeded');
    expect(sandbox.accountEntries()).toHaveLength(30);
    expect(sandbox.starts()).toBe(1);
  });

  test('an event’s run is not repeated for an account that a backfill covered', async () => {
    const sandbox = await deployedSandbox({ members: 1, config: { organization: 'off' } });
    await sandbox.call('backfill', {});
    const [member] = sandbox.directory.accounts();
    await sandbox.call('onboard-account', createdEvent(member?.accountId ?? ''));
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.accountEntries().map(({ outcome }) => outcome)).toEqual([
      'covered',
      'already-covered',
    ]);
  });
});
