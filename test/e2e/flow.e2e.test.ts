import { describe, expect, test } from 'vitest';
import type { FlowResult } from '../../sandbox/src/services/cloud-flow/run-flow.ts';
import { type FlowSandbox, flowSandbox } from '../support/flow/sandbox.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const FORBIDDEN = { kind: 'error', code: 'NoPermission', status: 403 } as const;

const runOutcomes = (sandbox: FlowSandbox) =>
  sandbox.logService
    .entries(`account-onboarding-${sandbox.managementAccountId}`, 'results')
    .flatMap(({ contents }) => (contents.entry_type === 'run' ? [contents.outcome] : []));

/** Minutes from one look to the next. */
function minutesBetweenLooks({ history }: FlowResult): number[] {
  const looks = history
    .filter((event) => event.type === 'TaskScheduled' && event.state === 'Look')
    .map(({ atMs }) => atMs);
  return looks.slice(1).map((atMs, index) => (atMs - (looks[index] ?? 0)) / MINUTE_MS);
}

const failures = ({ history }: FlowResult) =>
  history.flatMap((event) => (event.type === 'TaskFailed' ? [event.code] : []));

describe('enabling takes hours', () => {
  test('the flow waits longer each time, then succeeds', async () => {
    const sandbox = await flowSandbox({
      members: 3,
      config: {
        organization: 'off',
        organizationBuildMs: 2 * HOUR_MS,
        memberBuildMs: 5 * HOUR_MS,
        groupCreateMs: MINUTE_MS,
      },
    });
    const result = await sandbox.runFlow();
    expect(result).toMatchObject({
      status: 'succeeded',
      error: undefined,
      output: { accounts: { covered: 3, pending: 0 }, waitedSeconds: 19_800 },
    });
    expect(minutesBetweenLooks(result)).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]);
    expect(runOutcomes(sandbox)).toEqual([...Array(11).fill('pending'), 'succeeded']);
  });

  test('all covered: one look, no wait; in a process of its own', async () => {
    const sandbox = await flowSandbox({
      instances: 'processes',
      members: 2,
      config: { organization: 'on' },
    });
    const result = await sandbox.runFlow();
    expect(result).toMatchObject({ status: 'succeeded', output: { waitedSeconds: 0 } });
    expect(minutesBetweenLooks(result)).toEqual([]);
    expect(runOutcomes(sandbox)).toEqual(['succeeded']);
  });

  test('each look asks for what the flow was asked for, and does not wait itself', async () => {
    const sandbox = await flowSandbox({ members: 2, config: { organization: 'on' } });
    const [first, second] = sandbox.directory.accounts();
    const accounts = [first?.accountId, second?.accountId];
    await sandbox.runFlow({ accounts, exclude: accounts.slice(1) });
    const [invocation] = sandbox.functionCompute.invocations();
    expect(JSON.parse(String(invocation?.payload))).toEqual({
      accounts,
      exclude: accounts.slice(1),
      verifyForSeconds: 0,
    });
    expect(invocation?.functionName).toBe('backfill');
    expect(runOutcomes(sandbox)).toEqual(['succeeded']);
  });
});

describe('what is not covered after a day', () => {
  test.each([
    ['pending', 'BUILDING', {}],
    ['overdue', 'REGISTRABLE', { OVERDUE_AFTER_SECONDS: '0' }],
  ] as const)('is named by the failure: %s', async (outcome, status, environment) => {
    const sandbox = await flowSandbox({
      members: 2,
      config: { organization: 'on' },
      environment,
    });
    const [stuck] = sandbox.directory.accounts();
    sandbox.config.holdAt(stuck?.accountId ?? '', status);
    const result = await sandbox.runFlow();
    expect(result).toMatchObject({
      status: 'failed',
      error: { Code: 'StillOpen' },
      output: {
        open: [{ accountId: stuck?.accountId, outcome, recommendation: expect.any(String) }],
        error: {},
      },
    });
    const minutes = minutesBetweenLooks(result);
    expect(minutes.reduce((sum, one) => sum + one, 0)).toBe(24 * 60);
    expect(minutes.slice(0, -1)).toEqual(minutes.slice(0, -1).map((_, index) => 5 * (index + 1)));
    expect(minutes).toHaveLength(24);
    expect(result.history.length).toBeLessThan(5_000);
    expect(runOutcomes(sandbox)).toEqual(Array(25).fill('pending'));
  });
});

