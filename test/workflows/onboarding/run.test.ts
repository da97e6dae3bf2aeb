import { describe, expect, test } from 'vitest';
import type { OnboardingRequest } from '../../../workflows/onboarding/model.ts';
import type { ParsedInput } from '../../../workflows/onboarding/payload.ts';
import { onboard } from '../../../workflows/onboarding/run.ts';
import {
  cloudError,
  createFakeWorld,
  type FakeCloud,
  groupOf,
  MANAGEMENT_ACCOUNT_ID,
  member,
  NO_HISTORY,
  openSince,
  START_MS,
} from '../../support/workflows/fake-ports.ts';

const A = '1000000000000004';
const B = '1000000000000005';
const EVENT = { id: 'event-1', name: 'CreateResourceAccount' };

const forAccount: OnboardingRequest = {
  trigger: 'event',
  scope: { kind: 'accounts', accounts: [{ accountId: A, name: 'sandbox', event: EVENT }] },
  events: [EVENT],
  dryRun: false,
};
const forEveryMember: OnboardingRequest = {
  trigger: 'manual',
  scope: { kind: 'directory', excludedAccountIds: [] },
  events: [],
  dryRun: false,
};

const settings = {
  verifyForMs: 660_000,
  overdueAfterMs: 86_400_000,
  retry: { baseMs: 1_000, capMs: 30_000 },
  poll: { baseMs: 2_000, capMs: 15_000 },
};

function run(input: ParsedInput | OnboardingRequest, cloud: FakeCloud, timeoutMs = 780_000) {
  const world = createFakeWorld(cloud);
  const parsed = 'scope' in input ? { request: input, unused: [] } : input;
  const summary = onboard(parsed, world.ports, settings, {
    functionRequestId: 'function-request-1',
    managementAccountId: MANAGEMENT_ACCOUNT_ID,
    startedAtMs: START_MS,
    timeoutMs,
  });
  return { ...world, summary };
}

const outcomesOf = (stored: readonly Readonly<Record<string, string>>[]) =>
  stored.map(({ entry_type, account_id, outcome }) => [entry_type, account_id, outcome]);

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

describe('the last reading of the organization', () => {
  const activation = {
    describe: [{ organizationStatus: 'REGISTRABLE' }, cloudError('ServiceUnavailable')],
    group: [groupOf({ [B]: 'REGISTERED' }), groupOf({ [A]: 'REGISTERED' })],
  };

  test('fails: what the start said stays, and the run is none the worse', async () => {
    const { summary } = run(forAccount, activation);
    expect(await summary).toMatchObject({
      organizationStatus: 'BUILDING',
      accounts: { covered: 1 },
    });
  });

  test('takes none of the time for recording', async () => {
    const { summary, calls, timeoutsMs } = run(forAccount, activation, 10_000);
    await summary;
    const last = calls.lastIndexOf('describe');
    // Verifying ends 3.5 s before the invocation does: half of what is left of it is less.
    expect(timeoutsMs[last]).toBeLessThanOrEqual(3_250);
  });
});

test('what is recorded early leaves time for the rest', async () => {
  const { summary, calls, timeoutsMs } = run(
    forEveryMember,
    {
      accounts: [member(A), member(B)],
      group: [
        groupOf({ [A]: 'REGISTERED', [B]: 'BUILDING' }),
        groupOf({ [A]: 'REGISTERED', [B]: 'REGISTERED' }),
      ],
    },
    10_000,
  );
  await summary;
  expect(timeoutsMs[calls.indexOf('append')]).toBeLessThanOrEqual(3_250);
});

describe('no account group to be seen', () => {
  test('enabled: never covered, and it says how it was verified and what to do', async () => {
    const { summary, stored } = run(forAccount, { group: [undefined] });
    expect(await summary).toMatchObject({ accounts: { covered: 0, pending: 1 } });
    expect(stored[0]).toMatchObject({
      outcome: 'pending',
      verified_by: 'organization',
      recommendation: expect.stringContaining('ACCOUNT_GROUP_ID'),
    });
    expect(stored[0]).not.toHaveProperty('recorder_status');
  });

  test('not allowed to read it: the recorder is started all the same, the account failed', async () => {
    const { summary, calls, stored } = run(forAccount, {
      describe: [{ organizationStatus: 'REGISTRABLE' }],
      group: [cloudError('NoPermission', { operation: 'ListAggregators' })],
    });
    await expect(summary).rejects.toMatchObject({ name: 'AccountsFailed' });
    expect(calls).toContain('start');
    expect(stored[0]).toMatchObject({
      outcome: 'failed',
      verified_by: 'organization',
      error_code: 'NoPermission',
      recommendation: expect.stringContaining('config:ListAggregators'),
    });
  });
});

