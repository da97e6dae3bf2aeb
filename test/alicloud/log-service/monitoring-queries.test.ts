/** Each query of the dashboard and the alerts, asked by our client of the sandbox's Log Service. */
import { describe, expect, it } from 'vitest';
import * as queries from '../../../alicloud/log-service/monitoring-queries.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { cloudError } from '../../stack-yaml/cloud-error.ts';
import { account, run } from '../../support/stack/entries.ts';
import { minutesAgo } from '../../support/stack/monitoring.ts';
import { foreignEntries, rowsOf } from '../../support/workflows/log-store.ts';

type Name = keyof typeof queries;
const QUERIES = new Map<string, string>(Object.entries(queries));
const query = (name: Name) => QUERIES.get(name) ?? '';

const [A, B, C] = ['1000000000000004', '1000000000000005', '1000000000000006'];
const DENIED = cloudError('NoPermission', 'You are not authorized.');
const BUSY = cloudError('ProcessIsRunning', 'The process is running.');
const EVENT = { trigger: 'event' } as const;

/** A day of a small organization: every query has something to say of it. */
const DAY: readonly LogEntry[] = [
  // Open, covered, open again.
  account(minutesAgo(300), A, { name: 'Alpha', outcome: 'overdue' }),
  account(minutesAgo(200), A, { name: 'Alpha', outcome: 'covered', durationMs: 12_340 }, EVENT),
  account(minutesAgo(30), A, { name: 'Alpha', outcome: 'pending' }),
  account(minutesAgo(5), A, {
    name: 'Alpha',
    outcome: 'failed',
    recorderStatus: 'REGISTRABLE',
    error: DENIED,
    recommendation: 'Allow it.',
  }),
  account(minutesAgo(75), B, { outcome: 'pending', error: BUSY }, { startAttempts: 3 }),
  account(minutesAgo(10), B, { outcome: 'pending', recommendation: 'Wait.' }),
  account(minutesAgo(60), C, { outcome: 'covered', durationMs: 1_000 }, EVENT),
  account(minutesAgo(59), C, { outcome: 'covered', durationMs: 0 }, EVENT),
  account(minutesAgo(58), C, { outcome: 'covered', durationMs: 0 }, EVENT),
  // Yesterday in Shanghai, where midnight was 20 hours ago.
  account(minutesAgo(21 * 60), C, { outcome: 'pending', durationMs: 700_000 }),
  run(minutesAgo(21 * 60), { outcome: 'rejected', apiCalls: 2, runId: 'run-of-old' }),
  run(minutesAgo(10), { counts: { pending: 1, covered: 3 }, outcome: 'pending', apiCalls: 4 }),
  run(minutesAgo(5), {
    counts: { failed: 1, pending: 1, covered: 2 },
    outcome: 'failed',
    apiCalls: 6,
    reason: 'Denied.',
    runId: 'run-of-now',
  }),
  // It saw nobody, so it says nothing of coverage.
  run(minutesAgo(4), { runId: 'run-of-nobody' }),
];

