import { isBuilding, isCovered } from '../../workflows/onboarding/coverage.ts';
import type { ObservedAccount } from '../../workflows/onboarding/observe.ts';
import type { RecorderStatus } from '../../workflows/onboarding/ports.ts';
import type { LastResult } from '../last-results.ts';

/** Where an account stands: its recorder now, and what the log store knows last about it. */
export interface Standing {
  readonly accountId: string;
  readonly name?: string;
  /** In the account group; absent when it is not in there, or no group can be seen. */
  readonly recorderStatus?: RecorderStatus;
  readonly state: State;
  readonly last?: LastResult;
}

/**
 * What the recorder says counts; of those it does not cover, the last result says more. Where the
 * account group can't be read, nothing is known.
 */
export type State = 'covered' | 'failed' | 'overdue' | 'pending' | 'unknown';

/** Worst first. */
export const OPEN_STATES = ['failed', 'overdue', 'pending', 'unknown'] as const;

export interface StandingFacts {
  readonly last: ReadonlyMap<string, LastResult>;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  readonly overdueAfterMs: number;
  readonly isGroupReadable: boolean;
  /** Enterprise mode is on: members that are not covered yet should be. */
  readonly isEnabled: boolean;
}

/** Members only: what the directory lists otherwise has nothing to be onboarded. */
export function standingsOf(
  accounts: readonly ObservedAccount[],
  facts: StandingFacts,
): Standing[] {
  return accounts
    .filter(({ skipReason }) => skipReason === undefined)
    .map((account) => {
      const { accountId, recorderStatus } = account;
      const last = facts.last.get(accountId);
      const name = account.name ?? last?.accountName;
      return {
        accountId,
        state: stateOf(account, last, facts),
        ...(name === undefined ? {} : { name }),
        ...(recorderStatus === undefined ? {} : { recorderStatus }),
        ...(last === undefined ? {} : { last }),
      };
    });
}

function stateOf(
  { recorderStatus, joinedAtMs }: ObservedAccount,
  last: LastResult | undefined,
  { nowMs, overdueAfterMs, isGroupReadable, isEnabled }: StandingFacts,
): State {
  if (!isGroupReadable) return 'unknown';
  if (isCovered(recorderStatus)) return 'covered';
  if (last?.outcome === 'failed' || last?.outcome === 'overdue') return last.outcome;
  const isUnderWay = !isEnabled || isBuilding(recorderStatus);
  const isLate = joinedAtMs !== undefined && nowMs - joinedAtMs > overdueAfterMs;
  return isLate && !isUnderWay ? 'overdue' : 'pending';
}
