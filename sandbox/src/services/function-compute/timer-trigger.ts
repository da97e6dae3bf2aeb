import type { SandboxClock } from '../../world/clock.ts';
import { functionComputeError } from './errors.ts';
import { parseTimerSchedule } from './timer-schedule.ts';

/** Source: FC 3.0 `TimerTriggerConfig`. */
export interface TimerTrigger {
  readonly name: string;
  readonly cronExpression: string;
  /** False: it exists and doesn't fire by itself. */
  readonly enable: boolean;
  readonly payload?: string;
}

export interface RunningTimer {
  readonly trigger: TimerTrigger;
  /** Fires now, also when it isn't enabled. */
  fire(): void;
  cancel(): void;
}

/**
 * Fires on the sandbox's clock until it is cancelled. Throws for a schedule it can't read, and
 * `EntityTooLarge` for a payload that makes an event of more than the limit.
 */
export function startTimer(
  trigger: TimerTrigger,
  clock: SandboxClock,
  limitBytes: number,
  invoke: (payload: Buffer) => void,
): RunningTimer {
  const schedule = parseTimerSchedule(trigger.cronExpression);
  let cancel: () => void = () => {};

  const eventAt = (atMs: number) => Buffer.from(JSON.stringify(timerEvent(trigger, atMs)));
  const fireAt = (atMs: number) => invoke(eventAt(atMs));

  if (eventAt(clock.now()).length > limitBytes) {
    throw functionComputeError(
      'EntityTooLarge',
      `the event of trigger '${trigger.name}' is larger than ${limitBytes} bytes`,
    );
  }

  const arm = (afterMs: number) => {
    const nextMs = schedule(afterMs);
    if (nextMs === undefined) return;
    cancel = clock.at(nextMs, () => {
      // From the due time, not from now, so that a late call doesn't shift the ones after it.
      arm(nextMs);
      fireAt(nextMs);
    });
  };

  if (trigger.enable) arm(clock.now());
  return { trigger, fire: () => fireAt(clock.now()), cancel: () => cancel() };
}

/** Source: "Time triggers", event format. */
function timerEvent(trigger: TimerTrigger, atMs: number) {
  return {
    triggerTime: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
    triggerName: trigger.name,
    payload: trigger.payload ?? '',
  };
}
