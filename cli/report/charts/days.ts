import { axisX, type CompoundMark, type ScaleOptions } from '@observablehq/plot';

const DAY_MS = 86_400_000;

/** The day's first and last moment, as Plot's time scale has it: without a zone, in UTC. */
export function extentOf(day: string): { readonly x1: Date; readonly x2: Date } {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  return { x1: new Date(startMs), x2: new Date(startMs + DAY_MS) };
}

/** From the first to the last day, drawn alike in all charts; without an axis of its own. */
export function dayScale(days: readonly string[]): ScaleOptions {
  const { x1 } = extentOf(days[0] ?? '');
  const { x2 } = extentOf(days.at(-1) ?? '');
  return { type: 'utc', domain: [x1, x2], axis: null };
}

/** As many days are named as there is room for, at equal distances. */
export function dayAxis(days: readonly string[], width: number): CompoundMark {
  const first = extentOf(days[0] ?? '').x1.getTime();
  const count = daysBetween(days);
  const step = Math.max(1, Math.ceil(count / Math.floor(width / 80)));
  const ticks = Array.from({ length: Math.ceil(count / step) }, (_, index) => {
    // In the middle of its bar.
    return new Date(first + (index * step + 0.5) * DAY_MS);
  });
  return axisX(ticks, { tickFormat: dayLabel, tickSize: 4 });
}

/** `05-03` */
function dayLabel(date: Date): string {
  return date.toISOString().slice(5, 10);
}

/** How many there are from the first to the last, those that are left out included. */
export function daysBetween(days: readonly string[]): number {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 0;
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
}
