/** How much the queries of the dashboard and the alerts take in: how far back, and how many. */
import { describe, expect, it } from 'vitest';
import * as queries from '../../../alicloud/log-service/monitoring-queries.ts';
import { cloudError } from '../../stack-yaml/cloud-error.ts';
import { account, run } from '../../support/stack/entries.ts';
import { minutesAgo } from '../../support/stack/monitoring.ts';
import { rowsOf } from '../../support/workflows/log-store.ts';

const [A, _B, _C] = ['1000000000000004', '1000000000000005', '1000000000000006'];

describe('what no run has said for a while', () => {
  it.each<[string, string, number]>([
    ['needsAttention', queries.needsAttention, 30],
    ['minutesPending', queries.minutesPending, 15],
  ])('%s: after %i minutes it is no longer so', async (_, query, minutes) => {
    const pending = (last: number) => [
      account(minutesAgo(last + 70), A, { outcome: 'pending' }),
      account(minutesAgo(last), A, { outcome: 'pending' }),
    ];
    expect(await rowsOf(query, ...pending(minutes))).toHaveLength(1);
    expect(await rowsOf(query, ...pending(minutes + 1))).toEqual([]);
  });
});

describe('more than a hundred', () => {
  const ids = Array.from({ length: 130 }, (_, index) => String(10 ** 15 + index));
  const entries = ids.flatMap((id, index) => [
    account(minutesAgo(80), id, { outcome: 'pending' }),
    account(minutesAgo(index < 5 ? 6 : 5), id, {
      outcome: index < 5 ? 'overdue' : 'pending',
      error: cloudError(`Code${index}`, 'No.'),
    }),
  ]);

  it('accounts need attention: all are there', async () => {
    const rows = await rowsOf(queries.needsAttention, ...entries);
    expect(rows.map((row) => row.account)).toEqual(ids);
  });

  it('runs were scheduled, and accounts covered: all count', async () => {
    const runs = ids.map((runId) => run(minutesAgo(5), { runId }));
    expect(await rowsOf(queries.scheduledRuns, ...runs)).toEqual([{ runs: '130' }]);
    const covered = ids.map((id, index) =>
      account(minutesAgo(5), id, { outcome: 'covered', durationMs: (index + 1) * 1_000 }),
    );
    expect(await rowsOf(queries.secondsToCoverageByDay, ...covered)).toEqual([
      { day: '2026-11-20', p50: '65.0', p95: '124.0', longest: '130.0' },
    ]);
  });

  it('codes: the first hundred', async () => {
    const codes = (await rowsOf(queries.retriesByErrorCode, ...entries)).map(({ code }) => code);
    const all = ids.map((_, index) => `Code${index}`).toSorted();
    expect(codes).toEqual(all.slice(0, 100));
  });

  it('accounts have an outcome: all count', async () => {
    expect(await rowsOf(queries.outcomesByDay, ...entries)).toEqual([
      { day: '2026-11-20', outcome: 'overdue', accounts: '5' },
      { day: '2026-11-20', outcome: 'pending', accounts: '125' },
    ]);
  });

  it('alerts are not sent at once: a hundred are, of the worst and the longest', async () => {
    const failed = ids.map((id, index) =>
      account(minutesAgo(4), id, { outcome: index < 110 ? 'overdue' : 'failed' }),
    );
    const rows = await rowsOf(queries.accountsFailedOrOverdue, ...failed);
    expect(rows.map((row) => row.account_id)).toEqual([...ids.slice(110), ...ids.slice(0, 80)]);
    const pending = await rowsOf(
      queries.minutesPending,
      ...entries,
      account(minutesAgo(200), 'last', { outcome: 'pending' }),
      account(minutesAgo(5), 'last', { outcome: 'pending' }),
    );
    expect(pending).toHaveLength(100);
    expect(pending[0]?.account_id).toBe('last');
  });

  it('runs failed: the newest hundred', async () => {
    const failed = ids.map((runId, index) => run(minutesAgo(index), { outcome: 'failed', runId }));
    const rows = await rowsOf(queries.failedRuns, ...failed);
    expect(rows.map((row) => row.run)).toEqual(ids.slice(0, 100));
    expect(await rowsOf(queries.runsByDay, ...failed)).toEqual([
      { day: '2026-11-20', runs: '130', calls: '0' },
    ]);
  });
});
