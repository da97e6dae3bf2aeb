import { describe, expect, test } from 'vitest';
import {
  coveringsOf,
  daysOf,
  errorsOf,
  type RunTotals,
  sinceOf,
  timelinesOf,
} from '../../../cli/report/reduce-results.ts';
import { entryOf, resultOf } from '../../support/report/report-data.ts';

const A = '1000000000000011';
const B = '1000000000000012';
const at = (minute: number) => `2026-05-03T06:${String(minute).padStart(2, '0')}:00.000Z`;

describe('timelines', () => {
  test('results in a row that say the same are one entry, newest first, and none is lost', () => {
    const timeline = timelinesOf([
      resultOf({ time: at(10), outcome: 'covered', recorderStatus: 'REGISTERED', runId: 'r3' }),
      resultOf({ time: at(0), trigger: 'event', startAttempts: 3, runId: 'r1' }),
      resultOf({ time: at(5), errorMessage: 'the last one', runId: 'r2' }),
    ]).get(A);
    expect(timeline).toEqual([
      {
        outcome: 'covered',
        recorderStatus: 'REGISTERED',
        from: at(10),
        to: at(10),
        results: 1,
        triggers: ['schedule'],
        startAttempts: 1,
        runId: 'r3',
      },
      {
        outcome: 'pending',
        from: at(0),
        to: at(5),
        results: 2,
        triggers: ['event', 'schedule'],
        startAttempts: 3,
        runId: 'r2',
        errorMessage: 'the last one',
      },
    ]);
  });

  test.each([
    ['outcome', { outcome: 'failed' as const }],
    ['recorder', { recorderStatus: 'BUILDING' }],
    ['error code', { errorCode: 'NoPermission' }],
  ])('another %s is another entry', (_, other) => {
    const results = [resultOf({ time: at(0) }), resultOf({ time: at(5), ...other })];
    expect(timelinesOf(results).get(A)).toHaveLength(2);
  });

  test('accounts do not mix', () => {
    const results = [at(0), at(1), at(2)].flatMap((time) => [
      resultOf({ time, accountId: A }),
      resultOf({ time, accountId: B, outcome: 'failed' }),
    ]);
    const timelines = timelinesOf(results);
    expect(timelines.get(A)).toMatchObject([{ outcome: 'pending', results: 3 }]);
    expect(timelines.get(B)).toMatchObject([{ outcome: 'failed', results: 3 }]);
  });
});

describe('since when an account is in its state', () => {
  const pending = entryOf({ outcome: 'pending', from: at(1), to: at(4) });
  const failed = entryOf({ outcome: 'failed', from: at(5), to: at(9) });
  const covered = entryOf({ outcome: 'covered', from: at(10) });
  const before = entryOf({ outcome: 'already-covered', from: at(20) });
  const skipped = entryOf({ outcome: 'skipped', from: at(30) });

  test.each([
    ['covered: since it was found so', 'covered', [before, covered, failed], at(10)],
    ['covered at the first look: not known', 'covered', [before], undefined],
    [
      'covered after other results: since the first that says so',
      'covered',
      [before, failed],
      at(20),
    ],
    ['open: since the first of the open results', 'failed', [failed, pending, covered], at(1)],
    ['open from the start', 'pending', [failed, pending], at(1)],
    ['the recorder says more than the last result', 'covered', [failed], at(59)],
    ['open again since the last result', 'pending', [covered], at(59)],
    ['what was skipped says nothing', 'covered', [skipped, covered], at(10)],
    ['no result', 'pending', [], undefined],
    ['the group could not be read', 'unknown', [failed], undefined],
  ] as const)('%s', (_, state, timeline, since) => {
    expect(sinceOf(state, timeline, at(59))).toBe(since);
  });
});

describe('days', () => {
  const run = (time: string, rest: Partial<RunTotals>): RunTotals => ({
    time,
    trigger: 'schedule',
    covered: 0,
    alreadyCovered: 0,
    pending: 0,
    overdue: 0,
    failed: 0,
    ...rest,
  });

  test('an account counts once a day, by its last outcome, in the report’s time zone', () => {
    const results = [
      resultOf({ time: '2026-05-03T15:59:00.000Z', outcome: 'pending' }),
      resultOf({ time: '2026-05-03T15:59:30.000Z', outcome: 'covered' }),
      resultOf({ time: '2026-05-03T16:00:00.000Z', outcome: 'already-covered' }),
      resultOf({ time: '2026-05-03T01:00:00.000Z', accountId: B, outcome: 'covered' }),
    ];
    expect(daysOf(results, [], 480)).toEqual([
      { day: '2026-05-03', outcomes: { covered: 2 } },
      { day: '2026-05-04', outcomes: { 'already-covered': 1 } },
    ]);
    expect(daysOf(results, [], 0)).toEqual([
      { day: '2026-05-03', outcomes: { 'already-covered': 1, covered: 1 } },
    ]);
  });

  test('coverage is that of the last scheduled run that saw the members', () => {
    const runs = [
      run('2026-05-03T09:00:00.000Z', { covered: 1, alreadyCovered: 6, pending: 2, failed: 1 }),
      run('2026-05-03T08:00:00.000Z', { alreadyCovered: 5, overdue: 5 }),
      run('2026-05-03T10:00:00.000Z', {}),
      run('2026-05-03T11:00:00.000Z', { trigger: 'manual', alreadyCovered: 1 }),
    ];
    expect(daysOf([], runs, 480)).toEqual([
      { day: '2026-05-03', atEnd: { members: 10, covered: 7 }, outcomes: {} },
    ]);
  });
});

test('a covering is a covered result that took time', () => {
  const results = [
    resultOf({ outcome: 'covered', durationMs: 250_000, time: at(4) }),
    resultOf({ outcome: 'already-covered', durationMs: 0 }),
    resultOf({ outcome: 'pending', durationMs: 7_000 }),
  ];
  expect(coveringsOf(results)).toEqual([{ accountId: A, at: at(4), durationMs: 250_000 }]);
});

test('errors: retries count once a run, accounts once, and the message is the last', () => {
  const results = [
    resultOf({ runId: 'r1', startAttempts: 4, errorCode: 'ProcessIsRunning', time: at(1) }),
    resultOf({
      runId: 'r1',
      startAttempts: 4,
      errorCode: 'ProcessIsRunning',
      accountId: B,
      time: at(2),
    }),
    resultOf({
      runId: 'r2',
      startAttempts: 2,
      errorCode: 'ProcessIsRunning',
      errorMessage: 'still',
      time: at(3),
    }),
    resultOf({ runId: 'r3', startAttempts: 0, errorCode: 'NoAnswer', time: at(4) }),
    resultOf({ runId: 'r4', startAttempts: 9, time: at(5) }),
  ];
  expect(errorsOf(results)).toEqual([
    {
      code: 'ProcessIsRunning',
      accounts: 2,
      runs: 2,
      retries: 4,
      lastAt: at(3),
      lastMessage: 'still',
    },
    { code: 'NoAnswer', accounts: 1, runs: 1, retries: 0, lastAt: at(4) },
  ]);
});
