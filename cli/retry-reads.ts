import type { RetryReads } from '../alicloud/retry-reads.ts';
import type { Backoff, Clock, Retry } from '../workflows/onboarding/ports.ts';
import { type RetryContext, readPolicies, withRetries } from '../workflows/onboarding/retry.ts';
import type { Operator } from './operator.ts';

/** A person is waiting: what does not answer by then is said. */
const READ_TIMEOUT_MS = 60_000;

/**
 * The workflow's retry policies, for reads that share a minute. It begins when this is called: what
 * makes the reads has to be loaded by then, which takes a while on a busy machine.
 */
export async function readRetryContext(operator: Operator): Promise<RetryContext> {
  const { settings, clock, random, retrying } = operator;
  return retryContext((await settings()).retry, clock, random, retrying);
}

/** The same for reads that have a minute each: those of an operation that takes longer. */
export function retryReads(
  retry: Backoff,
  clock: Clock,
  random: () => number,
  onRetry?: (retry: Retry) => void,
): RetryReads {
  return (read) => withRetries(read, retryContext(retry, clock, random, onRetry));
}

function retryContext(
  retry: Backoff,
  clock: Clock,
  random: () => number,
  onRetry: ((retry: Retry) => void) | undefined,
): RetryContext {
  const deadlineMs = clock.now() + READ_TIMEOUT_MS;
  const told = onRetry === undefined ? {} : { onRetry };
  return { policies: readPolicies(retry), clock, random, deadlineMs, ...told };
}