describe('a look that fails', () => {
  test('in between, is made good by the next one', async () => {
    const sandbox = await flowSandbox({
      members: 2,
      config: { organization: 'off', memberBuildMs: HOUR_MS, organizationBuildMs: HOUR_MS },
    });
    sandbox.faults.add({
      service: 'config',
      operation: 'GetAggregator',
      effect: FORBIDDEN,
      when: { nth: 2 },
    });
    const result = await sandbox.runFlow();
    expect(failures(result)).toEqual(['AccountsFailed']);
    expect(result).toMatchObject({
      status: 'succeeded',
      output: { accounts: { covered: 2 } },
    });
    expect(minutesBetweenLooks(result)).toEqual([5, 10, 15, 20, 25]);
    expect(runOutcomes(sandbox)).toEqual([
      'pending',
      'pending',
      'failed',
      'pending',
      'pending',
      'succeeded',
    ]);
  });

  test('because the results could not be stored, is made good by the next one', async () => {
    const sandbox = await flowSandbox({
      members: 1,
      config: { organization: 'on' },
    });
    sandbox.faults.add({
      service: 'log-service',
      operation: 'PutLogs',
      effect: { kind: 'error', code: 'Unauthorized', status: 401 },
      when: { first: 1 },
    });
    const result = await sandbox.runFlow();
    expect(failures(result)).toEqual(['ResultsNotStored']);
    expect(result.status).toBe('succeeded');
    expect(runOutcomes(sandbox)).toEqual(['succeeded']);
  });

  test('to the last, fails the flow with what is open, and why', async () => {
    const sandbox = await flowSandbox({ members: 1, config: { organization: 'on' } });
    const [account] = sandbox.directory.accounts();
    sandbox.faults.add({
      service: 'config',
      operation: 'GetAggregator',
      effect: FORBIDDEN,
      when: { always: true },
    });
    const result = await sandbox.runFlow();
    expect(result).toMatchObject({
      status: 'failed',
      error: { Code: 'StillOpen' },
      output: {
        open: [
          {
            accountId: account?.accountId,
            outcome: 'failed',
            recommendation: expect.stringContaining('Allow config:GetAggregator'),
          },
        ],
        error: { Code: 'AccountsFailed', Detail: expect.any(String) },
      },
    });
    expect(failures(result)).toHaveLength(25);
    expect(runOutcomes(sandbox)).toEqual(Array(25).fill('failed'));
  });

  test('to the last, and the function is gone: what was open before', async () => {
    const sandbox = await flowSandbox({ members: 1, config: { organization: 'on' } });
    const [stuck] = sandbox.directory.accounts();
    sandbox.config.holdAt(stuck?.accountId ?? '', 'BUILDING');
    sandbox.faults.add({
      service: 'resource-manager',
      operation: 'GetResourceDirectory',
      effect: FORBIDDEN,
      // The flow's last question is its 26th.
      when: { nth: 26 },
    });
    const result = await sandbox.runFlow();
    expect(result).toMatchObject({
      output: {
        open: [{ accountId: stuck?.accountId, outcome: 'pending' }],
        error: { Code: 'AccountsFailed' },
      },
    });
    expect(runOutcomes(sandbox)).toEqual(Array(25).fill('pending'));
  });
});

describe('what no later look can help fails at once', () => {
  test.each([
    ['a filter that matches nothing', { accounts: ['1999999999999999'] }, 'NoAccountInScope'],
    ['an input that backfill refuses', { acounts: [] }, 'InputRejected'],
  ])('%s', async (_, input, Code) => {
    const sandbox = await flowSandbox({ members: 1, config: { organization: 'on' } });
    const result = await sandbox.runFlow(input);
    expect(result).toMatchObject({
      status: 'failed',
      error: { Code: 'LookRefused' },
      output: { error: { Code, Detail: expect.any(String) } },
    });
    expect(minutesBetweenLooks(result)).toEqual([]);
    expect(runOutcomes(sandbox)).toEqual(['rejected']);
  });

  test('a setting that is wrong', async () => {
    const sandbox = await flowSandbox({ environment: { VERIFY_FOR_SECONDS: 'soon' } });
    expect(await sandbox.runFlow()).toMatchObject({ output: { error: { Code: 'SettingsError' } } });
    expect(runOutcomes(sandbox)).toEqual([]);
  });

  test('a role that may not invoke the function', async () => {
    const sandbox = await flowSandbox();
    sandbox.allowFlow('fc:GetFunction');
    expect(await sandbox.runFlow()).toMatchObject({
      output: { error: { Code: 'FC.AccessDenied' } },
    });
    expect(runOutcomes(sandbox)).toEqual([]);
  });
});
