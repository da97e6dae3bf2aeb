import { describe, expect, it } from 'vitest';
import { createLogs, LONG, TEXT } from '../../../testing/analytics-logs.ts';

const TEXTS = [
  'entry_type',
  'account_id',
  'outcome',
  'recommendation',
  'error_code',
  'time',
  'trigger',
];
const LONGS = [
  'duration_ms',
  'start_attempts',
  'covered',
  'already_covered',
  'pending',
  'overdue',
  'failed',
  'api_calls',
];
const INDEX = {
  keys: Object.fromEntries([
    ...TEXTS.map((name) => [name, TEXT]),
    ...LONGS.map((name) => [name, LONG]),
  ]),
};

const account = (at: string, contents: Record<string, string>) => ({
  at,
  time: at,
  entry_type: 'account',
  ...contents,
});
const run = (at: string, contents: Record<string, string>) => ({
  at,
  entry_type: 'run',
  trigger: 'schedule',
  ...contents,
});
const seconds = (at: string) => String(Date.parse(at) / 1000);

// 15:59 UTC is 23:59 in Shanghai, 16:01 UTC is the next day there.
const EVENING = '2026-01-10T15:59:00Z';
const NIGHT = '2026-01-10T16:01:00Z';
const NOON = '2026-01-11T04:00:00Z';

const { query } = createLogs(INDEX, [
  account(NIGHT, {
    account_id: 'b',
    outcome: 'covered',
    duration_ms: '4000',
    start_attempts: '0',
  }),
  account(EVENING, {
    account_id: 'b',
    outcome: 'pending',
    recommendation: 'wait',
    duration_ms: '660000',
    start_attempts: '1',
    error_code: 'ProcessIsRunning',
  }),
  account(EVENING, {
    account_id: 'a',
    outcome: 'covered',
    recommendation: 'none',
    duration_ms: '1500',
    start_attempts: '1',
  }),
  account(NOON, {
    account_id: 'a',
    outcome: 'failed',
    recommendation: 'allow it',
    duration_ms: '900',
    start_attempts: '3',
    error_code: 'NoPermission',
  }),
  account(NOON, {
    account_id: 'c',
    outcome: 'failed',
    recommendation: 'allow it',
    duration_ms: '800',
    start_attempts: '2',
    error_code: 'NoPermission',
  }),
  account(NIGHT, { account_id: 'd', outcome: 'covered', duration_ms: '2999', start_attempts: '1' }),
  account(NIGHT, { account_id: 'e', outcome: 'overdue', duration_ms: '10', start_attempts: '1' }),
  run(EVENING, {
    covered: '1',
    already_covered: '7',
    pending: '1',
    overdue: '0',
    failed: '0',
    api_calls: '4',
  }),
  run(NOON, {
    covered: '2',
    already_covered: '40',
    pending: '3',
    overdue: '4',
    failed: '5',
    api_calls: '7',
  }),
  { ...run('2026-01-11T05:00:00Z', { covered: '9', already_covered: '9' }), trigger: 'event' },
]);

describe('what the dashboard, the alerts and the status command ask', () => {
  it('the last result of each account', async () => {
    expect(
      await query(
        'entry_type: account | select account_id, max_by(outcome, __time__) as outcome, max_by(recommendation, __time__) as recommendation, max(__time__) as at group by account_id order by account_id limit 10000',
      ),
    ).toEqual([
      { account_id: 'a', outcome: 'failed', recommendation: 'allow it', at: seconds(NOON) },
      { account_id: 'b', outcome: 'covered', recommendation: 'null', at: seconds(NIGHT) },
      { account_id: 'c', outcome: 'failed', recommendation: 'allow it', at: seconds(NOON) },
      { account_id: 'd', outcome: 'covered', recommendation: 'null', at: seconds(NIGHT) },
      { account_id: 'e', outcome: 'overdue', recommendation: 'null', at: seconds(NIGHT) },
    ]);
  });

  it('how long it took, in whole seconds: bigint by bigint is bigint', async () => {
    const search = 'entry_type: account and outcome: covered';
    expect(
      await query(
        `${search} | select approx_percentile(duration_ms, 0.5)/1000 as p50_s, approx_percentile(duration_ms, 0.95)/1000 as p95_s, max(duration_ms)/1000 as max_s`,
      ),
    ).toEqual([{ p50_s: '2', p95_s: '4', max_s: '4' }]);
    expect(
      await query(`${search} | select approx_percentile(duration_ms, 0.5) / 1000.0 as p50_s`),
    ).toEqual([{ p50_s: '2.999' }]);
  });

  it('outcomes by day, which begins at midnight in Shanghai', async () => {
    expect(
      await query(
        "entry_type: account | select date_format(date_trunc('day', __time__), '%Y-%m-%d') as day, outcome, count(*) as accounts group by day, outcome order by day, outcome limit 1000",
      ),
    ).toEqual([
      { day: '2026-01-10', outcome: 'covered', accounts: '1' },
      { day: '2026-01-10', outcome: 'pending', accounts: '1' },
      { day: '2026-01-11', outcome: 'covered', accounts: '2' },
      { day: '2026-01-11', outcome: 'failed', accounts: '2' },
      { day: '2026-01-11', outcome: 'overdue', accounts: '1' },
    ]);
  });

  it('the last scheduled run', async () => {
    expect(
      await query(
        'entry_type: run and trigger: schedule | select covered + already_covered as covered, pending, overdue, failed from log order by __time__ desc limit 1',
      ),
    ).toEqual([{ covered: '42', pending: '3', overdue: '4', failed: '5' }]);
  });

  it('errors by how many accounts have them', async () => {
    expect(
      await query(
        'entry_type: account | select error_code, sum(start_attempts) as tries, count(*) as accounts where error_code is not null group by error_code order by accounts desc limit 100',
      ),
    ).toEqual([
      { error_code: 'NoPermission', tries: '5', accounts: '2' },
      { error_code: 'ProcessIsRunning', tries: '1', accounts: '1' },
    ]);
  });

  it('accounts whose last result needs attention', async () => {
    expect(
      await query(
        "entry_type: account | select account_id, outcome, at from (select account_id, max_by(outcome, __time__) as outcome, max_by(time, __time__) as at from log group by account_id) where outcome in ('failed','overdue','pending') order by at desc limit 100",
      ),
    ).toEqual([
      { account_id: 'a', outcome: 'failed', at: NOON },
      { account_id: 'c', outcome: 'failed', at: NOON },
      { account_id: 'e', outcome: 'overdue', at: NIGHT },
    ]);
  });

  it('the heartbeat, also when there is none', async () => {
    const heartbeat = 'entry_type: run | select count(*) as runs';
    expect(await query(heartbeat)).toEqual([{ runs: '3' }]);
    expect(await query(heartbeat, { from: 1, to: 2 })).toEqual([{ runs: '0' }]);
  });

  it('one row over everything', async () => {
    expect(
      await query(
        "* | select count_if(outcome = 'failed') as failed, count(distinct account_id) as accounts, avg(api_calls) as calls",
      ),
    ).toEqual([{ failed: '2', accounts: '5', calls: '5.5' }]);
  });
});
