import type { LogEntry } from './ports.ts';
import type { EventReference, Trigger } from './request.ts';
import {
  type AccountResult,
  countOutcomes,
  type OutcomeCounts,
  type RunOutcome,
} from './result.ts';

/** What every entry of a run has in common. */
export interface RunIdentity {
  readonly runId: string;
  readonly trigger: Trigger;
  /** Absent outside Function Compute. */
  readonly functionRequestId?: string;
  readonly managementAccountId: string;
}

export interface RunFacts {
  readonly outcome: RunOutcome;
  readonly events: readonly EventReference[];
  readonly organizationStatus?: string;
  /** Of the management account, which is no member. */
  readonly recorderStatus?: string;
  readonly startAttempts: number;
  readonly apiCalls: number;
  readonly durationMs: number;
  readonly reason?: string;
  readonly counts: OutcomeCounts;
}

const SCHEMA_VERSION = '1';

/** One account's entry. `entry_id` is the same for a write that is repeated. */
export function accountEntry(
  run: RunIdentity,
  result: AccountResult,
  event: EventReference | undefined,
  startAttempts: number,
  timeMs: number,
): LogEntry {
  return withoutBlanks({
    ...commonFields(run, 'account', result.accountId, timeMs),
    event_id: event?.id,
    event_name: event?.name,
    account_id: result.accountId,
    account_name: result.name,
    outcome: result.outcome,
    recorder_status: result.recorderStatus,
    verified_by: result.verifiedBy,
    start_attempts: startAttempts,
    duration_ms: result.durationMs,
    error_code: result.error?.code,
    error_message: result.error?.message,
    recommendation: result.recommendation,
    cloud_request_id: result.cloudRequestId,
  });
}

/** The run's own entry: its heartbeat, written last. */
export function runEntry(run: RunIdentity, facts: RunFacts, timeMs: number): LogEntry {
  return withoutBlanks({
    ...commonFields(run, 'run', 'run', timeMs),
    event_id: joined(facts.events.map(({ id }) => id)),
    event_name: joined(facts.events.map(({ name }) => name)),
    outcome: facts.outcome,
    organization_status: facts.organizationStatus,
    recorder_status: facts.recorderStatus,
    covered: facts.counts.covered,
    already_covered: facts.counts.alreadyCovered,
    pending: facts.counts.pending,
    overdue: facts.counts.overdue,
    failed: facts.counts.failed,
    skipped: facts.counts.skipped,
    start_attempts: facts.startAttempts,
    api_calls: facts.apiCalls,
    duration_ms: facts.durationMs,
    reason: facts.reason,
  });
}

export const NO_ACCOUNTS: OutcomeCounts = countOutcomes([]);

function commonFields(run: RunIdentity, entryType: string, subject: string, timeMs: number) {
  return {
    schema_version: SCHEMA_VERSION,
    entry_id: `${run.runId}/${subject}`,
    entry_type: entryType,
    run_id: run.runId,
    trigger: run.trigger,
    function_request_id: run.functionRequestId,
    management_account_id: run.managementAccountId,
    time: new Date(timeMs).toISOString(),
  };
}

/** Several events of one run are one value, separated by commas; the index cuts it at them. */
function joined(values: readonly (string | undefined)[]): string | undefined {
  return [...new Set(values.filter((value) => value !== undefined))].join(',') || undefined;
}

function withoutBlanks(fields: Readonly<Record<string, string | number | undefined>>): LogEntry {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([key, value]) => [key, String(value)]),
  );
}
