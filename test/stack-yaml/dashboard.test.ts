/** The dashboard's queries, executed by the sandbox over entries as the workflow writes them. */
import { expect, it } from 'vitest';
import { account, run } from '../support/stack/entries.ts';
import { deployMonitoring, minutesAgo } from '../support/stack/monitoring.ts';
import { cloudError } from './cloud-error.ts';

const DAY = 24 * 60;

it('has a chart for each question, each with one query of its own project', () => {
  const charts = deployMonitoring().charts();
  expect(charts.map(({ title, type }) => `${title}: ${type}`)).toEqual([
    'coverage: statpro',
    'not-covered: statpro',
    'heartbeat: statpro',
    'attention: tablepro',
    'outcomes: barpro',
    'time-to-coverage: linepro',
    'errors: tablepro',
    'runs: barpro',
    'failed-runs: tablepro',
  ]);
  for (const { search } of charts) {
    expect(search.chartQueries[0]).toMatchObject({
      project: 'account-onboarding-1000000000000001',
      logstore: 'results',
    });
  }
});

it('over an empty log store: every query works, and nothing is made up', async () => {
  const deployed = deployMonitoring();
  for (const { title } of deployed.charts()) {
    const rows = await deployed.chart(title);
    expect(rows, title).toEqual(title === 'heartbeat' ? [{ minutes: 'null' }] : []);
  }
});

it('coverage, and what is missing, of the last scheduled run that saw accounts', async () => {
  const deployed = deployMonitoring();
  deployed.append(
    run(minutesAgo(6), {
      counts: { covered: 1, alreadyCovered: 6, pending: 2, overdue: 1, failed: 2, skipped: 9 },
    }),
    run(minutesAgo(11), { counts: { alreadyCovered: 5 } }),
    run(minutesAgo(1), { outcome: 'failed', reason: 'ListAccounts failed' }),
    run(minutesAgo(2), { trigger: 'event', counts: { covered: 1 } }),
  );
  expect(await deployed.chart('coverage')).toEqual([{ coverage: '58.3' }]);
  expect(await deployed.chart('not-covered')).toEqual([
    { pending: '2', overdue: '1', failed: '2' },
  ]);
});

it('the age of the last scheduled run, whatever it came to', async () => {
  const deployed = deployMonitoring();
  deployed.append(
    run(minutesAgo(40)),
    run(minutesAgo(7.5), { outcome: 'failed' }),
    run(minutesAgo(1), { trigger: 'manual' }),
  );
  expect(await deployed.chart('heartbeat')).toEqual([{ minutes: '7.5' }]);
});

it('what needs attention: since when, by the last entry, and only what is still said', async () => {
  const deployed = deployMonitoring();
  deployed.append(
    // Pending first, overdue now: open since 80 minutes ago.
    account(minutesAgo(80), 'a', { name: 'Alpha', outcome: 'pending', recommendation: 'wait' }),
    account(minutesAgo(5), 'a', { name: 'Alpha', outcome: 'overdue', recommendation: 'look' }),
    // Covered in between.
    account(minutesAgo(90), 'b', { outcome: 'failed', recommendation: 'allow it' }),
    account(minutesAgo(60), 'b', { outcome: 'covered' }, { trigger: 'event' }),
    account(minutesAgo(10), 'b', { outcome: 'failed', recommendation: 'allow it' }),
    // Covered.
    account(minutesAgo(20), 'c', { outcome: 'pending' }),
    account(minutesAgo(15), 'c', { outcome: 'covered' }),
    // A scheduled run says nothing more of what was covered before it looked.
    account(minutesAgo(45), 'd', { outcome: 'pending' }),
  );
  expect(await deployed.chart('attention')).toEqual([
    {
      account: 'a',
      name: 'Alpha',
      outcome: 'overdue',
      recommendation: 'look',
      since: '2026-11-20 18:40',
    },
    {
      account: 'b',
      name: 'null',
      outcome: 'failed',
      recommendation: 'allow it',
      since: '2026-11-20 19:50',
    },
  ]);
});

it('accounts by outcome and day: each once a day, by its last outcome', async () => {
  const deployed = deployMonitoring();
  deployed.append(
    // Midnight in Shanghai was 20 hours ago.
    account(minutesAgo(20 * 60 + 1), 'a', { outcome: 'pending' }),
    account(minutesAgo(20 * 60 - 1), 'a', { outcome: 'pending' }),
    account(minutesAgo(60), 'a', { outcome: 'covered' }),
    account(minutesAgo(50), 'b', { outcome: 'covered' }),
    account(minutesAgo(45), 'c', { outcome: 'pending' }),
    account(minutesAgo(40), 'c', { outcome: 'pending' }),
    account(minutesAgo(31 * DAY), 'd', { outcome: 'failed' }),
  );
  expect(await deployed.chart('outcomes')).toEqual([
    { day: '2026-11-19', outcome: 'pending', accounts: '1' },
    { day: '2026-11-20', outcome: 'covered', accounts: '2' },
    { day: '2026-11-20', outcome: 'pending', accounts: '1' },
  ]);
});

