import { type Coverage, isDenied, isEnabled, look, memberIds } from './coverage.ts';
import { classify } from './error-rules.ts';
import { reading } from './errors.ts';
import type { Failure, OrganizationReading, Plan, Snapshot } from './model.ts';
import type { Backoff, Ports } from './ports.ts';
import { backoffMs, callTimeoutMs } from './retry.ts';
import type { Progress, StartOutcome } from './start.ts';

export interface VerifyContext {
  readonly ports: Ports;
  readonly poll: Backoff;
  /** Milliseconds since 1970; no wait begins after it. */
  readonly deadlineMs: number;
  /** Milliseconds since 1970; no look lasts longer. */
  readonly lookByMs: number;
  /** Told of what is known before a wait. */
  readonly onProgress: (progress: Progress) => Promise<void>;
}

/** For a group that is only just not listed, say because it is being replaced. */
const LOOKS_FOR_A_GROUP = 2;

/**
 * Looks at the account group, with growing waits, until every account of the plan is registered in
 * it, or until waiting can't help or time is up. After a start there is always one look: what came
 * of it. A look that fails for a passing reason is not tried again: the next look is its retry.
 * Read-only, safe to repeat.
 */
export async function verify(
  { accounts }: Plan,
  { organization: before }: Snapshot,
  started: Progress,
  { ports, poll, deadlineMs, lookByMs, onProgress }: VerifyContext,
): Promise<Progress> {
  const { clock, random, onRetry } = ports;
  const { start } = started;
  // No account gets covered by a start that was refused for good, or could not be decided on.
  const isHopeless = [start.error, before.error].some(isPermanent);
  const accountIds = isHopeless ? [] : memberIds(accounts);
  const wasEnabled = isEnabled(before.value?.organizationStatus);
  // A start whose answer was lost may have worked, which one look shows.
  const waitUntilMs = isWorthWaiting(start) ? deadlineMs : clock.now();

  let { coverage } = started;
  for (let looks = 0; isAnyOpen(accountIds, coverage); looks += 1) {
    const { group, failure } = coverage;
    const serverWaitMs = failure?.error.retryAfterMs ?? 0;
    const isGroupMissing = group.error === undefined && group.value === undefined;
    if (isDenied(group)) break;
    if (wasEnabled && isGroupMissing && looks >= LOOKS_FOR_A_GROUP) break;

    const leftMs = Math.max(0, waitUntilMs - clock.now());
    const isOwed = looks === 0 && start.attempts > 0;
    if (!isOwed && leftMs <= Math.max(poll.baseMs / 2, serverWaitMs)) break;
    if (leftMs > 0) await onProgress({ ...started, coverage });
    // At most half of what is left, so that the last look comes close to the deadline.
    const ownWaitMs = Math.min(backoffMs(poll, looks + 1, random), leftMs / 2);
    const waitMs = Math.max(ownWaitMs, Math.min(serverWaitMs, lookByMs - clock.now()));
    if (failure !== undefined) {
      const { error, looks: failed } = failure;
      onRetry?.({ error, attempt: failed + 1, waitMs, deadlineMs: waitUntilMs });
    }
    await clock.sleep(waitMs);
    coverage = await look(coverage, accountIds, ports, callTimeoutMs(lookByMs - clock.now()));
  }
  const organization = await lastReading({ ...started, coverage }, ports, lookByMs);
  return { start, coverage, organization };
}

function isAnyOpen(accountIds: readonly string[], { covered }: Coverage): boolean {
  return accountIds.some((accountId) => !covered.has(accountId));
}

function isPermanent(error: Failure | undefined): boolean {
  return error !== undefined && classify(error) === 'permanent';
}

function isWorthWaiting({ error }: StartOutcome): boolean {
  return error === undefined || classify(error) === 'in-progress';
}

/** While the account group was watched, the organization's own status may have moved on. */
async function lastReading(
  { organization, coverage }: Progress,
  { recorder, clock }: Ports,
  lookByMs: number,
): Promise<OrganizationReading | undefined> {
  const leftMs = lookByMs - clock.now();
  const isLast = organization === undefined || isEnabled(organization.organizationStatus);
  if (isLast || coverage.looks === 0 || leftMs <= 0) return organization;
  const last = await reading(recorder.describe({ timeoutMs: callTimeoutMs(leftMs) }));
  return last.value ?? organization;
}
