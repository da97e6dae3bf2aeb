import pRetry from 'p-retry';
import { classify, type ErrorClass, isCloudError } from './errors.ts';
import type { Backoff, CallOptions, Clock } from './ports.ts';

/** How often and after which waits a call is tried again. `retries` counts after the first try. */
export interface RetryPolicy {
  readonly retries: number;
  /** The longest first wait; each further one may be twice as long, up to `capMs`. */
  readonly baseMs: number;
  readonly capMs: number;
}

export type RetryPolicies = Readonly<Record<ErrorClass, RetryPolicy>>;

/** One policy a class, for every call to the cloud. The deadline ends them all. */
export function retryPolicies({ baseMs, capMs }: Backoff): RetryPolicies {
  return {
    // The service is at work: there is no number of tries after which that would be wrong.
    'in-progress': { retries: Number.POSITIVE_INFINITY, baseMs, capMs },
    transient: { retries: 8, baseMs, capMs },
    throttled: { retries: 8, baseMs: baseMs * 4, capMs: capMs * 2 },
    uncertain: { retries: 2, baseMs, capMs },
    permanent: { retries: 0, baseMs, capMs },
  };
}

/**
 * Full jitter: anything between nothing and the bound, so that callers who failed together don't
 * come back together. `attempt` counts from 1.
 */
export function backoffMs({ baseMs, capMs }: Backoff, attempt: number, random: () => number) {
  return Math.min(capMs, baseMs * 2 ** (attempt - 1)) * random();
}

const CALL_TIMEOUT_MS = 10_000;
const SHORTEST_CALL_MS = 10;
/** With less than this left, no service would answer another try. */
const LEAST_FOR_ANOTHER_TRY_MS = 100;

/** Never more than half of what is left, so that a call that hangs leaves time for another. */
export function callTimeoutMs(remainingMs: number): number {
  return Math.max(SHORTEST_CALL_MS, Math.min(CALL_TIMEOUT_MS, remainingMs / 2));
}

export interface RetryContext {
  readonly policies: RetryPolicies;
  readonly clock: Clock;
  readonly random: () => number;
  /** Milliseconds since 1970; no wait ends after it. */
  readonly deadlineMs: number;
}

/**
 * Calls until it succeeds, until its error's policy ends, or until the deadline. Rejects with the
 * last error. The first try is made however late it is.
 */
export function withRetries<T>(
  call: (options: CallOptions) => Promise<T>,
  { policies, clock, random, deadlineMs }: RetryContext,
): Promise<T> {
  const failures = new Map<ErrorClass, number>();

  const waitMs = (error: unknown): number | undefined => {
    if (!isCloudError(error)) return undefined;
    const errorClass = classify(error);
    const failed = (failures.get(errorClass) ?? 0) + 1;
    failures.set(errorClass, failed);
    const leftMs = deadlineMs - clock.now();
    return waitAfterMs(failed, policies[errorClass], error.retryAfterMs, leftMs, random);
  };

  return pRetry(() => call({ timeoutMs: callTimeoutMs(deadlineMs - clock.now()) }), {
    // The waits are ours: p-retry's own jitter is gone once the cap is reached.
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 0,
    onFailedAttempt: async ({ error }) => {
      const delayMs = waitMs(error);
      if (delayMs === undefined) throw error;
      await clock.sleep(delayMs);
    },
  });
}

/** `undefined` when the policy has come to its end, or there is no time for another try. */
function waitAfterMs(
  failed: number,
  policy: RetryPolicy,
  serverWaitMs: number | undefined,
  leftMs: number,
  random: () => number,
): number | undefined {
  if (failed > policy.retries) return undefined;
  const leastMs = Math.max(serverWaitMs ?? 0, policy.baseMs / 2, LEAST_FOR_ANOTHER_TRY_MS);
  if (leftMs <= leastMs) return undefined;
  if (serverWaitMs !== undefined) {
    // Not all at once, those whom the server told the same.
    return Math.min(leftMs, serverWaitMs + backoffMs(policy, 1, random));
  }
  // At most half of what is left, so that the last try comes close to the deadline.
  return Math.min(leftMs / 2, backoffMs(policy, failed, random));
}
