import { describe, expect, test } from 'vitest';
import { cutIntoRuns } from '../../cli/commands/replay.ts';
import { sizeOf } from '../../cli/commands/report.ts';
import { describeAge, describeDuration, describeEstimate } from '../../cli/duration.ts';
import { Interrupted, unlessInterrupted } from '../../cli/errors.ts';
import { exitCodeOf } from '../../cli/exit-codes.ts';
import { en } from '../../cli/texts/en.ts';

const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;

test.each([
  [-5 * S, '0 s'],
  [Number.NaN, 'at an unknown time'],
  [42 * S, '42 s'],
  [60 * S, '1 min'],
  [130 * S, '2 min 10 s'],
  [3 * H + 5 * MIN, '3 h 5 min'],
  [72 * H, '3 d'],
])('%i ms is %j', (durationMs, text) => {
  expect(describeDuration(durationMs, en)).toBe(text);
});

test.each([
  [3 * S, 'a few seconds'],
  [31 * S, 'about 40 s'],
  [51 * S, 'about 1 min'],
  [3.2 * MIN, 'about 4 min'],
])('an estimate of %i ms is %j', (durationMs, text) => {
  expect(describeEstimate(durationMs, en)).toBe(text);
});

test.each([
  [30 * S, 'just now'],
  [5 * MIN, '5 min ago'],
  [30 * H, '1 d ago'],
  [72 * H, '3 d ago'],
  [Number.NaN, 'at an unknown time'],
])('%i ms ago is %j', (ageMs, text) => {
  expect(describeAge(ageMs, en)).toBe(text);
});

test.each([
  [{ failed: 0, overdue: 0, pending: 0 }, 0],
  [{ failed: 0, overdue: 0, pending: 1 }, 3],
  [{ failed: 0, overdue: 1, pending: 1 }, 2],
  [{ failed: 1, overdue: 0, pending: 0 }, 2],
])('%j: exit %i', (counts, code) => {
  expect(exitCodeOf(counts)).toBe(code);
});

describe('what does not fit into one invocation', () => {
  const ids = Array.from({ length: 7_000 }, (_, index) => String(10 ** 15 + index));

  test('is cut into runs, in order, each of which fits', () => {
    const runs = cutIntoRuns(ids);
    expect(runs.flat()).toEqual(ids);
    expect(runs).toHaveLength(2);
    for (const accounts of runs) {
      expect(JSON.stringify({ accounts, dryRun: true }).length).toBeLessThanOrEqual(128 * 1024);
    }
  });

  test('is not cut where it fits, and nothing is nothing', () => {
    expect(cutIntoRuns(['1', '2'], 8)).toEqual([['1', '2']]);
    expect(cutIntoRuns(['1', '2', '3'], 8)).toEqual([['1', '2'], ['3']]);
    expect(cutIntoRuns([])).toEqual([]);
  });
});

describe('unless interrupted', () => {
  test('work that is done counts', async () => {
    const { signal } = new AbortController();
    expect(await unlessInterrupted(Promise.resolve(1), signal)).toBe(1);
    await expect(unlessInterrupted(Promise.reject(new Error('x')), signal)).rejects.toThrow('x');
  });

  test.each(['before', 'meanwhile'])('gone %s', async (when) => {
    const interruption = new AbortController();
    if (when === 'before') interruption.abort();
    const waiting = unlessInterrupted(new Promise(() => undefined), interruption.signal);
    interruption.abort();
    await expect(waiting).rejects.toThrow(Interrupted);
  });
});

test('the size of a file is rounded, and never nothing', () => {
  expect([1, 1_158, 54_406, 999_499, 999_500, 3_640_000].map(sizeOf)).toEqual([
    '1 KB',
    '1 KB',
    '54 KB',
    '999 KB',
    '1.0 MB',
    '3.6 MB',
  ]);
});
