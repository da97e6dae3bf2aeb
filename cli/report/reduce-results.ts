import type { Outcome, Trigger } from '../../workflows/onboarding/model.ts';
import type { State } from '../status/member-status.ts';
import { dayOf } from './page/format.js';
import type { Covering, Day, ErrorFigures, TimelineEntry } from './report-data.ts';

/** One `account` entry of the log store. Times as in `ReportData`. */
export interface Result {
  readonly accountId: string;
  readonly time: string;
  readonly outcome: Outcome;
  readonly recorderStatus?: string;
  readonly trigger: Trigger;
  readonly runId: string;
  /** Of the run. */
  readonly startAttempts: number;
  readonly durationMs: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly recommendation?: string;
  readonly cloudRequestId?: string;
}

/** One `run` entry of the log store. */
export interface RunTotals {
  readonly time: string;
  readonly trigger: Trigger;
  readonly covered: number;
  readonly alreadyCovered: number;
  readonly pending: number;
  readonly overdue: number;
  readonly failed: number;
}

/**
 * Each account's timeline, newest first. Results in a row that agree in outcome, recorder and error
 * code are one entry, so that months of a scheduled look every five minutes are a line. Pure, as all
 * here; results may be in any order.
 */
export function timelinesOf(results: Iterable<Result>): Map<string, TimelineEntry[]> {
  const byAccount = new Map<string, Result[]>();
  for (const result of results) {
    const own = byAccount.get(result.accountId);
    if (own === undefined) byAccount.set(result.accountId, [result]);
    else own.push(result);
  }
  return new Map([...byAccount].map(([accountId, own]) => [accountId, timelineOf(own)]));
}

function timelineOf(results: readonly Result[]): TimelineEntry[] {
  const timeline: TimelineEntry[] = [];
  for (const result of oldestFirst(results)) {
    const last = timeline.at(-1);
    const entry = entryOf(result);
    if (last !== undefined && saysTheSame(last, entry)) timeline.splice(-1, 1, joined(last, entry));
    else timeline.push(entry);
  }
  return timeline.reverse();
}

/** One result alone. */
export function entryOf({
  time,
  trigger,
  outcome,
  recorderStatus,
  runId,
  startAttempts,
  errorCode,
  errorMessage,
  recommendation,
  cloudRequestId,
}: Omit<Result, 'accountId' | 'durationMs'>): TimelineEntry {
  return {
    outcome,
    from: time,
    to: time,
    results: 1,
    recorderStatus,
    triggers: [trigger],
    startAttempts,
    errorCode,
    errorMessage,
    recommendation,
    runId,
    cloudRequestId,
  };
}

function saysTheSame(one: TimelineEntry, other: TimelineEntry): boolean {
  return (
    one.outcome === other.outcome &&
    one.recorderStatus === other.recorderStatus &&
    one.errorCode === other.errorCode
  );
}

function joined(earlier: TimelineEntry, later: TimelineEntry): TimelineEntry {
  return {
    ...later,
    from: earlier.from,
    results: earlier.results + later.results,
    triggers: [...new Set([...earlier.triggers, ...later.triggers])],
    startAttempts: Math.max(earlier.startAttempts, later.startAttempts),
  };
}

/**
 * Since when an account is in its state: since the first of the newest results that agree with it;
 * since the report's own look when the last result says otherwise. `undefined` where nothing tells:
 * no results, or a covered account whose oldest result is that it had been covered before.
 */
export function sinceOf(
  state: State,
  timeline: readonly TimelineEntry[],
  asOf: string,
): string | undefined {
  const told = timeline.filter(({ outcome }) => outcome !== 'skipped');
  if (state === 'unknown' || told.length === 0) return undefined;
  const isCovered = state === 'covered';
  const change = told.findIndex(({ outcome }) => saysCovered(outcome) !== isCovered);
  if (change === 0) return asOf;
  const first = told.at(change === -1 ? -1 : change - 1);
  const wasSoBefore = change === -1 && first?.outcome === 'already-covered';
  return wasSoBefore ? undefined : first?.from;
}

function saysCovered(outcome: Outcome): boolean {
  return outcome === 'covered' || outcome === 'already-covered';
}

/** Oldest first, by the days of the report's time zone. Days without any entry are left out. */
export function daysOf(
  results: Iterable<Result>,
  runs: Iterable<RunTotals>,
  utcOffsetMinutes: number,
): Day[] {
  const lastResult = new Map<string, Map<string, Result>>();
  for (const result of results) {
    const day = dayOf(result.time, utcOffsetMinutes);
    const accounts = lastResult.get(day) ?? new Map<string, Result>();
    lastResult.set(day, accounts);
    const known = accounts.get(result.accountId);
    if (known === undefined || known.time <= result.time) accounts.set(result.accountId, result);
  }
  const atEnd = new Map<string, Day['atEnd']>();
  for (const run of oldestFirst(runs)) {
    const covered = run.covered + run.alreadyCovered;
    const members = covered + run.pending + run.overdue + run.failed;
    // A run that could not see the members has counted none.
    if (run.trigger !== 'schedule' || members === 0) continue;
    atEnd.set(dayOf(run.time, utcOffsetMinutes), { members, covered });
  }
  return [...new Set([...lastResult.keys(), ...atEnd.keys()])].sort().map((day) => {
    const end = atEnd.get(day);
    return {
      day,
      atEnd: end,
      outcomes: counted(lastResult.get(day)?.values() ?? []),
    };
  });
}

function counted(results: Iterable<Result>): Day['outcomes'] {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Of one that was covered at the first look no time is recorded: it had been so before. */
export function coveringsOf(results: Iterable<Result>): Covering[] {
  return [...results]
    .filter(({ outcome, durationMs }) => outcome === 'covered' && durationMs > 0)
    .map(({ accountId, time, durationMs }) => ({ accountId, at: time, durationMs }));
}

/** Most retries first, then most runs. A run that names a code for many accounts counts once. */
export function errorsOf(results: Iterable<Result>): ErrorFigures[] {
  const byCode = new Map<string, { accounts: Set<string>; attempts: Map<string, number> } & Last>();
  const named = [...results].filter(({ errorCode }) => errorCode !== undefined);
  for (const result of oldestFirst(named)) {
    const { errorCode = '', errorMessage, accountId, runId, startAttempts, time } = result;
    const { accounts, attempts } = byCode.get(errorCode) ?? {
      accounts: new Set<string>(),
      attempts: new Map<string, number>(),
    };
    accounts.add(accountId);
    attempts.set(runId, Math.max(attempts.get(runId) ?? 0, startAttempts));
    const message = errorMessage === undefined ? {} : { lastMessage: errorMessage };
    byCode.set(errorCode, { accounts, attempts, lastAt: time, ...message });
  }
  return [...byCode]
    .map(([code, { accounts, attempts, ...last }]) => ({
      code,
      accounts: accounts.size,
      runs: attempts.size,
      retries: [...attempts.values()].reduce((sum, starts) => sum + Math.max(0, starts - 1), 0),
      ...last,
    }))
    .sort((a, b) => b.retries - a.retries || b.runs - a.runs || (a.code < b.code ? -1 : 1));
}

type Last = Pick<ErrorFigures, 'lastAt' | 'lastMessage'>;

function oldestFirst<T extends { readonly time: string }>(entries: Iterable<T>): T[] {
  return [...entries].sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
}