it('seconds to coverage, whatever brought the accounts', async () => {
  const deployed = deployMonitoring();
  const event = { trigger: 'event' } as const;
  deployed.append(
    ...[12_340, 1_500, 660_000].map((durationMs, index) =>
      account(minutesAgo(index), `a${index}`, { outcome: 'covered', durationMs }, event),
    ),
    account(minutesAgo(9), 'b', { outcome: 'already-covered' }, event),
    account(minutesAgo(9), 'c', { outcome: 'pending', durationMs: 700_000 }, event),
    // A schedule's, from when the account was first found open.
    account(minutesAgo(9), 'd', { outcome: 'covered', durationMs: 900_000 }),
    account(minutesAgo(9), 'e', { outcome: 'covered', durationMs: 0 }),
  );
  expect(await deployed.chart('time-to-coverage')).toEqual([
    { day: '2026-11-20', p50: '12.3', p95: '900.0', longest: '900.0' },
  ]);
});

it('starts and retries by error code: a run’s starts count once, however many accounts', async () => {
  const deployed = deployMonitoring();
  const denied = cloudError('NoPermission', 'You are not authorized.');
  const busy = (message: string) => cloudError('ProcessIsRunning', message);
  deployed.append(
    account(minutesAgo(30), 'a', { outcome: 'failed', error: denied }, { startAttempts: 1 }),
    account(
      minutesAgo(20),
      'a',
      { outcome: 'pending', error: busy('first') },
      { startAttempts: 4, runId: 'r1' },
    ),
    account(
      minutesAgo(20),
      'b',
      { outcome: 'pending', error: busy('first') },
      { startAttempts: 4, runId: 'r1' },
    ),
    account(minutesAgo(10), 'b', { outcome: 'pending', error: busy('last') }, { startAttempts: 2 }),
    account(
      minutesAgo(5),
      'b',
      { outcome: 'covered', error: cloudError('ServiceUnavailable', 'Try again.') },
      { startAttempts: 3 },
    ),
    account(minutesAgo(4), 'c', { outcome: 'covered' }, { startAttempts: 1 }),
  );
  expect(await deployed.chart('errors')).toEqual([
    {
      code: 'ProcessIsRunning',
      accounts: '2',
      runs: '2',
      starts: '6',
      retries: '4',
      message: 'last',
    },
    {
      code: 'NoPermission',
      accounts: '1',
      runs: '1',
      starts: '1',
      retries: '0',
      message: 'You are not authorized.',
    },
    {
      code: 'ServiceUnavailable',
      accounts: '1',
      runs: '1',
      starts: '3',
      retries: '2',
      message: 'Try again.',
    },
  ]);
});

it('runs and API calls by day', async () => {
  const deployed = deployMonitoring();
  deployed.append(
    run(minutesAgo(21 * 60), { apiCalls: 4 }),
    run(minutesAgo(10), { apiCalls: 7 }),
    run(minutesAgo(5), { apiCalls: 3, trigger: 'event' }),
    account(minutesAgo(5), 'a', { outcome: 'covered' }),
  );
  expect(await deployed.chart('runs')).toEqual([
    { day: '2026-11-19', runs: '1', calls: '4' },
    { day: '2026-11-20', runs: '2', calls: '10' },
  ]);
});

it('runs that failed or were refused, the last one first', async () => {
  const deployed = deployMonitoring();
  deployed.append(
    run(minutesAgo(9), { outcome: 'rejected', trigger: 'event', reason: 'no JSON', runId: 'r8' }),
    run(minutesAgo(5), { outcome: 'failed', reason: 'ListAccounts failed', runId: 'r9' }),
    run(minutesAgo(4), { outcome: 'pending' }),
    run(minutesAgo(3), { outcome: 'ignored' }),
  );
  expect(await deployed.chart('failed-runs')).toEqual([
    {
      time: '2026-11-20T11:55:00.000Z',
      trigger: 'schedule',
      outcome: 'failed',
      reason: 'ListAccounts failed',
      run: 'r9',
      request: 'request-of-r9',
    },
    expect.objectContaining({ trigger: 'event', outcome: 'rejected', reason: 'no JSON' }),
  ]);
});
