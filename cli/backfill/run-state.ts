import type { OutcomeCounts, RunOutcome } from '../../workflows/onboarding/model.ts';

/** A run as its results show it so far. */
export interface RunState {
  /** Accounts that have a result. */
  readonly counts: OutcomeCounts;
  /** Once the run is over: its own entry. */
  readonly ending?: RunEnding;
}

export interface RunEnding {
  readonly runId: string;
  readonly outcome: RunOutcome;
  readonly counts: OutcomeCounts;
  readonly durationMs: number;
  readonly reason?: string;
}

/** An account that is not covered, with what to do about it. */
export interface OpenAccount {
  readonly accountId: string;
  readonly name?: string;
  readonly outcome: string;
  readonly recorderStatus?: string;
  readonly errorCode?: string;
  readonly recommendation?: string;
}

/** Where a run's results can be seen. */
export interface RunSource {
  /** What `onboard backfill --follow` takes. */
  readonly followId: string;
  /** One look. Safe to repeat. Rejects with `NoLogStore`, or with a `CloudError`. */
  look(): Promise<RunState>;
  /** Of a run that is over: those that are not covered, worst first, `most` at most. */
  openAccounts(most: number): Promise<OpenAccount[]>;
}

export function openCount({ pending, overdue, failed, skipped }: OutcomeCounts): number {
  return pending + overdue + failed + skipped;
}
