import { performance } from 'node:perf_hooks';

/** The time of this process, which can be moved: what it asks for the date gets no other. */
export interface MovedTime {
  advance(durationMs: number): void;
  /** From now on, so many times as fast as it does. Timers stay as they are. */
  setSpeed(speed: number): void;
  /** Back to the real time. */
  end(): void;
}

/** From `startMs` on, at the speed of real time. */
export function moveTime(startMs: number): MovedTime {
  const RealDate = Date;
  let speed = 1;
  let sinceMs = startMs;
  let sinceRealMs = performance.now();
  const now = () => Math.floor(sinceMs + (performance.now() - sinceRealMs) * speed);
  const moveTo = (ms: number) => {
    sinceMs = ms;
    sinceRealMs = performance.now();
  };

  class MovedDate extends RealDate {
    constructor(...given: [] | [number | string | Date]) {
      super(given.length === 0 ? now() : given[0]);
    }
    static override now = now;
  }
  globalThis.Date = MovedDate as DateConstructor;

  return {
    advance: (durationMs) => moveTo(now() + durationMs),
    setSpeed(next) {
      moveTo(now());
      speed = next;
    },
    end() {
      globalThis.Date = RealDate;
    },
  };
}
