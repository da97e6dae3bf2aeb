import type { SandboxClock } from '../world/clock.ts';

/** A clock that doesn't let a wait be waited for: time moves on to its end at once. */
export function hurried(clock: SandboxClock): SandboxClock {
  return {
    ...clock,
    at(atMs, callback) {
      const cancel = clock.at(atMs, callback);
      setImmediate(() => clock.advance(Math.max(0, atMs - clock.now())));
      return cancel;
    },
  };
}
