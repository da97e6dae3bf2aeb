import { describe, expect, test } from 'vitest';
import {
  cloudError,
  groupOf,
  MANAGEMENT_ACCOUNT_ID,
  member,
  START_MS,
} from '../../support/workflows/fake-ports.ts';
import { A, B, EVENT, forAccount, run } from '../../support/workflows/run.ts';

describe('one account', () => {
  test('enterprise mode is off: start, verify, record', async () => {
    const { summary, calls, stored } = run(forAccount, {
      describe: [
        { organizationStatus: 'NOT_ACTIVATED' },
        { organizationStatus: 'REGISTERED', recorderStatus: 'BUILDING' },
      ],
      start: [
        cloudError('ProcessIsRunning'),
        cloudError('ServiceUnavailable', { statusCode: 503 }),
        { organizationStatus: 'BUILDING' },
      ],
      group: [undefined, undefined, undefined, groupOf({ [A]: 'REGISTERED' })],
    });
    expect(await summary).toEqual({
      runId: 'run-1',
      trigger: 'event',
      dryRun: false,
      organizationStatus: 'REGISTERED',
      startAttempts: 3,
      accounts: { covered: 1, alreadyCovered: 0, pending: 0, overdue: 0, failed: 0, skipped: 0 },
      attention: [],
      durationMs: 2_000,
    });
    expect(calls).toEqual([
      ...['describe', 'group', 'history'],
      // Between the tries it looks whether the account still needs the start.
      ...['start', 'group', 'start', 'group', 'start'],
      ...['group', 'describe'],
      'append',
    ]);
    expect(stored).toEqual([
      {
        schema_version: '1',
        entry_id: `run-1/${A}`,
        entry_type: 'account',
        run_id: 'run-1',
        trigger: 'event',
        event_id: 'event-1',
        event_name: 'CreateResourceAccount',
        function_request_id: 'function-request-1',
        management_account_id: MANAGEMENT_ACCOUNT_ID,
        time: '2026-11-20T03:04:07.000Z',
        account_id: A,
        account_name: 'sandbox',
        outcome: 'covered',
        recorder_status: 'REGISTERED',
        verified_by: 'account-group',
        start_attempts: '3',
        duration_ms: '2000',
        error_code: 'ServiceUnavailable',
        error_message: 'ServiceUnavailable happened.',
        cloud_request_id: 'request-of-group',
      },
      {
        schema_version: '1',
        entry_id: 'run-1/run',
        entry_type: 'run',
        run_id: 'run-1',
        trigger: 'event',
        event_id: 'event-1',
        event_name: 'CreateResourceAccount',
        function_request_id: 'function-request-1',
        management_account_id: MANAGEMENT_ACCOUNT_ID,
        time: '2026-11-20T03:04:07.000Z',
        outcome: 'succeeded',
        organization_status: 'REGISTERED',
        recorder_status: 'BUILDING',
        covered: '1',
        already_covered: '0',
        pending: '0',
        overdue: '0',
        failed: '0',
        skipped: '0',
        start_attempts: '3',
        api_calls: '9',
        duration_ms: '2000',
        reason: 'Enterprise mode is off: the organization status is NOT_ACTIVATED.',
      },
    ]);
  });

  test('covered before: no start, no wait', async () => {
    const { summary, calls, clock } = run(forAccount, { group: [groupOf({ [A]: 'REGISTERED' })] });
    expect(await summary).toMatchObject({ startAttempts: 0, accounts: { alreadyCovered: 1 } });
    expect(calls).toEqual(['describe', 'group', 'history', 'append']);
    expect(clock.sleepsMs).toEqual([]);
  });

  test('building already: no start, only the wait', async () => {
    const { summary, calls } = run(forAccount, {
      group: [groupOf({ [A]: 'BUILDING' }), groupOf({ [A]: 'REGISTERED' })],
    });
    expect(await summary).toMatchObject({ startAttempts: 0, accounts: { covered: 1 } });
    expect(calls).not.toContain('start');
  });

  test('never registered: pending, with what to do, and recorded in time', async () => {
    const { summary, stored, clock } = run(forAccount, { group: [groupOf({ [A]: 'BUILDING' })] });
    expect(await summary).toMatchObject({
      accounts: { pending: 1 },
      attention: [{ accountId: A, outcome: 'pending' }],
    });
    expect(stored[0]).toMatchObject({
      outcome: 'pending',
      recorder_status: 'BUILDING',
      recommendation:
        'Nothing to do now: the recorder status is BUILDING, and the next run checks again.',
    });
    expect(stored[1]).toMatchObject({ entry_type: 'run', outcome: 'pending' });
    expect(clock.now() - START_MS).toBeLessThan(780_000 - 30_000);
  });
});

test('several events at once: one run, and each account with its own event', async () => {
  const second = { id: 'event-2', name: 'AcceptHandshake' };
  const { summary, stored } = run(
    {
      ...forAccount,
      scope: {
        kind: 'accounts',
        accounts: [
          { accountId: A, event: EVENT },
          { accountId: B, event: second },
        ],
      },
      events: [EVENT, second],
    },
    { group: [groupOf({ [A]: 'REGISTERED', [B]: 'REGISTERED' })] },
  );
  await summary;
  expect(stored.map(({ event_id }) => event_id)).toEqual(['event-1', 'event-2', 'event-1,event-2']);
});

test('an event without an account beside one with: every member, each with its own event', async () => {
  const nameless = { id: 'event-2', name: 'AcceptHandshake' };
  const { summary, stored } = run(
    {
      ...forAccount,
      scope: {
        kind: 'directory',
        excludedAccountIds: [],
        joined: [{ accountId: A, event: EVENT }],
        event: nameless,
      },
      events: [EVENT, nameless],
    },
    {
      accounts: [member(B)],
      group: [groupOf({ [A]: 'REGISTERED', [B]: 'REGISTERED' })],
    },
  );
  await summary;
  expect(stored.map(({ account_id, event_id }) => [account_id, event_id])).toEqual([
    [B, 'event-2'],
    [A, 'event-1'],
    [undefined, 'event-1,event-2'],
  ]);
});

test('an entry leaves out what has no value', async () => {
  const accounts = [{ accountId: A, name: '' }];
  const scope = { kind: 'accounts', accounts } as const;
  const events = [{ name: 'CreateResourceAccount' }, { id: 'event-2', name: 'AcceptHandshake' }];
  const { summary, stored } = run(
    { ...forAccount, scope, events },
    { group: [groupOf({ [A]: 'REGISTERED' })] },
  );
  await summary;
  expect(stored[0]).not.toHaveProperty('account_name');
  expect(stored[1]).toMatchObject({
    event_id: 'event-2',
    event_name: 'CreateResourceAccount,AcceptHandshake',
  });
});
