import { expect, test } from 'vitest';
import { timeToCoverage } from '../../../cli/report/time-to-coverage.ts';

const MIN = 60_000;
const coverings = (durations: readonly number[]) =>
  durations.map((durationMs, index) => ({
    accountId: String(index),
    at: '2026-05-03T06:00:00.000Z',
    durationMs,
  }));

test('nothing covered, nothing said', () => {
  expect(timeToCoverage([])).toBeUndefined();
});

test('percentiles are those of a real account, by nearest rank', () => {
  const hundred = coverings(Array.from({ length: 100 }, (_, index) => (index + 1) * 1_000));
  expect(timeToCoverage(hundred)).toMatchObject({
    accounts: 100,
    medianMs: 50_000,
    p95Ms: 95_000,
    longestMs: 100_000,
  });
  expect(timeToCoverage(coverings([7]))).toMatchObject({ medianMs: 7, p95Ms: 7, longestMs: 7 });
});

test('classes run from the first to the last that is filled, the empty between them included', () => {
  const found = timeToCoverage(coverings([5 * MIN, 90_000, 20 * MIN, 5 * MIN + 1, 25 * 60 * MIN]));
  expect(found?.classes.map(({ toMs, accounts }) => [toMs, accounts])).toEqual([
    [2 * MIN, 1],
    [5 * MIN, 1],
    [10 * MIN, 1],
    [30 * MIN, 1],
    [60 * MIN, 0],
    [360 * MIN, 0],
    [1_440 * MIN, 0],
    [undefined, 1],
  ]);
});

test('the slowest come first, and only so many', () => {
  const found = timeToCoverage(coverings([1, 5, 3, 4, 2]), 2);
  expect(found?.slowest.map(({ durationMs }) => durationMs)).toEqual([5, 4]);
});
