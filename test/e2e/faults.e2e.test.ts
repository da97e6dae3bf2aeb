import { describe, expect, test } from 'vitest';
import type { FaultEffect } from '../../sandbox/src/world/faults.ts';
import { createdEvent } from '../support/workflows/account-events.ts';
import { type DeployedSandboxOptions, startDeployedSandbox } from './deployed-sandbox.ts';

const A = '1000000000000004';
const START = { service: 'config', operation: 'StartConfigurationRecorder' } as const;
const PUT_LOGS = { service: 'log-service', operation: 'PutLogs' } as const;

const CODES = {
  permanent: ['NoPermission', 'RDMemberNoPermission', 'AccountNotExisted'],
} as const;

const NETWORK_FAULTS: readonly FaultEffect[] = [
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'cut-body' },
  { kind: 'html-503' },
  { kind: 'empty-500' },
];
const error = (code: string): FaultEffect => ({ kind: 'error', code });

/** One account to onboard, with enterprise mode off, so that a start is needed. */
async function withNewAccount(options: DeployedSandboxOptions = {}) {
  const sandbox = await startDeployedSandbox({ ...options, config: { organization: 'off' } });
  sandbox.directory.addAccount({ displayName: 'new', accountId: A });
  return sandbox;
}

/** Side by side: most of their time is waiting for an answer that does not come. */
describe.concurrent('the answers of Start', () => {
  test.each(CODES.permanent)('%s: tried once, failed, with what to do', async (code) => {
    await using sandbox = await withNewAccount();
    sandbox.world.faults.add({ ...START, when: { always: true }, effect: error(code) });
    const { status, errorName, errorMessage } = await sandbox.call(
      'onboard-account',
      createdEvent(A),
    );
    expect([status, errorName]).toEqual(['failed', 'AccountsFailed']);
    expect(errorMessage).toContain(`${A} (${code}: `);
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.accountEntries()).toMatchObject([
      {
        account_id: A,
        outcome: 'failed',
        error_code: code,
        start_attempts: '1',
        error_message: expect.stringMatching(/.{10}/),
        recommendation: expect.stringMatching(/^[A-Z].+\.$/),
        cloud_request_id: expect.stringMatching(/^[0-9A-F-]{36}$/),
      },
    ]);
    expect(sandbox.runEntries()).toMatchObject([{ outcome: 'failed', failed: '1' }]);
  });

  test('CreateSLRFail: tried three times, then failed', async () => {
    await using sandbox = await withNewAccount();
    sandbox.world.faults.add({ ...START, when: { always: true }, effect: error('CreateSLRFail') });
    await sandbox.call('onboard-account', createdEvent(A));
    expect(sandbox.starts()).toBe(3);
    expect(sandbox.accountEntries()).toMatchObject([
      { outcome: 'failed', error_code: 'CreateSLRFail', start_attempts: '3' },
    ]);
  });

  test.each([
    'ProcessIsRunning',
    'ServiceUnavailable',
    'CreateSLRFail',
    'Throttling',
    'Throttling.User',
    'InternalError',
  ])('%s twice: tried again, then covered', async (code) => {
    await using sandbox = await withNewAccount();
    const status = code.startsWith('Throttling') ? 400 : undefined;
    sandbox.world.faults.add({
      ...START,
      when: { first: 2 },
      effect: {
        kind: 'error',
        code,
        ...(status === undefined ? {} : { status }),
        message: 'Later.',
      },
    });
    const { status: outcome } = await sandbox.call('onboard-account', createdEvent(A));
    expect(outcome).toBe('succeeded');
    expect(sandbox.accountEntries()).toMatchObject([{ outcome: 'covered', start_attempts: '3' }]);
  });

  test('ServiceUnavailable to the end: the policy ends it', async () => {
    await using sandbox = await withNewAccount({ instances: 'processes' });
    sandbox.world.faults.add({
      ...START,
      when: { always: true },
      effect: error('ServiceUnavailable'),
    });
    const { status } = await sandbox.call('onboard-account', createdEvent(A));
    expect(status).toBe('failed');
    expect(sandbox.starts()).toBe(9);
    expect(sandbox.accountEntries()).toMatchObject([
      { outcome: 'failed', error_code: 'ServiceUnavailable', start_attempts: '9' },
    ]);
  });

  test('a start that took effect and whose answer was lost: covered', async () => {
    await using sandbox = await withNewAccount();
    sandbox.faults.add({
      ...START,
      when: { first: 1 },
      effect: { kind: 'reset' },
      afterEffect: true,
    });
    await sandbox.call('onboard-account', createdEvent(A));
    expect(sandbox.accountEntries()).toMatchObject([{ outcome: 'covered' }]);
  });
});

