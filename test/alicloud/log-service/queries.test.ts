/** What the operator's command asks, by our client of the sandbox's Log Service. */
import { describe, expect, it } from 'vitest';
import {
  lastResultsQuery,
  lastRunsQuery,
  storedRunQueries,
} from '../../../alicloud/log-service/queries.ts';
import type { Outcome } from '../../../workflows/onboarding/model.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { cloudError } from '../../stack-yaml/cloud-error.ts';
import { account, run } from '../../support/stack/entries.ts';
import { minutesAgo } from '../../support/stack/monitoring.ts';
import { foreignEntries, rowsOf, startLogStore } from '../../support/workflows/log-store.ts';

const [A, B, C] = ['1000000000000004', '1000000000000005', '1000000000000006'];
const MANY = Array.from({ length: 250 }, (_, index) => String(10 ** 15 + index));

const twice = (entries: readonly LogEntry[]) => [...entries, ...entries.toReversed()];

describe('last results', () => {
  const ALL = lastResultsQuery(0, 1_000);
  const ENTRIES = [
    account(minutesAgo(90), A, { outcome: 'overdue' }),
    account(minutesAgo(60), A, { outcome: 'covered' }),
    account(
      minutesAgo(5),
      A,
      {
        name: 'Alpha',
        outcome: 'failed',
        recorderStatus: 'REGISTRABLE',
        error: cloudError('NoPermission', 'No.'),
        recommendation: 'Allow it.',
      },
      { runId: 'run-x' },
    ),
    account(minutesAgo(2_000), B, { outcome: 'pending' }),
    account(minutesAgo(1_000), B, { outcome: 'covered' }, { runId: 'run-y', trigger: 'event' }),
    run(minutesAgo(1)),
  ];
  const EXPECTED = [
    {
      account_id: A,
      account_name: 'Alpha',
      outcome: 'failed',
      recorder_status: 'REGISTRABLE',
      time: '2026-11-20T11:55:00.000Z',
      run_id: 'run-x',
      trigger: 'schedule',
      error_code: 'NoPermission',
      error_message: 'No.',
      recommendation: 'Allow it.',
    },
    {
      account_id: B,
      account_name: 'null',
      outcome: 'covered',
      recorder_status: 'null',
      time: '2026-11-19T19:20:00.000Z',
      run_id: 'run-y',
      trigger: 'event',
      error_code: 'null',
      error_message: 'null',
      recommendation: 'null',
    },
  ];

  it('are each account’s newest entry', async () => {
    expect(await rowsOf(ALL, ...ENTRIES)).toEqual(EXPECTED);
    expect(await rowsOf(ALL, ...ENTRIES.toReversed())).toEqual(EXPECTED);
  });

  it('are one each, also of entries that were stored twice', async () => {
    expect(await rowsOf(ALL, ...twice(ENTRIES))).toEqual(EXPECTED);
  });

  it('are not what somebody else wrote', async () => {
    expect(await rowsOf(ALL, ...foreignEntries(A), ...ENTRIES)).toEqual(EXPECTED);
  });

  it('of one time: the one with the later id', async () => {
    const tied = ['run-b', 'run-c', 'run-a'].map((runId) =>
      account(minutesAgo(3), A, { outcome: 'pending' }, { runId }),
    );
    expect(await rowsOf(ALL, ...tied)).toMatchObject([{ run_id: 'run-c' }]);
  });

  it('come in pages, by account', async () => {
    const store = await startLogStore();
    await store.store(...MANY.map((id) => account(minutesAgo(5), id, { outcome: 'pending' })));
    const ids = async (offset: number) =>
      (await store.ask(lastResultsQuery(offset, 120))).map((row) => row.account_id);
    expect(await ids(0)).toEqual(MANY.slice(0, 120));
    expect(await ids(120)).toEqual(MANY.slice(120, 240));
    expect(await ids(240)).toEqual(MANY.slice(240));
  });

  it('of nothing are none', async () => {
    expect(await rowsOf(ALL)).toEqual([]);
  });
});