describe('every member', () => {
  const joined = (accountId: string, daysAgo: number) =>
    member(accountId, { joinedAtMs: START_MS - daysAgo * 86_400_000 });

  test('each has its own outcome; what is no member is skipped', async () => {
    const { summary, stored } = run(
      { ...forEveryMember, verifyForMs: 0 },
      {
        accounts: [
          joined('1', 400),
          joined('2', 400),
          joined('3', 0.1),
          member('4', { status: 'CreateVerifying' }),
        ],
        history: [openSince({ '2': START_MS - 86_400_001 })],
        group: [groupOf({ '1': 'REGISTERED', '2': 'REGISTRABLE' })],
      },
    );
    expect(await summary).toMatchObject({
      startAttempts: 1,
      accounts: { covered: 0, alreadyCovered: 1, pending: 1, overdue: 1, failed: 0, skipped: 1 },
      attention: [
        {
          accountId: '2',
          outcome: 'overdue',
          recommendation: expect.stringContaining('Its recorder stays REGISTRABLE'),
        },
        {
          accountId: '3',
          outcome: 'pending',
          recommendation: expect.stringContaining('not in the account group yet'),
        },
        {
          accountId: '4',
          outcome: 'skipped',
          recommendation: expect.stringContaining('CreateVerifying'),
        },
      ],
    });
    expect(outcomesOf(stored)).toEqual([
      ['account', '1', 'already-covered'],
      ['account', '2', 'overdue'],
      ['account', '3', 'pending'],
      ['account', '4', 'skipped'],
      ['run', undefined, 'pending'],
    ]);
  });

  test('a schedule is silent about accounts that were covered before', async () => {
    const { summary, stored } = run(
      { ...forEveryMember, trigger: 'schedule' },
      { accounts: [joined('1', 1)], group: [groupOf({ '1': 'REGISTERED' })] },
    );
    await summary;
    expect(outcomesOf(stored)).toEqual([['run', undefined, 'succeeded']]);
    expect(stored[0]).toMatchObject({ already_covered: '1' });
  });

  test('overdue and not in the group: where to look', async () => {
    const { summary } = run(
      { ...forEveryMember, verifyForMs: 0 },
      {
        accounts: [joined('1', 400)],
        group: [groupOf({})],
        history: [openSince({ '1': START_MS - 86_400_001 })],
      },
    );
    expect((await summary).attention[0]?.recommendation).toMatch(/^Open the account group/);
  });

  test('a schedule says once that an account is covered which earlier runs left open', async () => {
    const { summary, stored } = run(
      { ...forEveryMember, trigger: 'schedule' },
      {
        accounts: [joined('1', 1), joined('2', 1)],
        group: [groupOf({ '1': 'REGISTERED', '2': 'REGISTERED' })],
        history: [openSince({ '2': START_MS - 240_000, '9': START_MS })],
      },
    );
    expect(await summary).toMatchObject({ accounts: { covered: 1, alreadyCovered: 1 } });
    expect(outcomesOf(stored)).toEqual([
      ['account', '2', 'covered'],
      ['run', undefined, 'succeeded'],
    ]);
    expect(stored[0]).toMatchObject({
      recorder_status: 'REGISTERED',
      verified_by: 'account-group',
      // Since it was first found open.
      duration_ms: '240000',
    });
  });

  describe('who joined long ago', () => {
    const glance: OnboardingRequest = { ...forEveryMember, trigger: 'schedule', verifyForMs: 0 };
    const day = 86_400_000;
    const outcomeOf = async (cloud: FakeCloud) => {
      const { summary } = run(glance, { accounts: [joined('1', 400)], ...cloud });
      return (await summary).attention[0];
    };

    test('is not overdue in the minutes after enterprise mode was turned on', async () => {
      const activated = { describe: [{ organizationStatus: 'NOT_ACTIVATED' }], group: [undefined] };
      expect(await outcomeOf(activated)).toMatchObject({ outcome: 'pending' });
      const upgrading = { describe: [{ organizationStatus: 'BUILDING' }], group: [groupOf({})] };
      expect(await outcomeOf(upgrading)).toMatchObject({ outcome: 'pending' });
      const registered = { describe: [{ organizationStatus: 'REGISTERED' }], group: [groupOf({})] };
      expect(await outcomeOf(registered)).toMatchObject({ outcome: 'pending' });
      // Open for a week, of which the starts were refused for all but the last hour.
      const history = [
        openSince(
          { '1': START_MS - 7 * day },
          { organization: { status: 'REGISTERED', sinceMs: START_MS - 3_600_000 } },
        ),
      ];
      const building = groupOf({ '1': 'BUILDING' });
      expect(await outcomeOf({ group: [building], history })).toMatchObject({ outcome: 'pending' });
      const other = [
        openSince(
          { '1': START_MS - 7 * day },
          { organization: { status: 'REGISTRABLE', sinceMs: START_MS - 7 * day } },
        ),
      ];
      expect(await outcomeOf({ group: [building], history: other })).toMatchObject({
        outcome: 'pending',
      });
    });

    test.each(['schedule', 'manual', 'event'] as const)(
      'is overdue when it is found open for longer than a day: %s',
      async (trigger) => {
        const outcomeAfter = async (openForMs: number, status: string) => {
          const { summary } = run(
            { ...glance, trigger },
            {
              accounts: [joined('1', 400)],
              history: [openSince({ '1': START_MS - openForMs })],
              group: [groupOf({ '1': status })],
              start: [cloudError('ProcessIsRunning')],
            },
          );
          return (await summary).attention[0];
        };
        expect(await outcomeAfter(day + 1, 'BUILDING')).toMatchObject({
          outcome: 'overdue',
          recommendation: expect.stringContaining('Its recorder stays BUILDING'),
        });
        expect(await outcomeAfter(day, 'BUILDING')).toMatchObject({ outcome: 'pending' });
        expect(await outcomeAfter(day + 1, 'REGISTRABLE')).toMatchObject({ outcome: 'overdue' });
      },
    );

    test('one that joined since is not overdue', async () => {
      const { summary } = run(glance, {
        accounts: [joined('1', 0.5)],
        group: [groupOf({ '1': 'BUILDING' })],
        history: [openSince({ '1': START_MS - 7 * day })],
      });
      expect((await summary).attention[0]).toMatchObject({ outcome: 'pending' });
    });

    test("a log store that can't be read is asked again, and then the joining counts", async () => {
      const refused = cloudError('ServerBusy', { operation: 'GetLogs', statusCode: 503 });
      const overdue = openSince({ '1': START_MS - day - 1 });
      const building = { group: [groupOf({ '1': 'BUILDING' })] };
      expect(await outcomeOf({ ...building, history: [refused, overdue] })).toMatchObject({
        outcome: 'overdue',
      });
      expect(await outcomeOf({ ...building, history: [refused] })).toMatchObject({
        outcome: 'pending',
      });
      expect(await outcomeOf({ group: [groupOf({})], history: [refused] })).toMatchObject({
        outcome: 'overdue',
      });
    });

    test('the next start is said', async () => {
      const history = [
        openSince(
          { '1': START_MS - day },
          { startsMs: [5, 10, 15].map((minutes) => START_MS - minutes * 60_000) },
        ),
      ];
      const { summary, calls, stored } = run(glance, {
        accounts: [joined('1', 400)],
        group: [groupOf({ '9': 'REGISTERED' })],
        history,
      });
      await summary;
      expect(calls).not.toContain('start');
      expect(stored[0]?.recommendation).toMatch(
        / The schedule starts the recorder again at 2026-11-20T03:59:05\.000Z\.$/,
      );
      expect(stored[1]?.reason).toContain('the next start is due at 2026-11-20T03:59:05.000Z');
    });

    test('the log store is asked about a month', async () => {
      const world = createFakeWorld({ accounts: [joined('1', 400)], group: [groupOf({})] });
      const asked: number[] = [];
      const resultHistory = {
        read: async (sinceMs: number) => {
          asked.push(sinceMs);
          return NO_HISTORY;
        },
      };
      await onboard({ request: glance, unused: [] }, { ...world.ports, resultHistory }, settings, {
        managementAccountId: MANAGEMENT_ACCOUNT_ID,
        startedAtMs: START_MS,
        timeoutMs: 780_000,
      });
      expect(asked).toEqual([START_MS - 30 * day]);
    });
  });

  test('a log store that can not be asked keeps a schedule from nothing', async () => {
    const { summary, stored } = run(
      { ...forEveryMember, trigger: 'schedule' },
      {
        accounts: [joined('1', 1)],
        group: [groupOf({ '1': 'REGISTERED' })],
        history: [cloudError('Unauthorized', { operation: 'GetLogs' })],
      },
    );
    await summary;
    expect(outcomesOf(stored)).toEqual([['run', undefined, 'succeeded']]);
  });

  test('an account that can not be found in the group while another is refused', async () => {
    const { summary, stored } = run(forEveryMember, {
      accounts: [joined('1', 1), joined('2', 1), joined('3', 1)],
      start: [cloudError('NoPermission')],
      group: [groupOf({ '1': 'REGISTERED', '2': 'BUILDING' })],
    });
    await expect(summary).rejects.toMatchObject({ name: 'AccountsFailed' });
    expect(outcomesOf(stored)).toEqual([
      ['account', '1', 'already-covered'],
      ['account', '2', 'pending'],
      ['account', '3', 'failed'],
      ['run', undefined, 'failed'],
    ]);
  });

  test('credentials of another account: refused before anything is attempted', async () => {
    const { summary, calls, stored } = run(forEveryMember, {
      directoryOwnerId: '1000000000000009',
    });
    await expect(summary).rejects.toMatchObject({
      name: 'AccountsFailed',
      message: expect.stringContaining('1000000000000009'),
    });
    expect(calls).not.toContain('start');
    expect(outcomesOf(stored)).toEqual([['run', undefined, 'failed']]);
  });

  test('a filter that matches nothing: recorded and thrown', async () => {
    const scope = { kind: 'directory', accountIds: ['9'], excludedAccountIds: [] } as const;
    const { summary, stored } = run({ ...forEveryMember, scope }, { accounts: [member('1')] });
    await expect(summary).rejects.toMatchObject({ name: 'NoAccountInScope' });
    expect(stored).toMatchObject([
      { entry_type: 'run', outcome: 'rejected', reason: expect.stringContaining('account 9') },
    ]);
  });

  test('a dry run starts nothing, waits for nothing and writes nothing', async () => {
    const { summary, calls } = run(
      { ...forEveryMember, dryRun: true },
      { accounts: [joined('1', 1), joined('2', 1)], group: [groupOf({ '1': 'REGISTERED' })] },
    );
    expect(await summary).toMatchObject({
      dryRun: true,
      startAttempts: 0,
      plan: {
        startRecorder: true,
        reason: '1 of 2 accounts are not registered in the account group.',
        accounts: { none: 1, await: 0, start: 1, verify: 0, skip: 0 },
      },
    });
    expect(calls).toEqual([
      'describe',
      'group',
      'history',
      'managementAccountId',
      'listAccounts 1',
    ]);
  });

  test('a dry run answers with its plan, also when the account group is denied', async () => {
    const { summary, calls } = run(
      { ...forEveryMember, dryRun: true },
      {
        describe: [{ organizationStatus: 'REGISTRABLE' }],
        accounts: [member(A)],
        group: [cloudError('NoPermission', { operation: 'GetAggregator' })],
      },
    );
    expect(await summary).toMatchObject({
      accounts: { failed: 1 },
      plan: { startRecorder: true, accounts: { verify: 1 } },
    });
    expect(calls).not.toContain('start');
  });

  test('the answer names 50 accounts at most, the worst first, and stays under 64 KiB', async () => {
    const accounts = Array.from({ length: 10_000 }, (_, index) => member(String(1e15 + index)));
    const { summary } = run(
      { ...forEveryMember, verifyForMs: 0 },
      { accounts, group: [groupOf({})] },
    );
    const answer = await summary;
    expect(answer.accounts.pending).toBe(10_000);
    expect(answer.attention).toHaveLength(50);
    expect(JSON.stringify(answer).length).toBeLessThan(64 * 1024);
  });
});

