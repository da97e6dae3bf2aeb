import type { SandboxClock } from '../../world/clock.ts';

/** Resolves when the sandbox's clock has moved on. */
export function waitOnClock(clock: SandboxClock, durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(clock.now() + durationMs, resolve);
  });
}
