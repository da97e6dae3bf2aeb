import type { Ask } from '../alicloud/ask.ts';
import type { Backoff, Clock } from '../workflows/onboarding/ports.ts';
import { type RetryContext, readPolicies, withRetries } from '../workflows/onboarding/retry.ts';
import type { Operator } from './operator.ts';

/** A person is waiting: what does not answer within a minute is said. */
const PATIENCE_MS = 60_000;

/** The workflow's retry policies, for reads that share a minute. */
export async function patienceOf({ settings, clock, random }: Operator): Promise<RetryContext> {
  const { retry } = await settings();
  return { ...patience(retry, clock, random), deadlineMs: clock.now() + PATIENCE_MS };
}

/** The same for reads that have a minute each: those of an operation that takes longer. */
export function askPatiently(retry: Backoff, clock: Clock, random: () => number): Ask {
  return (read) =>
    withRetries(read, {
      ...patience(retry, clock, random),
      deadlineMs: clock.now() + PATIENCE_MS,
    });
}

function patience(retry: Backoff, clock: Clock, random: () => number) {
  return { policies: readPolicies(retry), clock, random };
}