// By itself: its last call has only moments left. At the pace of the other tests it would meet the quota.
test('Start is answered ProcessIsRunning to the end: pending, not failed, and recorded within the invocation', async () => {
  await using sandbox = await withNewAccount({
    instances: 'processes',
    timeoutSeconds: 10,
    environment: { RETRY_CAP_SECONDS: '0.5' },
  });
  sandbox.world.faults.add({
    ...START,
    when: { always: true },
    effect: error('ProcessIsRunning'),
  });
  const { status } = await sandbox.call('onboard-account', createdEvent(A));
  expect(status).toBe('succeeded');
  expect(sandbox.starts()).toBeGreaterThan(3);
  expect(sandbox.accountEntries()).toMatchObject([
    { outcome: 'pending', error_code: 'ProcessIsRunning' },
  ]);
});

describe.concurrent('the network', () => {
  describe.each([
    'DescribeConfigurationRecorder',
    'ListAggregators',
    'StartConfigurationRecorder',
    'GetAggregator',
  ])('%s', (operation) => {
    test.each(NETWORK_FAULTS)('$kind, twice: covered all the same', async (effect) => {
      await using sandbox = await withNewAccount({ timeoutSeconds: 20 });
      sandbox.world.faults.add({ service: 'config', operation, when: { first: 2 }, effect });
      const { status } = await sandbox.call('onboard-account', createdEvent(A));
      expect(status).toBe('succeeded');
      expect(sandbox.accountEntries()).toMatchObject([
        { account_id: A, outcome: 'covered', verified_by: 'account-group' },
      ]);
    });
  });

  test('nothing answers at all: failed, recorded within the invocation', async () => {
    await using sandbox = await withNewAccount({ timeoutSeconds: 20 });
    sandbox.faults.add({
      service: 'config',
      operation: '*',
      when: { always: true },
      effect: { kind: 'hang' },
    });
    const { status, errorName } = await sandbox.call('onboard-account', createdEvent(A));
    expect([status, errorName]).toEqual(['failed', 'AccountsFailed']);
    expect(sandbox.accountEntries()).toMatchObject([
      { account_id: A, outcome: 'failed', error_code: 'NoAnswer' },
    ]);
  });
});

