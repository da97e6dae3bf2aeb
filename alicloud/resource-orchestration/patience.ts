import { classify, isCloudError } from '../../workflows/onboarding/errors.ts';
import type { Backoff, Clock } from '../../workflows/onboarding/ports.ts';

/** How an operation that takes minutes is waited for. */
export interface Patience {
  /** Waits before the next look; `look` counts from 1. */
  pause(look: number): Promise<void>;
  /** Reads, again where that failed for the moment. Only for what is safe to repeat. */
  ask<T>(read: () => Promise<T>): Promise<T>;
}

/** The first looks are close together: a small stack is done in seconds. */
export const POLL: Backoff = { baseMs: 500, capMs: 5_000 };

/** A few failed looks in a row, half a minute in all, must not end what goes on in the cloud. */
const MAX_TRIES = 8;

export function createPatience(clock: Clock, { baseMs, capMs }: Backoff = POLL): Patience {
  const waitMs = (look: number) => Math.min(capMs, baseMs * 2 ** (look - 1));
  return {
    pause: (look) => clock.sleep(waitMs(look)),
    async ask(read) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await read();
        } catch (error) {
          if (tries === MAX_TRIES || !isCloudError(error) || classify(error) === 'permanent') {
            throw error;
          }
          await clock.sleep(error.retryAfterMs ?? waitMs(tries));
        }
      }
    },
  };
}
