import { type ListedAccounts, listAccountsInScope } from './directory-scope.ts';
import { isCloudError } from './errors.ts';
import { type GroupSight, sightOf } from './group-sight.ts';
import type { Ports, RecorderReading, RecorderStatus } from './ports.ts';
import type { OnboardingRequest } from './request.ts';
import { OPEN_OUTCOMES } from './result.ts';
import { callTimeoutMs, type RetryContext, withRetries } from './retry.ts';
import { settleAll } from './settle-all.ts';

/** An account in scope, as the cloud showed it. */
export interface ObservedAccount {
  readonly accountId: string;
  readonly name?: string;
  /** In the account group; absent when it is not in there, or no group can be seen. */
  readonly recorderStatus?: RecorderStatus;
  readonly joinedAtMs?: number;
  /**
   * Its last result was not covered, and this is when that was first found, in milliseconds since
   * 1970. That it is covered now has to be said once. Known to scheduled runs only.
   */
  readonly openSinceMs?: number;
  /** Why there is nothing to onboard, for example a status that is no member's. */
  readonly skipReason?: string;
}

export interface Observation {
  readonly organization: RecorderReading;
  readonly groupSight: GroupSight;
  readonly accounts: readonly ObservedAccount[];
}

/** Reads, all at once: the organization, the account group, and the directory if it is in scope. */
export async function observe(
  request: OnboardingRequest,
  ports: Ports,
  managementAccountId: string,
  retry: RetryContext,
): Promise<Observation> {
  const [organization, groupSight, openSince, listed] = await settleAll([
    withRetries((options) => ports.recorder.describe(options), retry),
    sightOf(withRetries((options) => ports.accountGroup.read(options), retry)),
    openAccounts(request, ports, retry),
    accountsInScope(request, ports, managementAccountId, retry),
  ]);
  return {
    organization,
    groupSight,
    accounts: listed.map((account) => {
      const openSinceMs = openSince.get(account.accountId);
      return {
        ...inGroup(account, groupSight),
        ...(openSinceMs === undefined ? {} : { openSinceMs }),
      };
    }),
  };
}

/** Open accounts have an entry from every scheduled run: this bridges a long outage of them. */
const OPEN_WITHIN_MS = 30 * 86_400_000;

/**
 * Accounts that earlier runs left open. Only a schedule asks, since it alone is silent about what
 * is covered; when the log store can't say, the next scheduled run asks again.
 */
async function openAccounts(
  { trigger }: OnboardingRequest,
  { resultHistory, clock }: Ports,
  { deadlineMs }: RetryContext,
): Promise<ReadonlyMap<string, number>> {
  if (trigger !== 'schedule') return new Map();
  const nowMs = clock.now();
  const timeoutMs = callTimeoutMs(deadlineMs - nowMs);
  try {
    return await resultHistory.accountsLastFound(OPEN_OUTCOMES, nowMs - OPEN_WITHIN_MS, {
      timeoutMs,
    });
  } catch (error) {
    if (isCloudError(error)) return new Map();
    throw error;
  }
}

async function accountsInScope(
  { scope }: OnboardingRequest,
  ports: Ports,
  managementAccountId: string,
  retry: RetryContext,
): Promise<ListedAccounts> {
  if (scope.kind === 'accounts') return scope.accounts;
  const directory = await ports.directory();
  const listed = await listAccountsInScope(scope, directory, managementAccountId, retry);
  const listedIds = new Set(listed.map(({ accountId }) => accountId));
  const unlisted = (scope.joined ?? []).filter(({ accountId }) => !listedIds.has(accountId));
  return [...listed, ...unlisted];
}

function inGroup(account: ListedAccounts[number], sight: GroupSight): ObservedAccount {
  const { accountId, name, joinedAtMs, skipReason } = account;
  const member = sight.kind === 'seen' ? sight.group.members.get(accountId) : undefined;
  const knownName = name ?? member?.name;
  return {
    accountId,
    ...(knownName === undefined ? {} : { name: knownName }),
    ...(joinedAtMs === undefined ? {} : { joinedAtMs }),
    ...(skipReason === undefined ? {} : { skipReason }),
    ...(member?.recorderStatus === undefined ? {} : { recorderStatus: member.recorderStatus }),
  };
}
