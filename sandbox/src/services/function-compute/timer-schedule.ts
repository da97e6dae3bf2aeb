import { Cron } from 'croner';
import { problemOfCron } from './cron-fields.ts';

/** When a timer fires next, given when it fired last or was created. Milliseconds since 1970. */
export type TimerSchedule = (afterMs: number) => number | undefined;

const EVERY = /^@every ([1-9]\d*)([smh])$/;
const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000 };
const CRON = /^(?:CRON_TZ=(\S+) +)?(\S+(?: +\S+){5})$/;

/** Whatever fires at all fires after it. */
const LONG_AGO = new Date('2000-01-01T00:00:00Z');

/**
 * `@every 5m` (whole seconds, minutes or hours) or a cron expression of six fields, seconds first,
 * in UTC or in the zone of a leading `CRON_TZ=`. Throws for anything else,
 * and for a schedule that never fires.
 * Source: "Time triggers" and `TimerTriggerConfig`.
 */
export function parseTimerSchedule(expression: string): TimerSchedule {
  const every = EVERY.exec(expression);
  if (every !== null) {
    const unit = every[2] === 's' || every[2] === 'm' ? every[2] : 'h';
    const intervalMs = Number(every[1]) * UNIT_MS[unit];
    return (afterMs) => afterMs + intervalMs;
  }
  const match = CRON.exec(expression);
  const fields = match?.[2];
  if (fields === undefined) {
    throw new Error(
      `'${expression}' is neither '@every {number}{s|m|h}' nor a cron expression of six fields`,
    );
  }
  const texts = fields.split(/ +/);
  const problem = problemOfCron(texts);
  if (problem !== undefined) throw new Error(`'${expression}': ${problem}`);
  const anyFor = texts.map((text) => (text === '?' ? '*' : text)).join(' ');
  const cron = new Cron(anyFor, {
    timezone: match?.[1] ?? 'UTC',
    paused: true,
    // `10/20` is from 10 on, every 20.
    sloppyRanges: true,
  });
  if (cron.nextRun(LONG_AGO) === null) throw new Error(`'${expression}' never fires`);
  return (afterMs) => cron.nextRun(new Date(afterMs))?.getTime();
}
