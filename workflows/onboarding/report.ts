import { recommend } from './error-rules.ts';
import { AccountsFailed, InputRejected, isCloudError, NoAccountInScope } from './errors.ts';
import { accountEntry, type RunFacts, type RunIdentity } from './log-entry.ts';
import {
  type AccountResult,
  countOutcomes,
  type EventReference,
  type Failure,
  type OnboardingRequest,
  type Plan,
  runOutcome,
} from './model.ts';
import type { UnusedInput } from './payload.ts';
import type { LogEntry } from './ports.ts';

/** What one run came to: entries, answer and error are made of it. */
export interface RunReport extends RunFacts {
  readonly run: RunIdentity;
  readonly dryRun: boolean;
  readonly plan?: Plan;
  /** What the invocation ends with, once everything is recorded. */
  readonly error?: Error;
}

/** A run that went through: its results say how. */
export function finishedReport(
  facts: Omit<RunReport, 'outcome' | 'reason' | 'error'> & { readonly plan: Plan },
): RunReport {
  const outcome = runOutcome(countOutcomes(facts.results));
  const { reason } = facts.plan;
  // A dry run answers with its plan, whatever that is.
  if (outcome !== 'failed' || facts.dryRun) return { ...facts, outcome, reason };
  const error = accountsFailed(facts.results);
  return { ...facts, outcome, reason: `${reason} ${error.message}`, error };
}

/**
 * A run that broke off before it had results. Accounts that events named are failed; of a directory
 * that could not be listed none are known.
 */
export function brokenReport(
  run: RunIdentity,
  { dryRun, events, scope }: OnboardingRequest,
  error: unknown,
  durationMs: number,
): RunReport {
  const facts = { run, dryRun, events, durationMs, startAttempts: 0 };
  if (error instanceof NoAccountInScope) {
    return { ...facts, outcome: 'rejected', results: [], reason: error.message, error };
  }
  if (!isCloudError(error)) {
    const bug = error instanceof Error ? error : new Error(String(error));
    return { ...facts, outcome: 'failed', results: [], reason: `Unexpected ${bug}`, error: bug };
  }
  const recommendation = recommend(error);
  const reason = `${error.operation} failed: ${codeAndMessage(error)}. ${recommendation}`;
  const named = (scope.kind === 'accounts' ? scope.accounts : scope.joined) ?? [];
  const results = named.map(({ accountId, name }) => ({
    accountId,
    name,
    outcome: 'failed' as const,
    durationMs,
    error,
    recommendation,
  }));
  const thrown = new AccountsFailed(reason, { cause: error });
  return { ...facts, outcome: 'failed', results, reason, error: thrown };
}

/** Input that starts no run. A person gets the reason as an error; an event can't be helped. */
export function unusedReport(
  run: RunIdentity,
  { outcome, trigger, reason, event }: UnusedInput,
  durationMs: number,
): RunReport {
  const isPersonsMistake = outcome === 'rejected' && trigger !== 'event';
  return {
    run,
    dryRun: false,
    events: event === undefined ? [] : [event],
    outcome,
    results: [],
    startAttempts: 0,
    durationMs,
    reason,
    error: isPersonsMistake ? new InputRejected(reason) : undefined,
  };
}

/** The event that an account's entry names: its own, or else the one that asked for everybody. */
export type EventOf = (accountId: string) => EventReference | undefined;

export function eventByAccount({ scope }: OnboardingRequest): EventOf {
  const named = (scope.kind === 'accounts' ? scope.accounts : scope.joined) ?? [];
  const events = new Map(named.map(({ accountId, event }) => [accountId, event]));
  const event = scope.kind === 'directory' ? scope.event : undefined;
  return (accountId) => events.get(accountId) ?? event;
}

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

const MOST_NAMED_IN_AN_ERROR = 5;

function accountsFailed(results: readonly AccountResult[]): AccountsFailed {
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const named = failed
    .slice(0, MOST_NAMED_IN_AN_ERROR)
    .map(({ accountId, error }) => `${accountId} (${error && codeAndMessage(error)})`);
  const more = failed.length > named.length ? ` and ${failed.length - named.length} more` : '';
  const advice = failed[0]?.recommendation ?? '';
  const accounts = results.length === 1 ? 'account' : 'accounts';
  return new AccountsFailed(
    `${failed.length} of ${results.length} ${accounts} failed: ${named.join(', ')}${more}. ${advice}`,
  );
}

/** Without a period behind it, which messages of the cloud have, or don't. */
function codeAndMessage({ code, message }: Failure): string {
  return `${code}: ${message.replace(/\.$/, '')}`;
}