describe('a stored run', () => {
  const RUN = 'run-1';
  const { counts, ending, notCovered } = storedRunQueries(RUN);
  const found = (id: string, outcome: Outcome, more: LogEntry = {}): LogEntry => ({
    ...account(minutesAgo(5), id, { outcome }, { runId: RUN }),
    ...more,
  });
  const ENTRIES = [
    found(A, 'pending', { account_name: 'Alpha', recommendation: 'Wait.' }),
    found(B, 'covered'),
    found(C, 'failed'),
    // Of other runs.
    account(minutesAgo(4), A, { outcome: 'covered' }, { runId: 'run-10' }),
    account(minutesAgo(4), B, { outcome: 'failed' }, { runId: 'run' }),
    run(minutesAgo(3), { runId: 'run-10', outcome: 'succeeded' }),
    // The search finds words, so these too.
    account(minutesAgo(2), B, { outcome: 'overdue' }, { runId: 'run-1 again' }),
    run(minutesAgo(2), { runId: 'RUN-1', outcome: 'succeeded' }),
    run(minutesAgo(4), {
      runId: RUN,
      outcome: 'failed',
      counts: { covered: 1, pending: 1, failed: 1 },
      reason: 'Because.',
    }),
  ];
  const ENDING = {
    run_id: RUN,
    outcome: 'failed',
    covered: '1',
    already_covered: '0',
    pending: '1',
    overdue: '0',
    failed: '1',
    skipped: '0',
    duration_ms: '0',
    reason: 'Because.',
  };
  const COUNTS = [
    { entry_type: 'account', outcome: 'covered', entries: '1' },
    { entry_type: 'account', outcome: 'failed', entries: '1' },
    { entry_type: 'account', outcome: 'pending', entries: '1' },
    { entry_type: 'run', outcome: 'failed', entries: '1' },
  ];
  const OPEN = [
    { account_id: C, account_name: 'null', outcome: 'failed', recommendation: 'null' },
    { account_id: A, account_name: 'Alpha', outcome: 'pending', recommendation: 'Wait.' },
  ];
  const sorted = (rows: readonly LogEntry[]) =>
    rows.toSorted((a, b) =>
      `${a.entry_type}${a.outcome}`.localeCompare(`${b.entry_type}${b.outcome}`),
    );
  /** Written by somebody else, as if about this run. */
  const FOREIGN = foreignEntries(A).map((entry) => ({ ...entry, run_id: RUN }));

  it('is counted by outcome', async () => {
    expect(sorted(await rowsOf(counts, ...ENTRIES))).toEqual(COUNTS);
    expect(sorted(await rowsOf(counts, ...twice(ENTRIES)))).toEqual(COUNTS);
    expect(sorted(await rowsOf(counts, ...FOREIGN, ...ENTRIES))).toEqual(COUNTS);
    expect(await rowsOf(counts)).toEqual([]);
  });

  it('ends with its own entry', async () => {
    expect(await rowsOf(ending, ...ENTRIES)).toEqual([ENDING]);
    expect(await rowsOf(ending, ...twice(ENTRIES))).toEqual([ENDING]);
    expect(await rowsOf(ending, ...FOREIGN, ...ENTRIES)).toEqual([ENDING]);
    expect(await rowsOf(ending, ...ENTRIES.slice(0, -1))).toEqual([]);
  });

  it('has accounts that are not covered', async () => {
    expect(await rowsOf(notCovered(9), ...ENTRIES)).toEqual(OPEN);
    expect(await rowsOf(notCovered(9), ...twice(ENTRIES))).toEqual(OPEN);
    expect(await rowsOf(notCovered(9), ...FOREIGN, ...ENTRIES)).toEqual(OPEN);
    expect(await rowsOf(notCovered(9))).toEqual([]);
  });

  it('has the worst of them first, then by account, no more than are asked for', async () => {
    const outcomes: Outcome[] = ['skipped', 'pending', 'already-covered', 'overdue', 'failed'];
    const entries = MANY.map((id, index) => found(id, outcomes[index % 5] ?? 'failed'));
    const ids = (rows: readonly LogEntry[]) => rows.map((row) => row.account_id);
    const expected = ['failed', 'overdue', 'pending', 'skipped'].flatMap((outcome) =>
      MANY.filter((_, index) => outcomes[index % 5] === outcome),
    );
    expect(ids(await rowsOf(notCovered(1_000), ...entries))).toEqual(expected);
    expect(ids(await rowsOf(notCovered(120), ...entries))).toEqual(expected.slice(0, 120));
  });

  it('counts all of its accounts', async () => {
    const entries = MANY.map((id) => found(id, 'covered'));
    expect(await rowsOf(counts, ...entries)).toEqual([
      { entry_type: 'account', outcome: 'covered', entries: '250' },
    ]);
  });

  describe('by the request id of its invocation', () => {
    const byRequest = storedRunQueries('request-1');
    const both = (first: Outcome, second: Outcome, minutes: readonly [number, number]) =>
      [first, second].flatMap((outcome, index) => [
        {
          ...account(minutesAgo(minutes[index] ?? 0), A, { outcome }, { runId: `run-${index}` }),
          function_request_id: 'request-1',
        },
        {
          ...run(minutesAgo(minutes[index] ?? 0), { runId: `run-${index}`, outcome: 'pending' }),
          function_request_id: 'request-1',
        },
      ]);

    it.each<[string, readonly [number, number]]>([
      ['later', [9, 3]],
      ['of one time with the later id', [3, 3]],
    ])('of two runs that have it, the %s has the last word', async (_, minutes) => {
      const entries = both('failed', 'covered', minutes);
      for (const stored of [entries, entries.toReversed(), twice(entries)]) {
        expect(sorted(await rowsOf(byRequest.counts, ...stored))).toEqual([
          { entry_type: 'account', outcome: 'covered', entries: '1' },
          { entry_type: 'run', outcome: 'pending', entries: '1' },
        ]);
        expect(await rowsOf(byRequest.ending, ...stored)).toMatchObject([{ run_id: 'run-1' }]);
        expect(await rowsOf(byRequest.notCovered(9), ...stored)).toEqual([]);
      }
    });
  });

  it('has an id that is never a part of the language', () => {
    for (const id of ["x' or '1'='1", 'x"', 'a b', '']) {
      expect(() => storedRunQueries(id)).toThrow(TypeError);
    }
  });
});

describe('the last runs', () => {
  const ENTRIES = [
    run(minutesAgo(90), { trigger: 'event', runId: 'run-1' }),
    run(minutesAgo(10), { trigger: 'schedule', runId: 'run-2' }),
    run(minutesAgo(5), { trigger: 'schedule', runId: 'run-3' }),
    account(minutesAgo(1), A, { outcome: 'pending' }),
  ];
  const newest = async (...entries: readonly LogEntry[]) =>
    (await rowsOf(lastRunsQuery(), ...entries)).map(({ trigger, time }) => `${trigger} ${time}`);

  it('are the newest of each trigger, in whichever order they were stored', async () => {
    const expected = ['event 2026-11-20T10:30:00.000Z', 'schedule 2026-11-20T11:55:00.000Z'];
    expect((await newest(...ENTRIES)).sort()).toEqual(expected);
    expect((await newest(...twice(ENTRIES))).sort()).toEqual(expected);
    expect((await newest(...foreignEntries(A), ...ENTRIES)).sort()).toEqual(expected);
  });
});