describe('a run that does not wait for coverage', () => {
  const glance: OnboardingRequest = { ...forEveryMember, trigger: 'schedule', verifyForMs: 0 };

  test('looks once more after a start: what came of it', async () => {
    const { summary, clock, calls } = run(glance, {
      accounts: [member(A)],
      describe: [{ organizationStatus: 'REGISTERED' }],
      group: [groupOf({ [B]: 'REGISTERED' }), groupOf({ [A]: 'BUILDING' })],
      start: [{ organizationStatus: 'REGISTERED' }],
    });
    expect(await summary).toMatchObject({
      startAttempts: 1,
      attention: [
        {
          outcome: 'pending',
          recommendation:
            'Nothing to do now: its recorder is BUILDING, and the next run looks again.',
        },
      ],
    });
    expect(calls.filter((call) => call === 'group')).toHaveLength(2);
    expect(clock.sleepsMs).toEqual([0]);
  });

  test('does not wait for the service either, longer than half a minute', async () => {
    const { summary, clock, calls, stored } = run(glance, {
      accounts: [member(A)],
      start: [cloudError('ProcessIsRunning')],
      group: [groupOf({ [B]: 'REGISTERED' })],
    });
    expect(await summary).toMatchObject({ accounts: { pending: 1 } });
    expect(calls.filter((call) => call === 'start').length).toBeGreaterThan(5);
    expect(clock.now() - START_MS).toBeLessThanOrEqual(30_000);
    expect(stored.at(-1)).toMatchObject({ entry_type: 'run', outcome: 'pending' });
  });

  test('a group that is not there yet, right after it was asked for, is nobody’s mistake', async () => {
    const { summary } = run(glance, {
      accounts: [member(A)],
      describe: [{ organizationStatus: 'REGISTRABLE' }],
      group: [undefined],
      start: [{ organizationStatus: 'REGISTERED' }],
    });
    const { attention } = await summary;
    expect(attention[0]?.recommendation).toBe(
      'Nothing to do now: the account is not in the account group yet, and the next run looks again.',
    );
  });
});

