import {
  type AccountResult,
  type AccountStep,
  countOutcomes,
  type OrganizationStatus,
  OUTCOMES,
  type Outcome,
  type OutcomeCounts,
  type Plan,
  type Trigger,
} from './model.ts';
import type { RunReport } from './report.ts';

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
  readonly accounts: Readonly<Record<AccountStep, number>>;
}

const MOST_ATTENTION = 50;

export function summarize(report: RunReport): RunSummary {
  const { run, dryRun, organization, startAttempts, results, durationMs, plan } = report;
  return {
    runId: run.runId,
    trigger: run.trigger,
    dryRun,
    organizationStatus: organization?.organizationStatus,
    startAttempts,
    accounts: countOutcomes(results),
    attention: attentionOf(results),
    durationMs,
    plan: dryRun && plan !== undefined ? summarizePlan(plan) : undefined,
  };
}

/** The accounts that are not covered, worst first, 50 at most. */
function attentionOf(results: readonly AccountResult[]): Attention[] {
  return OUTCOMES.filter((outcome) => outcome !== 'covered' && outcome !== 'already-covered')
    .flatMap((outcome) => results.filter((one) => one.outcome === outcome))
    .slice(0, MOST_ATTENTION)
    .map(({ accountId, outcome, recommendation }) => ({ accountId, outcome, recommendation }));
}

function summarizePlan({ startRecorder, reason, accounts }: Plan): PlanSummary {
  const count = (step: AccountStep) => accounts.filter((account) => account.step === step).length;
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
