import pRetry from 'p-retry';
import { classify, type ErrorClass } from './error-rules.ts';
import { type CloudError, isCloudError, NO_ANSWER } from './errors.ts';
import type { Backoff, CallOptions, Clock, Retry } from './ports.ts';

/** How often and after which waits a call is tried again. `retries` counts after the first try. */
export interface RetryPolicy {
  readonly retries: number;
  /** The longest first wait; each further one may be twice as long, up to `capMs`. */
  readonly baseMs: number;
  readonly capMs: number;
}

export type RetryPolicies = Readonly<Record<ErrorClass, RetryPolicy>>;

/** Of the start and of storing results. The deadline ends them all. */
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

/** Of reads: none is documented to be kept waiting by a service that is at work. */
export function readPolicies(backoff: Backoff): RetryPolicies {
  const policies = retryPolicies(backoff);
  return { ...policies, 'in-progress': policies.transient };
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
  /** Told of every failure after which the call is tried again, before the wait. */
  readonly onRetry?: (retry: Retry) => void;
  /** Asked after every wait, before the call is tried again. Default: it is. */
  readonly isStillNeeded?: (error: CloudError) => Promise<boolean>;
}

/**
 * Calls until it succeeds, until its error's policy ends, or until the deadline. Rejects with the
 * last error; at the deadline, with the last one that the service answered with. The first try is
 * made however late it is.
 */
export function withRetries<T>(
  call: (options: CallOptions) => Promise<T>,
  {
    policies,
    clock,
    random,
    deadlineMs,
    onRetry = () => undefined,
    isStillNeeded = async () => true,
  }: RetryContext,
): Promise<T> {
  const failures = new Map<ErrorClass, number>();
  let attempt = 1;
  let lastAnswer: CloudError | undefined;

  /** When time runs out, the last answer says how things stand, not a call that was cut short. */
  const conclusionOf = (error: unknown): unknown => {
    if (lastAnswer === undefined || !isCloudError(error)) return error;
    const errorClass = classify(error);
    const isOutOfTries = (failures.get(errorClass) ?? 0) > policies[errorClass].retries;
    return isOutOfTries ? error : lastAnswer;
  };

  const waitMs = (error: CloudError): number | undefined => {
    const errorClass = classify(error);
    const failed = (failures.get(errorClass) ?? 0) + 1;
    failures.set(errorClass, failed);
    const leftMs = deadlineMs - clock.now();
    return waitAfterMs(failed, policies[errorClass], error.retryAfterMs, leftMs, random);
  };

  return pRetry(() => call({ timeoutMs: callTimeoutMs(deadlineMs - clock.now()) }), {
    // p-retry knows one number of tries and a jitter that ends at the cap: ours go by the error's
    // class and sleep on the workflow's clock, in the one place where it asks whether to go on.
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 0,
    shouldRetry: async ({ error }) => {
      if (!isCloudError(error)) return false;
      if (error.code !== NO_ANSWER) lastAnswer = error;
      const delayMs = waitMs(error);
      if (delayMs === undefined) return false;
      attempt += 1;
      onRetry({ error, attempt, waitMs: delayMs, deadlineMs });
      await clock.sleep(delayMs);
      return isStillNeeded(error);
    },
  }).catch((error: unknown) => {
    throw conclusionOf(error);
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
  if (serverWaitMs === undefined) {
    if (leftMs <= Math.max(policy.baseMs / 2, LEAST_FOR_ANOTHER_TRY_MS)) return undefined;
    // At most half of what is left, so that the last try comes close to the deadline.
    return Math.min(leftMs / 2, backoffMs(policy, failed, random));
  }
  const spareMs = leftMs - serverWaitMs - LEAST_FOR_ANOTHER_TRY_MS;
  if (spareMs <= 0) return undefined;
  // Not all at once, those whom the server told the same.
  return serverWaitMs + Math.min(spareMs, backoffMs(policy, 1, random));
}

/**
 * `Promise.all` that rejects only when all have come to an end: what goes on behind an invocation
 * that failed is frozen with its instance, and would wake up inside the next invocation.
 */
export async function allEnded<T extends readonly unknown[] | []>(promises: T) {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
