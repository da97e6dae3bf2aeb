import type { Backoff, Clock } from '../../workflows/onboarding/ports.ts';
import type { RetryReads } from '../retry-reads.ts';

/** How an operation that takes minutes is waited for. */
export interface Polling {
  /** Waits before the next look; `look` counts from 1. */
  pause(look: number): Promise<void>;
  readonly read: RetryReads;
}

/** The first looks are close together: a small stack is done in seconds. */
export const POLL: Backoff = { baseMs: 500, capMs: 5_000 };

export function createPolling(
  read: RetryReads,
  clock: Clock,
  { baseMs, capMs }: Backoff = POLL,
): Polling {
  return { read, pause: (look) => clock.sleep(Math.min(capMs, baseMs * 2 ** (look - 1))) };
}
