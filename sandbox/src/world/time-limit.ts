import type { SandboxClock } from './clock.ts';

/**
 * Calls back once, when so much real time has passed in which the sandbox's clock went. A function works
 * in real time: neither a hurried clock nor one that is moved on cuts it short, and one that stands lets
 * a busy machine take its time. Returns a function that cancels.
 */
export function startTimeLimit(
  clock: SandboxClock,
  limitMs: number,
  onOver: () => void,
): () => void {
  const overMs = clock.goingMs() + limitMs;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const leftMs = overMs - clock.goingMs();
    // The clock may have stood meanwhile.
    timer = setTimeout(() => (clock.goingMs() < overMs ? wait() : onOver()), Math.ceil(leftMs));
  };
  wait();
  return () => clearTimeout(timer);
}
