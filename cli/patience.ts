import { type RetryContext, retryPolicies } from '../workflows/onboarding/retry.ts';
import type { Operator } from './operator.ts';

/** A person is waiting: what does not answer within a minute is said. */
const PATIENCE_MS = 60_000;

/** The workflow's retry policies, for the reads of one command. */
export async function patienceOf(operator: Operator): Promise<RetryContext> {
  const { settings, ports } = await operator.onboarding();
  return {
    policies: retryPolicies(settings.retry),
    clock: operator.clock,
    random: ports.random,
    deadlineMs: operator.clock.now() + PATIENCE_MS,
  };
}