const EXPECTED: Readonly<Record<Name, readonly LogEntry[]>> = {
  coverageNow: [{ coverage: '50.0' }],
  notCoveredNow: [{ pending: '1', overdue: '0', failed: '1' }],
  minutesSinceLastRun: [{ minutes: '4.0' }],
  needsAttention: [
    {
      account: B,
      name: 'null',
      outcome: 'pending',
      recommendation: 'Wait.',
      since: '2026-11-20 18:45',
    },
    {
      account: A,
      name: 'Alpha',
      outcome: 'failed',
      recommendation: 'Allow it.',
      since: '2026-11-20 19:30',
    },
  ],
  outcomesByDay: [
    { day: '2026-11-19', outcome: 'pending', accounts: '1' },
    { day: '2026-11-20', outcome: 'covered', accounts: '1' },
    { day: '2026-11-20', outcome: 'failed', accounts: '1' },
    { day: '2026-11-20', outcome: 'pending', accounts: '1' },
  ],
  secondsToCoverageByDay: [{ day: '2026-11-20', p50: '1.0', p95: '12.3', longest: '12.3' }],
  retriesByErrorCode: [
    {
      code: 'NoPermission',
      accounts: '1',
      runs: '1',
      starts: '0',
      retries: '0',
      message: 'You are not authorized.',
    },
    {
      code: 'ProcessIsRunning',
      accounts: '1',
      runs: '1',
      starts: '3',
      retries: '2',
      message: 'The process is running.',
    },
  ],
  runsByDay: [
    { day: '2026-11-19', runs: '1', calls: '2' },
    { day: '2026-11-20', runs: '3', calls: '10' },
  ],
  failedRuns: [
    {
      time: '2026-11-20T11:55:00.000Z',
      trigger: 'schedule',
      outcome: 'failed',
      reason: 'Denied.',
      run: 'run-of-now',
      request: 'request-of-run-of-now',
    },
    {
      time: '2026-11-19T15:00:00.000Z',
      trigger: 'schedule',
      outcome: 'rejected',
      reason: 'null',
      run: 'run-of-old',
      request: 'request-of-run-of-old',
    },
  ],
  accountsFailedOrOverdue: [
    {
      account_id: A,
      name: 'Alpha',
      outcome: 'failed',
      problem: 'NoPermission: You are not authorized.',
      status: 'REGISTRABLE',
      tries: '0',
      advice: 'Allow it.',
    },
  ],
  scheduledRuns: [{ runs: '4' }],
  minutesPending: [{ account_id: B, name: '-', status: '-', advice: 'Wait.', minutes: '65' }],
  lastScheduledRun: [{ outcome: 'succeeded', accounts: '0', reason: '-', run_id: 'run-of-nobody' }],
};

const WITHOUT_ENTRIES: Readonly<Partial<Record<Name, readonly LogEntry[]>>> = {
  minutesSinceLastRun: [{ minutes: 'null' }],
  scheduledRuns: [{ runs: '0' }],
};

describe.each([...QUERIES.keys()] as Name[])('%s', (name) => {
  it('says what there is', async () => {
    expect(await rowsOf(query(name), ...DAY)).toEqual(EXPECTED[name]);
  });

  it('says the same in whichever order it was stored', async () => {
    expect(await rowsOf(query(name), ...DAY.toReversed())).toEqual(EXPECTED[name]);
  });

  it('counts an entry that was stored twice once', async () => {
    const some = DAY.filter((_, index) => index % 2 === 1);
    expect(await rowsOf(query(name), ...DAY, ...DAY.toReversed())).toEqual(EXPECTED[name]);
    expect(await rowsOf(query(name), ...DAY, ...some)).toEqual(EXPECTED[name]);
  });

  it('leaves out what somebody else wrote', async () => {
    expect(await rowsOf(query(name), ...foreignEntries(A), ...DAY)).toEqual(EXPECTED[name]);
  });

  it('makes nothing up', async () => {
    expect(await rowsOf(query(name))).toEqual(WITHOUT_ENTRIES[name] ?? []);
  });
});

describe('open, covered and open again', () => {
  const again = (outcome: 'pending' | 'failed') => [
    account(minutesAgo(5_000), A, { outcome }),
    account(minutesAgo(4_000), A, { outcome }),
    account(minutesAgo(3_000), A, { outcome: 'covered' }),
    account(minutesAgo(8), A, { outcome }),
    account(minutesAgo(3), A, { outcome }),
  ];

  it('needs attention since then', async () => {
    const [row] = await rowsOf(queries.needsAttention, ...again('failed'));
    expect(row?.since).toBe('2026-11-20 19:52');
  });

  it('is pending since then', async () => {
    const [row] = await rowsOf(queries.minutesPending, ...again('pending'));
    expect(row?.minutes).toBe('5');
  });

  it.each(['skipped', 'already-covered'] as const)('so too if it was %s', async (outcome) => {
    const entries = again('pending').map((entry) =>
      entry.outcome === 'covered' ? { ...entry, outcome } : entry,
    );
    const [row] = await rowsOf(queries.needsAttention, ...entries);
    expect(row?.since).toBe('2026-11-20 19:52');
  });

  it('no longer needs attention when it was covered last', async () => {
    const entries = again('failed').slice(0, 3);
    for (const name of ['needsAttention', 'accountsFailedOrOverdue', 'minutesPending'] as const) {
      expect(await rowsOf(query(name), ...entries), name).toEqual([]);
    }
  });
});
