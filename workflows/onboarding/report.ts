import {
  AccountsFailed,
  InputRejected,
  isCloudError,
  NoAccountInScope,
  recommend,
} from './errors.ts';
import { accountEntry, type RunIdentity, runEntry } from './log-entry.ts';
import type { Plan } from './plan.ts';
import type { LogEntry, OrganizationStatus, RecorderStatus } from './ports.ts';
import type { EventReference, OnboardingRequest, UnusedInput } from './request.ts';
import {
  type AccountResult,
  countOutcomes,
  failure,
  type RunOutcome,
  runOutcome,
} from './result.ts';
import { attentionOf, type RunSummary, summarizePlan } from './summary.ts';

/** What one run came to: entries, answer and error are made of it. */
export interface RunReport {
  readonly run: RunIdentity;
  readonly dryRun: boolean;
  readonly events: readonly EventReference[];
  readonly outcome: RunOutcome;
  readonly results: readonly AccountResult[];
  readonly startAttempts: number;
  readonly durationMs: number;
  readonly organizationStatus?: OrganizationStatus;
  /** Of the management account. */
  readonly recorderStatus?: RecorderStatus;
  readonly plan?: Plan;
  /** Why the run came to this, where its results don't say it. */
  readonly reason?: string;
  /** What the invocation ends with, once everything is recorded. */
  readonly error?: Error;
}

/** A run that went through: its results say how. */
export function finishedReport(
  facts: Omit<RunReport, 'outcome' | 'error'> & { readonly plan: Plan },
): RunReport {
  const outcome = runOutcome(countOutcomes(facts.results));
  const { reason } = facts.plan;
  // A dry run answers with its plan, whatever that is.
  if (outcome !== 'failed' || facts.dryRun) return { ...facts, outcome, reason };
  const error = accountsFailed(facts.results);
  return { ...facts, outcome, reason: `${reason} ${error.message}`, error };
}

/**
 * A run that broke off before it had results. Accounts that the request names are failed; of a
 * directory that could not be listed none are known.
 */
export function brokenReport(
  run: RunIdentity,
  request: OnboardingRequest,
  error: unknown,
  durationMs: number,
): RunReport {
  const facts = { run, dryRun: request.dryRun, events: request.events, durationMs };
  if (error instanceof NoAccountInScope) {
    const reason = error.message;
    return { ...facts, outcome: 'rejected', results: [], startAttempts: 0, reason, error };
  }
  const results =
    request.scope.kind === 'accounts' && isCloudError(error)
      ? request.scope.accounts.map(({ accountId, name }) => ({
          accountId,
          ...(name === undefined ? {} : { name }),
          outcome: 'failed' as const,
          durationMs,
          ...failure(error),
        }))
      : [];
  const reason = describeError(error);
  const thrown = isCloudError(error)
    ? new AccountsFailed(reason, { cause: error })
    : asError(error);
  return { ...facts, outcome: 'failed', results, startAttempts: 0, reason, error: thrown };
}

/** Input that starts no run. A person gets the reason as an error; an event can't be helped. */
export function unusedReport(run: RunIdentity, input: UnusedInput, durationMs: number): RunReport {
  const isPersonsMistake = input.outcome === 'rejected' && input.trigger !== 'event';
  return {
    run,
    dryRun: false,
    events: input.event === undefined ? [] : [input.event],
    outcome: input.outcome,
    results: [],
    startAttempts: 0,
    durationMs,
    reason: input.reason,
    ...(isPersonsMistake ? { error: new InputRejected(input.reason) } : {}),
  };
}

/** The event that an account's entry names. */
export type EventOf = (accountId: string) => EventReference | undefined;

/**
 * The accounts' entries. A schedule says nothing of accounts that were covered before: at 288 runs
 * a day that would bury the rest.
 */
export function accountEntriesOf(
  run: RunIdentity,
  results: readonly AccountResult[],
  startAttempts: number,
  eventOf: EventOf,
  timeMs: number,
): LogEntry[] {
  return results
    .filter(({ outcome }) => run.trigger !== 'schedule' || outcome !== 'already-covered')
    .map((result) => accountEntry(run, result, eventOf(result.accountId), startAttempts, timeMs));
}

export function runEntryOf(report: RunReport, apiCalls: number, timeMs: number): LogEntry {
  const counts = countOutcomes(report.results);
  return runEntry(report.run, { ...report, counts, apiCalls }, timeMs);
}

export function summaryOf(report: RunReport): RunSummary {
  const { run, dryRun, organizationStatus, startAttempts, results, durationMs, plan } = report;
  return {
    runId: run.runId,
    trigger: run.trigger,
    dryRun,
    ...(organizationStatus === undefined ? {} : { organizationStatus }),
    startAttempts,
    accounts: countOutcomes(results),
    attention: attentionOf(results),
    durationMs,
    ...(dryRun && plan !== undefined ? { plan: summarizePlan(plan) } : {}),
  };
}

const MOST_NAMED_IN_AN_ERROR = 5;

function accountsFailed(results: readonly AccountResult[]): AccountsFailed {
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const named = failed
    .slice(0, MOST_NAMED_IN_AN_ERROR)
    .map(({ accountId, error }) => `${accountId} (${error?.code}: ${error?.message})`);
  const more = failed.length > named.length ? ` and ${failed.length - named.length} more` : '';
  const advice = failed[0]?.recommendation ?? '';
  return new AccountsFailed(
    `${failed.length} of ${results.length} accounts failed: ${named.join(', ')}${more}. ${advice}`,
  );
}

function describeError(error: unknown): string {
  if (!isCloudError(error)) return `Unexpected ${asError(error)}`;
  return `${error.operation} failed: ${error.code}: ${error.message} ${recommend(error)}`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
