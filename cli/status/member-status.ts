import { isCovered } from '../../workflows/onboarding/coverage.ts';
import type { Account, AccountResult, RecorderStatus } from '../../workflows/onboarding/model.ts';
import type { LastResult } from '../last-results.ts';

/** A member's recorder now, and what the log store knows last about it. */
export interface MemberStatus {
  readonly accountId: string;
  readonly name?: string;
  /** ISO 8601; absent where the directory does not say. */
  readonly joinedAt?: string;
  /** From the root folder down to the member's own. */
  readonly folderIds: readonly string[];
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
export const STATES: readonly State[] = [...OPEN_STATES, 'covered'];

/** Members only: what the directory lists otherwise has nothing to be onboarded. */
export function memberStatuses(
  results: readonly AccountResult[],
  accounts: readonly Account[],
  lastResults: ReadonlyMap<string, LastResult>,
  isGroupReadable: boolean,
): MemberStatus[] {
  const listed = new Map(accounts.map((account) => [account.accountId, account]));
  return results
    .filter(({ outcome }) => outcome !== 'skipped')
    .map(({ accountId, name, outcome, evidence }) => {
      const last = lastResults.get(accountId);
      const { joinedAtMs, folderIds = [] } = listed.get(accountId) ?? {};
      return {
        accountId,
        name: name ?? last?.accountName,
        joinedAt: joinedAtMs === undefined ? undefined : new Date(joinedAtMs).toISOString(),
        folderIds,
        recorderStatus: evidence?.recorderStatus,
        state: isGroupReadable ? stateOf(outcome, evidence?.recorderStatus, last) : 'unknown',
        last,
      };
    });
}

function stateOf(
  outcome: AccountResult['outcome'],
  recorderStatus: RecorderStatus | undefined,
  last: LastResult | undefined,
): State {
  if (isCovered(recorderStatus)) return 'covered';
  if (last?.outcome === 'failed') return 'failed';
  return outcome === 'overdue' ? 'overdue' : 'pending';
}
