import { describe, expect, test } from 'vitest';
import { fitAndPack } from '../../../cli/report/pack.ts';
import { unpack } from '../../../cli/report/page/unpack.js';
import { entryOf, memberOf, reportOf } from '../../support/report/report-data.ts';
import { sampleReport } from '../../support/report/sample-report.ts';

const LARGE = 10_000_000;

describe('what the page carries', () => {
  test('unpacks to what was packed, to the last key', () => {
    const data = sampleReport({ members: 40 });
    const { packed, cut } = fitAndPack(data, LARGE);
    expect(unpack(JSON.parse(JSON.stringify(packed)))).toEqual(data);
    expect(cut).toEqual({ accounts: 0, results: 0 });
  });

  test('what is absent stays absent', () => {
    const data = reportOf({ members: [memberOf({})] });
    const [member] = unpack(fitAndPack(data, LARGE).packed).members;
    expect(Object.keys(member ?? {}).sort()).toEqual([
      'accountId',
      'folderPath',
      'state',
      'timeline',
    ]);
  });

  test('a time that is none is refused, and named', () => {
    const data = reportOf({ members: [memberOf({ joinedAt: 'yesterday' })] });
    expect(() => fitAndPack(data, LARGE)).toThrow(
      new RangeError('The report\'s data has a time that is none: "yesterday".'),
    );
  });
});

describe('what does not fit', () => {
  const timelineOf = (entries: number) =>
    Array.from({ length: entries }, (_, index) =>
      entryOf({ runId: `run-${index}`, results: 10, errorMessage: `message ${index}` }),
    );
  const data = reportOf({
    members: [
      memberOf({ accountId: '1', timeline: timelineOf(200) }),
      memberOf({ accountId: '2', timeline: timelineOf(3), resultsLeftOut: 5 }),
    ],
  });

  test('is cut from the oldest, and every result that is missing is counted', () => {
    const largestBytes = 6_000;
    const { packed, cut } = fitAndPack(data, largestBytes);
    expect(JSON.stringify(packed).length).toBeLessThanOrEqual(largestBytes);
    const [long, short] = unpack(packed).members;
    expect(short).toEqual(data.members[1]);
    expect(long?.timeline).toEqual(data.members[0]?.timeline.slice(0, long?.timeline.length));
    expect(long?.timeline.length).toBeGreaterThan(3);
    expect(long?.resultsLeftOut).toBe((200 - (long?.timeline.length ?? 0)) * 10);
    expect(cut).toEqual({ accounts: 2, results: (long?.resultsLeftOut ?? 0) + 5 });
  });

  test('is cut no further than it takes', () => {
    const largestBytes = 6_000;
    const [long, short] = unpack(fitAndPack(data, largestBytes).packed).members;
    const kept = long?.timeline.length ?? 0;
    const oneMore = memberOf({
      accountId: '1',
      timeline: timelineOf(kept + 1),
      resultsLeftOut: (199 - kept) * 10,
    });
    const members = [oneMore, ...(short === undefined ? [] : [short])];
    const { packed } = fitAndPack({ ...data, members }, LARGE);
    expect(JSON.stringify(packed).length).toBeGreaterThan(largestBytes);
  });

  test('keeps the last result of everybody, whatever it takes', () => {
    const { packed } = fitAndPack(data, 1);
    const members = unpack(packed).members;
    expect(members.map(({ timeline }) => timeline.length)).toEqual([1, 1]);
    expect(members.map(({ resultsLeftOut }) => resultsLeftOut)).toEqual([1_990, 25]);
  });
});
