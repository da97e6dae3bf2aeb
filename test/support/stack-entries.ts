import { accountEntry, runEntry } from '../../workflows/onboarding/log-entry.ts';
import type {
  AccountResult,
  OutcomeCounts,
  RunOutcome,
  Trigger,
} from '../../workflows/onboarding/model.ts';
import type { LogEntry } from '../../workflows/onboarding/ports.ts';

/** Entries as the workflow writes them, each of a run of its own unless `runId` says otherwise. */
let runs = 0;
const identity = (trigger: Trigger, runId = `run-${++runs}`) => ({
  runId,
  trigger,
  functionRequestId: `request-of-${runId}`,
  managementAccountId: '1000000000000001',
});

export function account(
  timeMs: number,
  accountId: string,
  result: Partial<AccountResult> & Pick<AccountResult, 'outcome'>,
  more: {
    readonly trigger?: Trigger;
    readonly startAttempts?: number;
    readonly runId?: string;
  } = {},
): LogEntry {
  return accountEntry(
    identity(more.trigger ?? 'schedule', more.runId),
    { accountId, durationMs: 0, ...result },
    undefined,
    more.startAttempts ?? 0,
    timeMs,
  );
}

export function run(
  timeMs: number,
  facts: {
    readonly counts?: Partial<OutcomeCounts>;
    readonly outcome?: RunOutcome;
    readonly trigger?: Trigger;
    readonly apiCalls?: number;
    readonly reason?: string;
    readonly runId?: string;
  } = {},
): LogEntry {
  const { counts, trigger = 'schedule', runId, ...rest } = facts;
  return runEntry(
    identity(trigger, runId),
    {
      outcome: 'succeeded',
      events: [],
      startAttempts: 0,
      apiCalls: 0,
      durationMs: 0,
      ...rest,
      counts: {
        covered: 0,
        alreadyCovered: 0,
        pending: 0,
        overdue: 0,
        failed: 0,
        skipped: 0,
        ...counts,
      },
    },
    timeMs,
  );
}
