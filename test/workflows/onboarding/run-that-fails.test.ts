import { describe, expect, test } from 'vitest';
import { cloudError, groupOf } from '../../support/workflows/fake-ports.ts';
import { A, B, EVENT, forAccount, outcomesOf, run } from '../../support/workflows/run.ts';

describe('input that starts no run', () => {
  const ignored = {
    outcome: 'ignored',
    trigger: 'event',
    reason: 'About something else.',
    event: EVENT,
  } as const;

  test('is recorded and acknowledged', async () => {
    const { summary, calls, stored } = run({ unused: [ignored] }, {});
    expect(await summary).toMatchObject({ accounts: { covered: 0 }, startAttempts: 0 });
    expect(calls).toEqual(['append']);
    expect(stored).toMatchObject([
      {
        entry_type: 'run',
        outcome: 'ignored',
        event_id: 'event-1',
        reason: 'About something else.',
      },
    ]);
  });

  test('is recorded beside the run of what could be used', async () => {
    const { summary, stored } = run(
      { unused: [ignored], request: forAccount },
      { group: [groupOf({ [A]: 'REGISTERED' })] },
    );
    expect(await summary).toMatchObject({ accounts: { alreadyCovered: 1 } });
    expect(stored.map(({ run_id, entry_type, outcome }) => [run_id, entry_type, outcome])).toEqual([
      ['run-1', 'run', 'ignored'],
      ['run-2', 'account', 'already-covered'],
      ['run-2', 'run', 'succeeded'],
    ]);
  });

  test('from an event is acknowledged, also when it was rejected: a retry can not help', async () => {
    const { summary, stored } = run({ unused: [{ ...ignored, outcome: 'rejected' }] }, {});
    await expect(summary).resolves.toMatchObject({ startAttempts: 0 });
    expect(stored).toMatchObject([{ outcome: 'rejected' }]);
  });

  test('from a person is recorded and thrown', async () => {
    const rejected = { outcome: 'rejected', trigger: 'manual', reason: 'Unknown key.' } as const;
    const { summary, stored } = run({ unused: [rejected] }, {});
    await expect(summary).rejects.toMatchObject({ name: 'InputRejected', message: 'Unknown key.' });
    expect(stored).toMatchObject([{ entry_type: 'run', outcome: 'rejected' }]);
  });
});

describe('a run that breaks off', () => {
  test('the organization can not be read: the account is failed, recorded and thrown', async () => {
    const { summary, stored } = run(forAccount, {
      describe: [cloudError('Forbidden.RAM', { operation: 'DescribeConfigurationRecorder' })],
    });
    await expect(summary).rejects.toMatchObject({ name: 'AccountsFailed' });
    expect(stored[0]).toMatchObject({
      account_id: A,
      account_name: 'sandbox',
      outcome: 'failed',
      error_code: 'Forbidden.RAM',
      recommendation: expect.stringContaining('config:DescribeConfigurationRecorder'),
    });
    expect(stored[1]).toMatchObject({ entry_type: 'run', outcome: 'failed' });
  });

  test('nothing goes on behind it', async () => {
    const { summary, calls } = run(forAccount, {
      describe: [cloudError('NoPermission', { operation: 'DescribeConfigurationRecorder' })],
      group: [cloudError('ServiceUnavailable', { statusCode: 503 })],
    });
    await expect(summary).rejects.toMatchObject({ name: 'AccountsFailed' });
    const { length } = calls;
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toHaveLength(length);
    expect(calls.filter((call) => call === 'group')).toHaveLength(9);
  });

  test('by a bug: a run entry says so, and the bug is thrown on', async () => {
    const { summary, stored } = run(forAccount, { describe: [new TypeError('a bug')] });
    await expect(summary).rejects.toThrow('a bug');
    expect(stored).toMatchObject([
      { entry_type: 'run', outcome: 'failed', reason: 'Unexpected TypeError: a bug' },
    ]);
  });
});

test('a bug in starting the recorder is no answer of the service', async () => {
  const { summary, stored } = run(forAccount, { start: [new RangeError('a bug')] });
  await expect(summary).rejects.toThrow('a bug');
  expect(stored).toMatchObject([{ entry_type: 'run', reason: 'Unexpected RangeError: a bug' }]);
});

describe('the log store refuses', () => {
  const covered = { group: [groupOf({ [A]: 'REGISTERED' })] };

  test('for a while: stored on a later try', async () => {
    const refusal = cloudError('MalformedAnswer', { operation: 'PutLogs', statusCode: 500 });
    const { summary, stored, printed } = run(forAccount, {
      ...covered,
      append: [refusal, refusal, 'stored'],
    });
    await summary;
    expect(stored).toHaveLength(2);
    expect(printed).toEqual([]);
  });

  test('to the end: every entry is one line of JSON, and the invocation fails', async () => {
    const { summary, printed } = run(forAccount, {
      ...covered,
      append: [cloudError('NoAnswer', { operation: 'PutLogs' })],
    });
    await expect(summary).rejects.toMatchObject({
      name: 'ResultsNotStored',
      message:
        '2 of 2 results could not be stored in the log store and are on standard output instead: NoAnswer: NoAnswer happened.',
      cause: expect.objectContaining({ operation: 'PutLogs' }),
    });
    expect(printed.map((line) => JSON.parse(line))).toMatchObject([
      { entry_type: 'account', account_id: A, outcome: 'already-covered' },
      { entry_type: 'run', outcome: 'succeeded' },
    ]);
  });

  test('by a bug of ours: printed all the same, whatever was refused before', async () => {
    const { summary, printed } = run(
      {
        ...forAccount,
        scope: { kind: 'accounts', accounts: [{ accountId: A }, { accountId: B }] },
      },
      {
        group: [
          groupOf({ [A]: 'REGISTERED', [B]: 'BUILDING' }),
          groupOf({ [A]: 'REGISTERED', [B]: 'REGISTERED' }),
        ],
        append: [new TypeError('a bug')],
      },
    );
    await expect(summary).rejects.toMatchObject({
      name: 'ResultsNotStored',
      message: expect.stringContaining('TypeError: a bug'),
    });
    expect(outcomesOf(printed.map((line) => JSON.parse(line)))).toEqual([
      ['account', A, 'already-covered'],
      ['account', B, 'covered'],
      ['run', undefined, 'succeeded'],
    ]);
  });

  test('one batch of several: only that batch is printed', async () => {
    const { summary, stored, printed } = run(forAccount, {
      ...covered,
      batchSize: 1,
      append: [cloudError('Unauthorized', { operation: 'PutLogs', statusCode: 401 }), 'stored'],
    });
    await expect(summary).rejects.toMatchObject({ name: 'ResultsNotStored' });
    expect(printed).toHaveLength(1);
    expect(stored).toMatchObject([{ entry_type: 'run' }]);
  });

  test('and an account failed too: the results that are not stored are what is thrown', async () => {
    const { summary } = run(forAccount, {
      start: [cloudError('NoPermission')],
      group: [groupOf({})],
      append: [cloudError('Unauthorized', { operation: 'PutLogs', statusCode: 401 })],
    });
    await expect(summary).rejects.toMatchObject({ name: 'ResultsNotStored' });
  });
});
