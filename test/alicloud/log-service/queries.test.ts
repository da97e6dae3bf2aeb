/** What the operator's command asks, by our client of the sandbox's Log Service. */
import { describe, expect, it } from 'vitest';
import {
  type EntryPlace,
  functionLogsSearch,
  lastResultsQuery,
  lastRunsQuery,
  requestOfRunQuery,
  resultsQuery,
  runsQuery,
} from '../../../alicloud/log-service/queries.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { cloudError } from '../../stack-yaml/cloud-error.ts';
import { account, run } from '../../support/stack/entries.ts';
import { minutesAgo } from '../../support/stack/monitoring.ts';
import { foreignEntries, rowsOf, startLogStore, twice } from '../../support/workflows/log-store.ts';

const [A, B, C] = ['1000000000000004', '1000000000000005', '1000000000000006'];
const MANY = Array.from({ length: 250 }, (_, index) => String(10 ** 15 + index));
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
      start_attempts: '0',
      duration_ms: '0',
      error_code: 'NoPermission',
      error_message: 'No.',
      recommendation: 'Allow it.',
      cloud_request_id: 'null',
    },
    {
      account_id: B,
      account_name: 'null',
      outcome: 'covered',
      recorder_status: 'null',
      time: '2026-11-19T19:20:00.000Z',
      run_id: 'run-y',
      trigger: 'event',
      start_attempts: '0',
      duration_ms: '0',
      error_code: 'null',
      error_message: 'null',
      recommendation: 'null',
      cloud_request_id: 'null',
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

describe('all entries, oldest first', () => {
  const placeOf = (row: LogEntry | undefined): EntryPlace => ({
    time: row?.time ?? '',
    entryId: row?.entry_id ?? '',
  });
  /** Page after page, each after the last entry of the one before it. */
  async function pages(
    query: (page: { after?: EntryPlace; rows: number }) => string,
    rows: number,
    entries: readonly LogEntry[],
  ): Promise<LogEntry[][]> {
    const store = await startLogStore();
    await store.store(...entries);
    const read: LogEntry[][] = [];
    for (let after: EntryPlace | undefined; ; after = placeOf(read.at(-1)?.at(-1))) {
      read.push(await store.ask(query({ after, rows })));
      if ((read.at(-1)?.length ?? 0) < rows) return read;
    }
  }
  const ACCOUNTS = [
    account(minutesAgo(1), A, { outcome: 'covered' }, { runId: 'run-3' }),
    account(minutesAgo(9), B, { outcome: 'pending' }, { runId: 'run-1' }),
    account(minutesAgo(9), A, { outcome: 'pending' }, { runId: 'run-1' }),
    account(minutesAgo(5), A, { outcome: 'failed' }, { runId: "o'clock", trigger: 'event' }),
    account(minutesAgo(5), C, { outcome: 'failed' }, { runId: "o'clock", trigger: 'event' }),
  ];
  const IDS = [`run-1/${A}`, `run-1/${B}`, `o'clock/${A}`, `o'clock/${C}`, `run-3/${A}`];
  const NOISE = [...foreignEntries(A), run(minutesAgo(2))];
  const idsOf = (read: readonly LogEntry[][]) =>
    read.map((page) => page.map((row) => row.entry_id));

  it('of accounts: every page goes on where the last one ended, also within one moment', async () => {
    const read = await pages(resultsQuery, 2, twice([...ACCOUNTS, ...NOISE]));
    expect(idsOf(read)).toEqual([IDS.slice(0, 2), IDS.slice(2, 4), IDS.slice(4)]);
    expect(idsOf(await pages(resultsQuery, 1, ACCOUNTS)).flat()).toEqual(IDS);
  });

  it('of one account', async () => {
    const ofA = (page: { after?: EntryPlace; rows: number }) =>
      resultsQuery({ ...page, accountId: A });
    const [rows = []] = await pages(ofA, 100, twice([...ACCOUNTS, ...NOISE]));
    expect(rows.map((row) => row.entry_id)).toEqual([IDS[0], IDS[2], IDS[4]]);
    expect(rows[1]).toMatchObject({
      account_id: A,
      outcome: 'failed',
      trigger: 'event',
      function_request_id: "request-of-o'clock",
      verified_by: 'account-group',
    });
    expect(() => resultsQuery({ rows: 1, accountId: "1' or 1=1" })).toThrow(TypeError);
  });

  it('of runs', async () => {
    const runs = [
      run(minutesAgo(3), { runId: 'run-2', trigger: 'manual', counts: { covered: 2 } }),
      run(minutesAgo(8), { runId: 'run-1', outcome: 'rejected', reason: 'Because.' }),
    ];
    const read = await pages(runsQuery, 1, twice([...runs, ...foreignEntries(A), ...ACCOUNTS]));
    expect(idsOf(read)).toEqual([['run-1/run'], ['run-2/run'], []]);
    expect(read[0]?.[0]).toMatchObject({
      outcome: 'rejected',
      reason: 'Because.',
      run_id: 'run-1',
    });
    expect(read[1]?.[0]).toMatchObject({ trigger: 'manual', covered: '2', api_calls: '0' });
  });
});

describe('the invocation of a run', () => {
  const ENTRIES = [
    run(minutesAgo(3), { runId: 'run-1' }),
    account(minutesAgo(4), A, { outcome: 'covered' }, { runId: 'run-1' }),
    run(minutesAgo(2), { runId: 'run-10' }),
  ];

  it('is found by what any of its entries says', async () => {
    const found = [{ request_id: 'request-of-run-1' }];
    expect(await rowsOf(requestOfRunQuery('run-1'), ...twice(ENTRIES))).toEqual(found);
    expect(await rowsOf(requestOfRunQuery('run-1'), ENTRIES[1] ?? {})).toEqual(found);
    expect(await rowsOf(requestOfRunQuery('run'), ...ENTRIES)).toEqual([]);
  });

  it('is never asked for with what would have to be quoted', () => {
    expect(() => requestOfRunQuery("x' or 1=1")).toThrow(TypeError);
    expect(() => functionLogsSearch('x" or a: b')).toThrow(TypeError);
    expect([functionLogsSearch(), functionLogsSearch('F-1')]).toEqual(['*', 'requestId: "F-1"']);
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
