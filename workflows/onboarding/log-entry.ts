import {
  type AccountResult,
  countOutcomes,
  type EventReference,
  type OrganizationReading,
  type RunOutcome,
  type Trigger,
} from './model.ts';
import type { LogEntry } from './ports.ts';

/** Every key that an entry can have, and what the log store's index takes its values for. */
export const ENTRY_FIELDS = {
  schema_version: 'text',
  entry_id: 'text',
  entry_type: 'text',
  run_id: 'text',
  trigger: 'text',
  event_id: 'text',
  event_name: 'text',
  function_request_id: 'text',
  management_account_id: 'text',
  time: 'text',
  account_id: 'text',
  account_name: 'text',
  outcome: 'text',
  recorder_status: 'text',
  verified_by: 'text',
  start_attempts: 'long',
  duration_ms: 'long',
  error_code: 'text',
  error_message: 'text',
  recommendation: 'text',
  cloud_request_id: 'text',
  organization_status: 'text',
  covered: 'long',
  already_covered: 'long',
  pending: 'long',
  overdue: 'long',
  failed: 'long',
  skipped: 'long',
  api_calls: 'long',
  reason: 'text',
} as const;

type EntryFields = Readonly<
  Partial<Record<keyof typeof ENTRY_FIELDS, string | number | undefined>>
>;

/** What every entry of a run has in common. */
export interface RunIdentity {
  readonly runId: string;
  readonly trigger: Trigger;
  /** Absent outside Function Compute. */
  readonly functionRequestId?: string;
  readonly managementAccountId: string;
}

/** Changes when the meaning of a key does. */
const SCHEMA_VERSION = '1';

/** One account's entry. `entry_id` is the same for a write that is repeated. */
export function accountEntry(
  run: RunIdentity,
  { accountId, name, outcome, evidence, durationMs, error, recommendation }: AccountResult,
  event: EventReference | undefined,
  startAttempts: number,
  timeMs: number,
): LogEntry {
  return withoutBlanks({
    ...commonFields(run, 'account', accountId, timeMs),
    event_id: event?.id,
    event_name: event?.name,
    account_id: accountId,
    account_name: name,
    outcome,
    recorder_status: evidence?.recorderStatus,
    verified_by: evidence?.verifiedBy,
    start_attempts: startAttempts,
    duration_ms: durationMs,
    error_code: error?.code,
    error_message: error?.message,
    recommendation,
    // Of what failed, that is the evidence; of what was covered all the same, the look is.
    cloud_request_id: outcome === 'failed' ? error?.requestId : evidence?.requestId,
  });
}

export interface RunFacts {
  readonly outcome: RunOutcome;
  readonly events: readonly EventReference[];
  readonly organization?: OrganizationReading;
  readonly results: readonly AccountResult[];
  readonly startAttempts: number;
  readonly durationMs: number;
  readonly reason?: string;
}

/** The run's own entry: its heartbeat, written last. */
export function runEntry(
  run: RunIdentity,
  facts: RunFacts,
  apiCalls: number,
  timeMs: number,
): LogEntry {
  const { outcome, events, organization, results, startAttempts, durationMs, reason } = facts;
  const counts = countOutcomes(results);
  return withoutBlanks({
    ...commonFields(run, 'run', 'run', timeMs),
    event_id: joined(events.map(({ id }) => id)),
    event_name: joined(events.map(({ name }) => name)),
    outcome,
    organization_status: organization?.organizationStatus,
    recorder_status: organization?.recorderStatus,
    covered: counts.covered,
    already_covered: counts.alreadyCovered,
    pending: counts.pending,
    overdue: counts.overdue,
    failed: counts.failed,
    skipped: counts.skipped,
    start_attempts: startAttempts,
    api_calls: apiCalls,
    duration_ms: durationMs,
    reason,
  });
}

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

function withoutBlanks(fields: EntryFields): LogEntry {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([key, value]) => [key, String(value)]),
  );
}
