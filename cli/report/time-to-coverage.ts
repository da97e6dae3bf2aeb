import type { Covering } from './report-data.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The upper ends of the classes, in milliseconds: building takes 2 to 10 minutes, a day is overdue. */
export const CLASS_ENDS_MS: readonly number[] = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  6 * HOUR,
  24 * HOUR,
];

export interface DurationClass {
  /** Exclusive, and inclusive; the last one has no end. */
  readonly fromMs: number;
  readonly toMs?: number;
  readonly accounts: number;
}

export interface TimeToCoverage {
  readonly accounts: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly longestMs: number;
  /** From the first to the last that is not empty. */
  readonly classes: readonly DurationClass[];
  /** The slowest first. */
  readonly slowest: readonly Covering[];
}

/** `undefined` when no account became covered. Percentiles are by nearest rank: of a real account. */
export function timeToCoverage(
  coverings: readonly Covering[],
  slowestCount = 5,
): TimeToCoverage | undefined {
  const slowestFirst = [...coverings].sort((a, b) => b.durationMs - a.durationMs);
  const durations = slowestFirst.map(({ durationMs }) => durationMs).reverse();
  const longestMs = durations.at(-1);
  if (longestMs === undefined) return undefined;
  return {
    accounts: durations.length,
    medianMs: percentile(durations, 0.5),
    p95Ms: percentile(durations, 0.95),
    longestMs,
    classes: classesOf(durations),
    slowest: slowestFirst.slice(0, slowestCount),
  };
}

function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.ceil(share * ascending.length) - 1] ?? 0;
}

function classesOf(durations: readonly number[]): DurationClass[] {
  const classes = [...CLASS_ENDS_MS, Infinity].map((end, index) => {
    const fromMs = CLASS_ENDS_MS[index - 1] ?? 0;
    const accounts = durations.filter((one) => one > fromMs && one <= end).length;
    return { fromMs, accounts, ...(end === Infinity ? {} : { toMs: end }) };
  });
  const isFilled = ({ accounts }: DurationClass) => accounts > 0;
  return classes.slice(classes.findIndex(isFilled), classes.findLastIndex(isFilled) + 1);
}