describe('what is known is recorded while the rest is waited for', () => {
  const cloud: FakeCloud = {
    accounts: [member('1'), member('2'), member('3')],
    group: [
      groupOf({ '1': 'REGISTERED', '2': 'BUILDING', '3': 'BUILDING' }),
      groupOf({ '1': 'REGISTERED', '2': 'REGISTERED', '3': 'BUILDING' }),
      groupOf({ '1': 'REGISTERED', '2': 'REGISTERED', '3': 'REGISTERED' }),
    ],
  };

  test('in the order in which it became known, the run last', async () => {
    const { summary, calls, stored } = run(forEveryMember, cloud);
    await summary;
    expect(calls.filter((call) => call === 'append' || call === 'group')).toEqual([
      ...['group', 'append'],
      ...['group', 'append'],
      ...['group', 'append'],
    ]);
    expect(outcomesOf(stored)).toEqual([
      ['account', '1', 'already-covered'],
      ['account', '2', 'covered'],
      ['account', '3', 'covered'],
      ['run', undefined, 'succeeded'],
    ]);
    expect(stored.at(-1)).toMatchObject({ covered: '2', already_covered: '1' });
    expect(stored.map(({ duration_ms }) => duration_ms)).toEqual(['0', '1000', '3000', '3000']);
  });

  test('what the log store refuses then is stored in the end, and no account twice', async () => {
    const refusal = cloudError('ServerBusy', { operation: 'PutLogs', statusCode: 503 });
    const append = [refusal, refusal, 'stored'] as const;
    const { summary, stored } = run(forEveryMember, { ...cloud, append });
    await summary;
    expect(outcomesOf(stored).map(([, accountId]) => accountId)).toEqual([
      '1',
      '2',
      '3',
      undefined,
    ]);
  });
});

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
      message: expect.stringContaining('2 of 2 results'),
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
