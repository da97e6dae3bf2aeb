import * as v from 'valibot';
import { type EntryPlace, resultsQuery, runsQuery } from '../alicloud/log-service/queries.ts';
import { classify } from '../workflows/onboarding/error-rules.ts';
import { isCloudError } from '../workflows/onboarding/errors.ts';
import { OUTCOMES, type OutcomeCounts, type RunOutcome } from '../workflows/onboarding/model.ts';
import type { LogEntry } from '../workflows/onboarding/ports.ts';
import type { Operator } from './operator.ts';
import type { Result } from './report/reduce-results.ts';
import {
  AHEAD_S,
  NoLogStore,
  optionalText,
  queryResults,
  trigger,
  wholeNumber,
} from './result-rows.ts';
import { retryReads } from './retry-reads.ts';

/** An `account` entry of the log store. Times are ISO 8601, UTC, milliseconds. */
export interface StoredResult extends Result {
  readonly accountName?: string;
  readonly verifiedBy?: string;
  readonly eventId?: string;
  readonly eventName?: string;
  readonly functionRequestId?: string;
}

/** A `run` entry of the log store. */
export interface StoredRun {
  readonly runId: string;
  readonly trigger: Result['trigger'];
  /** When it ended. */
  readonly time: string;
  readonly outcome: RunOutcome;
  /** Why it failed, was ignored or rejected, or did not start the recorder. */
  readonly reason?: string;
  readonly organizationStatus?: string;
  readonly accounts: OutcomeCounts;
  readonly startAttempts: number;
  readonly apiCalls: number;
  readonly durationMs: number;
  readonly eventId?: string;
  readonly eventName?: string;
  readonly functionRequestId?: string;
}

export interface Span {
  /** Milliseconds since 1970; nothing older is read. */
  readonly sinceMs: number;
  /** Told how many entries there are so far, before it reads on. */
  readonly onProgress?: (entries: number) => void;
}

/** Of one answer; an entry is at most a few KB. */
const PAGE_ROWS = 10_000;

const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
  v.transform((text) => new Date(text).toISOString()),
);

const commonSchema = v.object({
  run_id: v.string(),
  trigger,
  time,
  start_attempts: wholeNumber,
  duration_ms: wholeNumber,
  event_id: optionalText,
  event_name: optionalText,
  function_request_id: optionalText,
});

const resultSchema = v.object({
  ...commonSchema.entries,
  account_id: v.string(),
  account_name: optionalText,
  outcome: v.picklist(OUTCOMES),
  recorder_status: optionalText,
  verified_by: optionalText,
  error_code: optionalText,
  error_message: optionalText,
  recommendation: optionalText,
  cloud_request_id: optionalText,
});

const runSchema = v.object({
  ...commonSchema.entries,
  outcome: v.picklist(['succeeded', 'pending', 'failed', 'ignored', 'rejected']),
  reason: optionalText,
  organization_status: optionalText,
  covered: wholeNumber,
  already_covered: wholeNumber,
  pending: wholeNumber,
  overdue: wholeNumber,
  failed: wholeNumber,
  skipped: wholeNumber,
  api_calls: wholeNumber,
});

/**
 * All results since then, oldest first, each once. What does not fit is none of ours, since somebody
 * else may write to the logstore, too. Safe to repeat; rejects with `NoLogStore`, or a `CloudError`.
 */
export async function readResults(
  operator: Operator,
  span: Span,
  accountId?: string,
): Promise<StoredResult[]> {
  const query = (after: EntryPlace | undefined) =>
    resultsQuery({ after, rows: PAGE_ROWS, accountId });
  return (await readEntries(operator, query, span))
    .flatMap((row) => {
      const parsed = v.safeParse(resultSchema, row);
      return parsed.success ? [toResult(parsed.output)] : [];
    })
    .filter(isSince(span));
}

/** All runs since then, in the same way. */
export async function readRuns(operator: Operator, span: Span): Promise<StoredRun[]> {
  const query = (after: EntryPlace | undefined) => runsQuery({ after, rows: PAGE_ROWS });
  return (await readEntries(operator, query, span))
    .flatMap((row) => {
      const parsed = v.safeParse(runSchema, row);
      return parsed.success ? [toRun(parsed.output)] : [];
    })
    .filter(isSince(span));
}

/**
 * For a look that says itself that the log store is missing, or may not be read. What fails for a
 * passing reason is thrown: a history that is only half read would look like a whole one.
 */
export function nothingUnread(error: unknown): [] {
  if (error instanceof NoLogStore) return [];
  if (isCloudError(error) && classify(error) === 'permanent') return [];
  throw error;
}

/** Found is what was stored since then; an entry that was written late is of its own time. */
function isSince({ sinceMs }: Span): (entry: { readonly time: string }) => boolean {
  return ({ time }) => Date.parse(time) >= sinceMs;
}

/** Page after page: each begins where the one before it ended, and has a minute for itself. */
async function readEntries(
  operator: Operator,
  queryAfter: (after: EntryPlace | undefined) => string,
  { sinceMs, onProgress }: Span,
): Promise<LogEntry[]> {
  const { clock, random } = operator;
  const retryRead = retryReads((await operator.settings()).retry, clock, random);
  const toS = Math.floor(clock.now() / 1000) + AHEAD_S;
  const entries: LogEntry[] = [];
  let after: EntryPlace | undefined;
  let fromS = Math.max(0, Math.floor(sinceMs / 1000));
  for (;;) {
    const query = queryAfter(after);
    const page = await retryRead(({ timeoutMs }) =>
      queryResults(operator, { query, fromS, toS, timeoutMs }),
    );
    for (const entry of page) entries.push(entry);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_ROWS) return entries;
    onProgress?.(entries.length);
    after = { time: last.time ?? '', entryId: last.entry_id ?? '' };
    // An entry is found under its own time: the service need not look at what is older.
    fromS = Math.max(fromS, Math.floor(Date.parse(after.time) / 1000) || 0);
  }
}

function toResult(row: v.InferOutput<typeof resultSchema>): StoredResult {
  return {
    ...toCommon(row),
    accountId: row.account_id,
    accountName: row.account_name,
    outcome: row.outcome,
    recorderStatus: row.recorder_status,
    verifiedBy: row.verified_by,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    recommendation: row.recommendation,
    cloudRequestId: row.cloud_request_id,
  };
}

function toRun(row: v.InferOutput<typeof runSchema>): StoredRun {
  const { covered, already_covered: alreadyCovered, pending, overdue, failed, skipped } = row;
  return {
    ...toCommon(row),
    outcome: row.outcome,
    reason: row.reason,
    organizationStatus: row.organization_status,
    accounts: { covered, alreadyCovered, pending, overdue, failed, skipped },
    apiCalls: row.api_calls,
  };
}

function toCommon(row: v.InferOutput<typeof commonSchema>) {
  return {
    runId: row.run_id,
    trigger: row.trigger,
    time: row.time,
    startAttempts: row.start_attempts,
    durationMs: row.duration_ms,
    eventId: row.event_id,
    eventName: row.event_name,
    functionRequestId: row.function_request_id,
  };
}
