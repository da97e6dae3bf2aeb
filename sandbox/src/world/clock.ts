import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** The sandbox's own time: what moves recorder states, empties quotas and stamps records. */
export interface SandboxClock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * As `now()`, but never faster than real time by itself; `advance` moves it too. For what callers
   * in real time must not get more of because the clock is hurried.
   */
  unhurriedNow(): number;
  /** Milliseconds of real time in which the clock did not stand. Leaps of `advance` are no part of it. */
  goingMs(): number;
  /**
   * Moves time forward at once; what falls due in between happens in order. Throws a `RangeError`
   * for what is not from 0 on, and for what no date can say any more.
   */
  advance(durationMs: number): void;
  /** Sandbox milliseconds for each real one. */
  speed(): number;
  /** From now on. Throws a `RangeError` for what is not 0 to `HIGHEST_SPEED`. */
  setSpeed(speed: number): void;
  /** Calls back once, when `now()` has reached `atMs`. Returns a function that cancels. */
  at(atMs: number, callback: () => void): () => void;
  stop(): void;
}

export interface ClockOptions {
  /** Milliseconds since 1970. Default: the real time. */
  readonly startMs?: number;
  /** Sandbox milliseconds for each real one. Default 1; with 0 only `advance` moves time. */
  readonly speed?: number;
}

interface Alarm {
  readonly atMs: number;
  readonly callback: () => void;
}

/** The last that a `Date` can say, in the year 275760. */
const LAST_MS = 8.64e15;
export const HIGHEST_SPEED = 100_000;
/** Of time that `advanceInPieces` moves at once. */
const PIECE_MS = 3_600_000;
/** The longest delay that Node's timers take; a longer wait is cut into pieces. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createClock(options: ClockOptions = {}): SandboxClock {
  let speed = checkedSpeed(options.speed ?? 1);
  // Where time flows from. The wall clock may be set back under a running sandbox; the monotonic
  // one may not.
  let sinceRealMs = performance.now();
  let sinceMs = options.startMs ?? Date.now();
  /** What flowed faster than real time until then. */
  let hurriedMs = 0;
  /** Real time in which the clock went until then. */
  let wentMs = 0;
  /** While alarms run inside `advance`, time stands at the alarm's own due time. */
  let heldMs: number | undefined;
  let alarms: Alarm[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function flowingMs(): number {
    return sinceMs + (performance.now() - sinceRealMs) * speed;
  }

  function hurriedUntilNowMs(): number {
    return hurriedMs + (performance.now() - sinceRealMs) * Math.max(0, speed - 1);
  }

  function goingMs(): number {
    return speed === 0 ? wentMs : wentMs + (performance.now() - sinceRealMs);
  }

  function now(): number {
    return Math.floor(heldMs ?? flowingMs());
  }

  function setTimer(): void {
    clearTimeout(timer);
    const next = alarms[0];
    if (stopped || next === undefined || speed === 0) return;
    const delayMs = Math.max(0, (next.atMs - flowingMs()) / speed);
    timer = setTimeout(ringDue, Math.min(Math.ceil(delayMs), LONGEST_TIMER_MS));
    timer.unref();
  }

  function ringDue(): void {
    try {
      for (let next = alarms[0]; next !== undefined && next.atMs <= now(); next = alarms[0]) {
        alarms.shift();
        next.callback();
      }
    } finally {
      setTimer();
    }
  }

  return {
    now,
    unhurriedNow: () => now() - Math.floor(hurriedUntilNowMs()),
    goingMs,
    speed: () => speed,
    setSpeed(next) {
      checkedSpeed(next);
      wentMs = goingMs();
      hurriedMs = hurriedUntilNowMs();
      sinceMs = flowingMs();
      sinceRealMs = performance.now();
      speed = next;
      if (heldMs === undefined) setTimer();
    },
    advance(durationMs) {
      if (!(durationMs >= 0)) throw new RangeError(`Time can't go back: ${durationMs} ms`);
      if (flowingMs() + durationMs > LAST_MS) {
        throw new RangeError(`No date is so late: ${durationMs} ms from now`);
      }
      if (heldMs !== undefined) throw new Error('advance() was called while time advances.');
      const targetMs = flowingMs() + durationMs;
      heldMs = targetMs - durationMs;
      try {
        for (let next = alarms[0]; next !== undefined && next.atMs <= targetMs; next = alarms[0]) {
          alarms.shift();
          heldMs = Math.max(heldMs, next.atMs);
          next.callback();
        }
      } finally {
        sinceMs += targetMs - flowingMs();
        heldMs = undefined;
        setTimer();
      }
    },
    at(atMs, callback) {
      if (stopped) return () => {};
      const alarm: Alarm = { atMs, callback };
      // After those of the same time, so that equal due times ring in the order they were set.
      const index = alarms.findIndex((other) => other.atMs > atMs);
      if (index === -1) alarms.push(alarm);
      else alarms.splice(index, 0, alarm);
      if (heldMs === undefined) setTimer();
      return () => {
        alarms = alarms.filter((other) => other !== alarm);
        if (heldMs === undefined) setTimer();
      };
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      alarms = [];
    },
  };
}

/**
 * As `advance`, an hour at a time: other work gets its turn in between, however many alarms ring.
 */
export async function advanceInPieces(clock: SandboxClock, durationMs: number): Promise<void> {
  for (let leftMs = durationMs; leftMs > 0; leftMs -= PIECE_MS) {
    clock.advance(Math.min(leftMs, PIECE_MS));
    await setImmediate();
  }
}

function checkedSpeed(speed: number): number {
  if (speed >= 0 && speed <= HIGHEST_SPEED) return speed;
  throw new RangeError(`The clock's speed is a number from 0 to ${HIGHEST_SPEED}: ${speed}`);
}
