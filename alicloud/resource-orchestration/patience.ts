import type { Backoff, Clock } from '../../workflows/onboarding/ports.ts';
import type { Ask } from '../ask.ts';

/** How an operation that takes minutes is waited for. */
export interface Patience {
  /** Waits before the next look; `look` counts from 1. */
  pause(look: number): Promise<void>;
  readonly ask: Ask;
}

/** The first looks are close together: a small stack is done in seconds. */
export const POLL: Backoff = { baseMs: 500, capMs: 5_000 };

export function createPatience(
  ask: Ask,
  clock: Clock,
  { baseMs, capMs }: Backoff = POLL,
): Patience {
  return { ask, pause: (look) => clock.sleep(Math.min(capMs, baseMs * 2 ** (look - 1))) };
}