describe.concurrent('the directory, whose adapter is a file of its own', () => {
  const errorAnswer = (code: string, status: number): FaultEffect => ({
    kind: 'error',
    code,
    status,
    message: 'Refused.',
  });

  describe.each(['GetResourceDirectory', 'ListAccounts'])('%s', (operation) => {
    test.each([
      ...NETWORK_FAULTS,
      errorAnswer('ServiceUnavailable', 503),
      errorAnswer('Throttling.User', 400),
    ])('$kind $code, twice: every member is covered all the same', async (effect) => {
      await using sandbox = await startDeployedSandbox({
        members: 2,
        config: { organization: 'on' },
        timeoutSeconds: 20,
      });
      sandbox.world.faults.add({
        service: 'resource-manager',
        operation,
        when: { first: 2 },
        effect,
      });
      const { status } = await sandbox.call('backfill', {});
      expect(status).toBe('succeeded');
      expect(sandbox.journal.count('resource-manager', operation)).toBe(3);
      expect(sandbox.runEntries()).toMatchObject([{ outcome: 'succeeded', already_covered: '2' }]);
    });

    test('not allowed: failed at once, with the action to allow', async () => {
      await using sandbox = await startDeployedSandbox({
        members: 2,
        config: { organization: 'on' },
      });
      const effect = errorAnswer('Forbidden.RAM', 403);
      sandbox.world.faults.add({
        service: 'resource-manager',
        operation,
        when: { always: true },
        effect,
      });
      const { errorName } = await sandbox.call('backfill', {});
      expect(errorName).toBe('AccountsFailed');
      expect(sandbox.journal.count('resource-manager', operation)).toBe(1);
      expect(sandbox.runEntries()).toMatchObject([
        {
          outcome: 'failed',
          reason: expect.stringMatching(new RegExp(`Forbidden.RAM.+resourcemanager:${operation}`)),
        },
      ]);
    });
  });
});

describe.concurrent('the log store', () => {
  test.each([
    ...NETWORK_FAULTS,
    error('ServerBusy'),
    error('InternalServerError'),
    error('WriteQuotaExceed'),
    error('LogStoreNotExist'),
  ])('$kind $code, twice: stored on a later try', async (effect) => {
    await using sandbox = await withNewAccount({ timeoutSeconds: 20 });
    sandbox.faults.add({ ...PUT_LOGS, when: { first: 2 }, effect });
    const { status, stdout } = await sandbox.call('onboard-account', createdEvent(A));
    expect(status).toBe('succeeded');
    expect(sandbox.accountEntries()).toMatchObject([{ account_id: A, outcome: 'covered' }]);
    expect(sandbox.journal.count('log-service', 'PutLogs')).toBe(3);
    expect(stdout).toEqual([]);
  });

  test.each([...NETWORK_FAULTS, error('Unauthorized')])(
    '$kind $code, always: one line of JSON each on standard output, and the invocation fails',
    async (effect) => {
      await using sandbox = await withNewAccount({ timeoutSeconds: 20 });
      sandbox.faults.add({ ...PUT_LOGS, when: { always: true }, effect });
      const { status, errorName, stdout } = await sandbox.call('onboard-account', createdEvent(A));
      expect([status, errorName]).toEqual(['failed', 'ResultsNotStored']);
      expect(sandbox.entries()).toEqual([]);
      expect(stdout.map((line) => JSON.parse(line))).toMatchObject([
        { entry_type: 'account', account_id: A, outcome: 'covered' },
        { entry_type: 'run', outcome: 'succeeded' },
      ]);
    },
  );

  test('stored, but the answer was lost: stored twice under one entry_id', async () => {
    await using sandbox = await withNewAccount();
    sandbox.faults.add({
      ...PUT_LOGS,
      when: { first: 1 },
      effect: { kind: 'reset' },
      afterEffect: true,
    });
    await sandbox.call('onboard-account', createdEvent(A));
    const ids = sandbox.entries().map(({ entry_id }) => entry_id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(2);
  });

  test('a later try of the invocation stores what the first could not', async () => {
    await using sandbox = await withNewAccount({ instances: 'processes', timeoutSeconds: 20 });
    sandbox.faults.add({ ...PUT_LOGS, when: { first: 1 }, effect: error('Unauthorized') });
    await sandbox.functionCompute.invoke('onboard-account', JSON.stringify(createdEvent(A)), {
      async: true,
    });
    await sandbox.settled();
    expect(sandbox.functionCompute.invocations().map(({ status }) => status)).toEqual([
      'failed',
      'succeeded',
    ]);
    expect(sandbox.accountEntries()).toMatchObject([{ account_id: A, outcome: 'already-covered' }]);
  });
});
