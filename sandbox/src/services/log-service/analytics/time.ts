import { logError } from '../errors.ts';

/** The service computes in Asia/Shanghai. Source: "Date and time functions", `current_timezone`. */
const ZONE = 'Asia/Shanghai';
const ZONE_OFFSET_MS = 8 * 3_600_000;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2001-08-22 03:04:05.000`, with the zone after it where the type has one. */
export function timestampText(ms: number, zoned: boolean): string {
  const text = local(ms).toISOString().replace('T', ' ').replace('Z', '');
  return zoned ? `${text} ${ZONE}` : text;
}

/** The start of the unit in which `ms` lies; weeks start on Monday. Throws `ParameterInvalid`. */
export function truncateTime(unit: string, ms: number): number {
  const at = local(ms);
  switch (unit.toLowerCase()) {
    case 'second':
      at.setUTCMilliseconds(0);
      break;
    case 'minute':
      at.setUTCSeconds(0, 0);
      break;
    case 'hour':
      at.setUTCMinutes(0, 0, 0);
      break;
    case 'day':
      at.setUTCHours(0, 0, 0, 0);
      break;
    case 'week':
      at.setUTCHours(0, 0, 0, 0);
      at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
      break;
    case 'month':
      at.setUTCHours(0, 0, 0, 0);
      at.setUTCDate(1);
      break;
    case 'quarter':
      at.setUTCHours(0, 0, 0, 0);
      at.setUTCMonth(at.getUTCMonth() - (at.getUTCMonth() % 3), 1);
      break;
    case 'year':
      at.setUTCHours(0, 0, 0, 0);
      at.setUTCMonth(0, 1);
      break;
    default:
      throw logError('ParameterInvalid', `'${unit}' is not a valid Timestamp field`);
  }
  return at.getTime() - ZONE_OFFSET_MS;
}

type Part = (at: Date) => number | string;
const two = (value: number): string => String(value).padStart(2, '0');
const hour12 = (at: Date): number => at.getUTCHours() % 12 || 12;

/** MySQL's, as far as they are modelled. Source: "Date and time functions", the table of formats. */
const PARTS: Readonly<Record<string, Part>> = {
  Y: (at) => String(at.getUTCFullYear()).padStart(4, '0'),
  y: (at) => two(at.getUTCFullYear() % 100),
  m: (at) => two(at.getUTCMonth() + 1),
  c: (at) => at.getUTCMonth() + 1,
  M: (at) => MONTHS[at.getUTCMonth()] ?? '',
  b: (at) => (MONTHS[at.getUTCMonth()] ?? '').slice(0, 3),
  d: (at) => two(at.getUTCDate()),
  e: (at) => at.getUTCDate(),
  W: (at) => DAYS[at.getUTCDay()] ?? '',
  a: (at) => (DAYS[at.getUTCDay()] ?? '').slice(0, 3),
  H: (at) => two(at.getUTCHours()),
  k: (at) => at.getUTCHours(),
  h: (at) => two(hour12(at)),
  I: (at) => two(hour12(at)),
  l: (at) => hour12(at),
  i: (at) => two(at.getUTCMinutes()),
  S: (at) => two(at.getUTCSeconds()),
  s: (at) => two(at.getUTCSeconds()),
  p: (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM'),
  T: (at) => at.toISOString().slice(11, 19),
  '%': () => '%',
};

/** Throws `SandboxUnsupportedAnalytics` for a part that is not in the table. */
export function formatTime(ms: number, format: string): string {
  const at = local(ms);
  return format.replace(/%(.?)/gsu, (whole, letter: string) => {
    const part = Object.hasOwn(PARTS, letter) ? PARTS[letter] : undefined;
    if (part !== undefined) return String(part(at));
    throw logError(
      'SandboxUnsupportedAnalytics',
      `The sandbox does not model ${whole} in date_format.`,
    );
  });
}

/** Shifted, so that the UTC methods give the zone's parts. */
function local(ms: number): Date {
  return new Date(ms + ZONE_OFFSET_MS);
}
