import type { SandboxClock } from './clock.ts';

/**
 * Calls back once, when so much time has passed on the sandbox's clock, but never sooner than in real
 * time: a function works in real time, however hurried the clock is. While the clock stands, no time is
 * up; moving it on moves the limit nearer. Returns a function that cancels.
 */
export function startTimeLimit(
  clock: SandboxClock,
  limitMs: number,
  onOver: () => void,
): () => void {
  const overMs = clock.unhurriedNow() + limitMs;
  const wait = (): (() => void) => {
    const leftMs = overMs - clock.unhurriedNow();
    return clock.at(clock.now() + leftMs, () => {
      // On a hurried clock this is too early.
      if (clock.unhurriedNow() < overMs) cancel = wait();
      else onOver();
    });
  };
  let cancel = wait();
  return () => cancel();
}
