/** What the operator's command asks of one run, by our client of the sandbox's Log Service. */
import { describe, expect, it } from 'vitest';
import { storedRunQueries } from '../../../alicloud/log-service/queries.ts';
import type { Outcome } from '../../../workflows/onboarding/model.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { account, run } from '../../support/stack/entries.ts';
import { minutesAgo } from '../../support/stack/monitoring.ts';
import { foreignEntries, rowsOf, twice } from '../../support/workflows/log-store.ts';

const [A, B, C] = ['1000000000000004', '1000000000000005', '1000000000000006'];
const MANY = Array.from({ length: 250 }, (_, index) => String(10 ** 15 + index));

describe('a stored run', () => {
  const RUN = 'run-1';
  const { counts, ending, notCovered } = storedRunQueries(RUN);
  const found = (id: string, outcome: Outcome, more: LogEntry = {}): LogEntry => ({
    ...account(minutesAgo(5), id, { outcome }, { runId: RUN }),
    ...more,
  });
  const ENTRIES = [
    found(A, 'pending', {
      account_name: 'Alpha',
      recorder_status: 'BUILDING',
      recommendation: 'Wait.',
    }),
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
    {
      account_id: C,
      account_name: 'null',
      outcome: 'failed',
      recorder_status: 'null',
      error_code: 'null',
      recommendation: 'null',
    },
    {
      account_id: A,
      account_name: 'Alpha',
      outcome: 'pending',
      recorder_status: 'BUILDING',
      error_code: 'null',
      recommendation: 'Wait.',
    },
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
