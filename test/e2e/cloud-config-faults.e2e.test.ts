import { describe, expect, test } from 'vitest';
import { createdEvent } from '../support/workflows/account-events.ts';
import { A, error, NETWORK_FAULTS, withNewAccount } from './faults.ts';

const START = { service: 'config', operation: 'StartConfigurationRecorder' } as const;

/** Side by side: most of their time is waiting for an answer that does not come. */
describe.concurrent('the answers of Start', () => {
  test.each(['NoPermission', 'RDMemberNoPermission', 'AccountNotExisted'])(
    '%s: tried once, failed, with what to do',
    async (code) => {
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
    },
  );

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
