import type { Plan } from './plan.ts';
import type { OrganizationStatus } from './ports.ts';
import type { Trigger } from './request.ts';
import type { AccountResult, Outcome, OutcomeCounts } from './result.ts';

/** What both functions answer. Stays under 64 KiB at any size of directory. */
export interface RunSummary {
  readonly runId: string;
  readonly trigger: Trigger;
  readonly dryRun: boolean;
  readonly organizationStatus?: OrganizationStatus;
  readonly startAttempts: number;
  readonly accounts: OutcomeCounts;
  readonly attention: readonly Attention[];
  readonly durationMs: number;
  /** Of a dry run: what a run would execute. */
  readonly plan?: PlanSummary;
}

export interface Attention {
  readonly accountId: string;
  readonly outcome: Outcome;
  readonly recommendation?: string;
}

export interface PlanSummary {
  readonly startRecorder: boolean;
  readonly reason: string;
  readonly accounts: Readonly<Record<Plan['accounts'][number]['step'], number>>;
}

const MOST_ATTENTION = 50;

/** Worst first. */
const NEEDS_ATTENTION: readonly Outcome[] = ['failed', 'overdue', 'pending', 'skipped'];

/** The accounts that are not covered, worst first, 50 at most. */
export function attentionOf(results: readonly AccountResult[]): Attention[] {
  return NEEDS_ATTENTION.flatMap((outcome) => results.filter((one) => one.outcome === outcome))
    .slice(0, MOST_ATTENTION)
    .map(({ accountId, outcome, recommendation }) => ({
      accountId,
      outcome,
      ...(recommendation === undefined ? {} : { recommendation }),
    }));
}

export function summarizePlan({ startRecorder, reason, accounts }: Plan): PlanSummary {
  const count = (step: keyof PlanSummary['accounts']) =>
    accounts.filter((account) => account.step === step).length;
  return {
    startRecorder,
    reason,
    accounts: {
      none: count('none'),
      await: count('await'),
      start: count('start'),
      verify: count('verify'),
      skip: count('skip'),
    },
  };
}
