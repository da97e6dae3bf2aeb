/** Of entries of one time, which has the last word in the queries of the dashboard and the alerts. */
import { describe, expect, it } from 'vitest';
import * as queries from '../../../alicloud/log-service/monitoring-queries.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { cloudError } from '../../stack-yaml/cloud-error.ts';
import { account, run } from '../../support/stack/entries.ts';
import { minutesAgo } from '../../support/stack/monitoring.ts';
import { rowsOf } from '../../support/workflows/log-store.ts';

const [A, B, C] = ['1000000000000004', '1000000000000005', '1000000000000006'];

describe('of entries of one time the one with the later id counts:', () => {
  /** Stored so that neither the first nor the last one is right by chance. */
  const tied = (entry: (runId: string, place: number) => LogEntry): LogEntry[] =>
    ['run-b', 'run-c', 'run-a'].map((runId) => entry(runId, 'abc'.indexOf(runId.at(-1) ?? '')));
  const outcomes = ['failed', 'covered', 'overdue'] as const;

  it.each<[string, string, readonly LogEntry[]]>([
    ['coverageNow', queries.coverageNow, [{ coverage: '25.0' }]],
    ['notCoveredNow', queries.notCoveredNow, [{ pending: '3', overdue: '0', failed: '0' }]],
    [
      'lastScheduledRun',
      queries.lastScheduledRun,
      [{ outcome: 'pending', accounts: '0', reason: '2', run_id: 'run-c' }],
    ],
  ])('%s', async (_, query, expected) => {
    const runs = tied((runId, place) =>
      run(minutesAgo(3), {
        runId,
        outcome: 'pending',
        reason: String(place),
        counts: { covered: 1, pending: place + 1 },
      }),
    );
    expect(await rowsOf(query, ...runs)).toEqual(expected);
  });

  it('failedRuns', async () => {
    const runs = tied((runId) => run(minutesAgo(3), { runId, outcome: 'failed' }));
    const rows = await rowsOf(queries.failedRuns, ...runs);
    expect(rows.map(({ run: id }) => id)).toEqual(['run-c', 'run-b', 'run-a']);
  });

  const accounts = (last: (typeof outcomes)[number]) =>
    tied((runId, place) =>
      account(
        minutesAgo(3),
        A,
        {
          name: runId,
          outcome: place === 2 ? last : (outcomes[place] ?? 'failed'),
          recommendation: runId,
          recorderStatus: runId,
          error: cloudError('Code', runId),
        },
        { runId },
      ),
    );

  it('needsAttention', async () => {
    expect(await rowsOf(queries.needsAttention, ...accounts('covered'))).toEqual([]);
    expect(await rowsOf(queries.needsAttention, ...accounts('overdue'))).toEqual([
      expect.objectContaining({ outcome: 'overdue', name: 'run-c', recommendation: 'run-c' }),
    ]);
  });

  it('outcomesByDay', async () => {
    expect(await rowsOf(queries.outcomesByDay, ...accounts('overdue'))).toEqual([
      { day: '2026-11-20', outcome: 'overdue', accounts: '1' },
    ]);
  });

  it('retriesByErrorCode', async () => {
    expect(await rowsOf(queries.retriesByErrorCode, ...accounts('overdue'))).toEqual([
      expect.objectContaining({ code: 'Code', runs: '3', message: 'run-c' }),
    ]);
    const ofOneRun = [B, C, A].map((id) =>
      account(
        minutesAgo(3),
        id,
        { outcome: 'failed', error: cloudError('Code', id) },
        { runId: 'r' },
      ),
    );
    expect(await rowsOf(queries.retriesByErrorCode, ...ofOneRun)).toEqual([
      expect.objectContaining({ code: 'Code', runs: '1', accounts: '3', message: C }),
    ]);
  });

  it('accountsFailedOrOverdue', async () => {
    expect(await rowsOf(queries.accountsFailedOrOverdue, ...accounts('covered'))).toEqual([]);
    expect(await rowsOf(queries.accountsFailedOrOverdue, ...accounts('overdue'))).toEqual([
      expect.objectContaining({
        outcome: 'overdue',
        name: 'run-c',
        problem: 'Code: run-c',
        status: 'run-c',
        advice: 'run-c',
      }),
    ]);
  });

  it('minutesPending', async () => {
    const pending = (minutes: number, runId: string) =>
      account(minutesAgo(minutes), A, { outcome: 'pending', recommendation: runId }, { runId });
    const rows = (runId: string) =>
      rowsOf(
        queries.minutesPending,
        pending(9, 'run-b'),
        account(minutesAgo(9), A, { outcome: 'failed' }, { runId }),
        pending(2, 'run-y'),
        pending(2, 'run-z'),
        pending(2, 'run-x'),
        pending(90, 'run-0'),
      );
    expect(await rows('run-a')).toEqual([
      expect.objectContaining({ minutes: '7', advice: 'run-z' }),
    ]);
    // Of one time, the failure came after the first of them.
    expect(await rows('run-c')).toEqual([
      expect.objectContaining({ minutes: '0', advice: 'run-z' }),
    ]);
  });
});
