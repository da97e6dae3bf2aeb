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
        reason: 'Enterprise mode is off: the organization is NOT_ACTIVATED.',
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
      recommendation: 'Nothing to do now: its recorder is BUILDING, and the next run looks again.',
    });
    expect(stored[1]).toMatchObject({ entry_type: 'run', outcome: 'pending' });
    expect(clock.now() - START_MS).toBeLessThan(780_000 - 30_000);
  });

  test('a start that is still in progress at the deadline: a last look, then pending', async () => {
    const { summary, calls, stored } = run(
      forAccount,
      { start: [cloudError('ProcessIsRunning')], group: [groupOf({})] },
      60_000,
    );
    expect(await summary).toMatchObject({ accounts: { pending: 1, failed: 0 } });
    expect(calls.lastIndexOf('group')).toBeGreaterThan(calls.lastIndexOf('start'));
    expect(stored[0]).toMatchObject({ outcome: 'pending', error_code: 'ProcessIsRunning' });
  });

  test.each(['ServiceUnavailable', 'CreateSLRFail'])(
    'a start that ends in %s may have worked: a look decides',
    async (code) => {
      const start = [cloudError(code, { statusCode: 500 })];
      const worked = run(forAccount, { start, group: [undefined, groupOf({ [A]: 'REGISTERED' })] });
      expect(await worked.summary).toMatchObject({ accounts: { covered: 1 } });
      const failed = run(forAccount, { start, group: [undefined] });
      await expect(failed.summary).rejects.toMatchObject({ name: 'AccountsFailed' });
      expect(failed.calls.lastIndexOf('group')).toBeGreaterThan(failed.calls.lastIndexOf('start'));
    },
  );

  test('a start that is in progress while the account gets covered: no further try', async () => {
    const { summary, calls, stored, clock } = run(forAccount, {
      start: [cloudError('ProcessIsRunning')],
      group: [groupOf({ [B]: 'REGISTERED' }), groupOf({ [A]: 'REGISTERED' })],
    });
    expect(await summary).toMatchObject({ startAttempts: 1, accounts: { covered: 1 } });
    expect(calls.filter((call) => call === 'start')).toHaveLength(1);
    expect(clock.now() - START_MS).toBeLessThan(1_000);
    expect(stored[0]).toMatchObject({
      outcome: 'covered',
      recorder_status: 'REGISTERED',
      error_code: 'ProcessIsRunning',
    });
  });

  test('a start that is in progress while the account gets built: no further try', async () => {
    const { summary, calls } = run(forAccount, {
      start: [cloudError('ProcessIsRunning')],
      group: [undefined, groupOf({ [A]: 'BUILDING' }), groupOf({ [A]: 'REGISTERED' })],
    });
    expect(await summary).toMatchObject({ startAttempts: 1, accounts: { covered: 1 } });
    expect(calls.filter((call) => call === 'start')).toHaveLength(1);
  });

  test.each([
    ['NoPermission', 1],
    ['RDMemberNoPermission', 1],
    ['AccountNotExisted', 1],
    ['CreateSLRFail', 3],
    ['ServiceUnavailable', 9],
  ])(
    'a start that ends in %s: %i tries, recorded, and the invocation fails',
    async (code, tries) => {
      const { summary, calls, stored } = run(forAccount, {
        start: [cloudError(code)],
        group: [groupOf({})],
      });
      await expect(summary).rejects.toMatchObject({
        name: 'AccountsFailed',
        message: expect.stringMatching(
          new RegExp(
            `^1 of 1 accounts failed: ${A} \\(${code}: ${code} happened\\.\\)\\. [A-Z].+\\.$`,
          ),
        ),
      });
      expect(calls.filter((call) => call === 'start')).toHaveLength(tries);
      expect(stored[0]).toMatchObject({
        outcome: 'failed',
        error_code: code,
        error_message: `${code} happened.`,
        start_attempts: String(tries),
        cloud_request_id: `request-of-${code}`,
        recommendation: expect.stringMatching(/\.$/),
      });
      expect(stored[1]).toMatchObject({
        entry_type: 'run',
        outcome: 'failed',
        failed: '1',
        reason: expect.stringContaining(`${A} (${code}: `),
      });
    },
  );
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
