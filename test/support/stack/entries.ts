import { accountEntry, runEntry } from '../../../workflows/onboarding/log-entry.ts';
import type {
  AccountResult,
  Outcome,
  OutcomeCounts,
  RunOutcome,
  Trigger,
} from '../../../workflows/onboarding/model.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';

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
  result: Partial<AccountResult> &
    Pick<AccountResult, 'outcome'> & { readonly recorderStatus?: string },
  more: {
    readonly trigger?: Trigger;
    readonly startAttempts?: number;
    readonly runId?: string;
  } = {},
): LogEntry {
  return accountEntry(
    identity(more.trigger ?? 'schedule', more.runId),
    {
      accountId,
      durationMs: 0,
      evidence: {
        verifiedBy: 'account-group',
        recorderStatus: result.recorderStatus,
        atMs: timeMs,
      },
      ...result,
    },
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
  const { counts = {}, trigger = 'schedule', runId, apiCalls = 0, ...rest } = facts;
  return runEntry(
    identity(trigger, runId),
    {
      outcome: 'succeeded',
      events: [],
      startAttempts: 0,
      durationMs: 0,
      results: resultsOf(counts),
      ...rest,
    },
    apiCalls,
    timeMs,
  );
}

function resultsOf(counts: Partial<OutcomeCounts>): AccountResult[] {
  return Object.entries(counts).flatMap(([key, count]) => {
    const outcome = key === 'alreadyCovered' ? 'already-covered' : (key as Outcome);
    return Array.from({ length: count }, () => ({ accountId: 'any', outcome, durationMs: 0 }));
  });
}
