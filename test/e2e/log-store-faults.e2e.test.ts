import { describe, expect, test } from 'vitest';
import { createdEvent } from '../support/workflows/account-events.ts';
import { A, error, NETWORK_FAULTS, withNewAccount } from './faults.ts';

const PUT_LOGS = { service: 'log-service', operation: 'PutLogs' } as const;

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
