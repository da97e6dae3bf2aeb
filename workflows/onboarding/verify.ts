import { isCovered } from './coverage.ts';
import { type GroupSight, isDenied, sightOf } from './group-sight.ts';
import type { Backoff, Ports } from './ports.ts';
import { backoffMs, callTimeoutMs } from './retry.ts';

export interface VerifyContext {
  readonly ports: Ports;
  readonly poll: Backoff;
  /** Milliseconds since 1970; no wait begins after it. */
  readonly deadlineMs: number;
  /** Milliseconds since 1970; no look lasts longer. */
  readonly lookByMs: number;
  /** Looks that are made even if there is no time to wait: after a start, what came of it. */
  readonly leastLooks: number;
  /** Enterprise mode was on before: an account group that can't be seen won't appear by waiting. */
  readonly isLongEnabled: boolean;
  /** Told of accounts that were covered while others are not yet. */
  readonly onProgress?: (accountIds: readonly string[], seen: Verification) => Promise<void>;
}

/** What the last look showed, and when each account was first seen covered. */
export interface Verification {
  readonly groupSight: GroupSight;
  /** Milliseconds since 1970, by account id. */
  readonly coveredAtMs: ReadonlyMap<string, number>;
  readonly looks: number;
}

/** For a group that is only just not listed, say because it is being replaced. */
const LOOKS_FOR_A_GROUP = 2;

/**
 * Looks at the account group, with growing waits, until every account is registered in it, or
 * until waiting can't help or time is up. A look that fails for a passing reason showed nothing
 * new, and the next look is its retry. Read-only, safe to repeat.
 */
export async function verify(
  accountIds: readonly string[],
  before: GroupSight,
  { ports, poll, deadlineMs, lookByMs, leastLooks, isLongEnabled, onProgress }: VerifyContext,
): Promise<Verification> {
  const { clock, random } = ports;
  const coveredAtMs = new Map<string, number>();
  const remainingMs = () => Math.max(0, deadlineMs - clock.now());

  let groupSight = before;
  let serverWaitMs = 0;
  let looks = 0;
  const isHopeless = () =>
    isDenied(groupSight) ||
    (isLongEnabled && groupSight.kind === 'none' && looks >= LOOKS_FOR_A_GROUP);

  while (coveredAtMs.size < accountIds.length && !isHopeless()) {
    if (looks >= leastLooks && remainingMs() <= poll.baseMs / 2) break;
    // At most half of what is left, so that the last look comes close to the deadline.
    const waitMs = Math.max(serverWaitMs, backoffMs(poll, looks + 1, random));
    await clock.sleep(Math.min(waitMs, remainingMs() / 2));

    const seen = await sightOf(
      ports.accountGroup.read({ timeoutMs: callTimeoutMs(lookByMs - clock.now()) }),
    );
    looks += 1;
    serverWaitMs = seen.kind === 'unreadable' ? (seen.error.retryAfterMs ?? 0) : 0;
    if (seen.kind !== 'unreadable' || isDenied(seen)) groupSight = seen;

    const covered = newlyCovered(accountIds, groupSight, coveredAtMs);
    for (const accountId of covered) coveredAtMs.set(accountId, clock.now());
    if (covered.length > 0 && coveredAtMs.size < accountIds.length) {
      await onProgress?.(covered, { groupSight, coveredAtMs, looks });
    }
  }
  return { groupSight, coveredAtMs, looks };
}

function newlyCovered(
  accountIds: readonly string[],
  sight: GroupSight,
  coveredAtMs: ReadonlyMap<string, number>,
): string[] {
  if (sight.kind !== 'seen') return [];
  const { members } = sight.group;
  return accountIds.filter(
    (accountId) => isCovered(members.get(accountId)?.recorderStatus) && !coveredAtMs.has(accountId),
  );
}
