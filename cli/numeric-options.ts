import { LONGEST_RETENTION_DAYS } from '../alicloud/log-service/queries.ts';
import { UsageError } from './errors.ts';

export const DAY_MS = 86_400_000;

/** What `--days` gives. Throws a `UsageError` for what is no number of days. */
export function daysOfOption(typed: string | undefined, otherwise: number): number {
  if (typed === undefined) return otherwise;
  const days = /^\d+$/.test(typed) ? Number(typed) : Number.NaN;
  if (days >= 1 && days <= LONGEST_RETENTION_DAYS) return days;
  throw new UsageError(({ usage }) => usage.days(typed, LONGEST_RETENTION_DAYS));
}

/** What `--limit` gives; without it, all. Throws a `UsageError`. */
export function limitOfOption(typed: string | undefined): number {
  if (typed === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
  throw new UsageError(({ usage }) => usage.limit(typed));
}

const MOST_SECONDS = 86_400;

/** A number of seconds, whole and at least 1. Throws a `UsageError`. */
export function secondsOfOption(
  option: string,
  typed: string | undefined,
  otherwise: number,
): number {
  if (typed === undefined) return otherwise;
  const seconds = /^\d{1,9}$/.test(typed) ? Number(typed) : Number.NaN;
  if (seconds >= 1 && seconds <= MOST_SECONDS) return seconds;
  throw new UsageError(({ usage }) => usage.seconds(option, typed, MOST_SECONDS));
}
