import { logError } from '../errors.ts';
import { doubleText } from './double-text.ts';
import { formatTime, timestampText, truncateTime } from './time.ts';
import { wholeNumber } from './whole-number.ts';

/** As the database hands values over and takes them back. Whole numbers are exact to 2^53. */
export type Value = number | string | null;

/** What the database can't do itself. Null in, null out, unless it says otherwise. */
export interface Scalar {
  readonly name: string;
  readonly arity: 0 | 1 | 2 | 3;
  /** Throws a `ServiceError`, which the statement then ends with. */
  compute(...inputs: readonly Value[]): Value;
}

/** Over the rows of a group, each with two inputs. */
interface Aggregate {
  readonly name: string;
  compute(rows: readonly (readonly [Value, Value])[]): Value;
}

export function scalars({ nowMs }: { readonly nowMs: number }): readonly Scalar[] {
  return [
    { name: 'sls_now', arity: 0, compute: () => nowMs },

    strict('sls_lower', 1, (text) => String(text).toLowerCase()),
    strict('sls_upper', 1, (text) => String(text).toUpperCase()),
    strict('sls_like', 2, (text, pattern) => Number(regExp(String(pattern)).test(String(text)))),
    strict('sls_split_part', 3, (text, delimiter, index) => {
      if (Number(index) < 1) throw logError('ParameterInvalid', 'Index must be greater than zero');
      return String(text).split(String(delimiter))[Number(index) - 1] ?? null;
    }),
    strict('sls_substr', 2, (text, start) => part(String(text), Number(start))),
    strict('sls_substr', 3, (text, start, length) =>
      part(String(text), Number(start), Number(length)),
    ),

    strict('sls_ceil', 1, (x) => Math.ceil(Number(x))),
    strict('sls_floor', 1, (x) => Math.floor(Number(x))),
    strict('sls_round', 2, (x, digits) => {
      const factor = 10 ** Number(digits);
      return (Math.sign(Number(x)) * Math.round(Math.abs(Number(x)) * factor)) / factor;
    }),
    strict('sls_divisor', 1, (x) => {
      if (Number(x) === 0) throw logError('ParameterInvalid', 'Division by zero');
      return x;
    }),
    strict('sls_divide', 2, (left, right) => Number(left) / Number(right)),
    strict('sls_modulo', 2, (left, right) => Number(left) % Number(right)),

    strict('sls_date_trunc', 2, (unit, ms) => truncateTime(String(unit), Number(ms))),
    strict('sls_date_format', 2, (ms, format) => formatTime(Number(ms), String(format))),

    strict('sls_double_text', 1, (x) => doubleText(Number(x))),
    strict('sls_time_text', 2, (ms, zoned) => timestampText(Number(ms), zoned === 1)),
    strict('sls_bigint', 1, (x) => bigintText(x) ?? cannotCast(x, 'BIGINT')),
    strict('sls_try_bigint', 1, bigintText),
    strict('sls_double', 1, (x) => doubleOf(x) ?? cannotCast(x, 'DOUBLE')),
    strict('sls_try_double', 1, doubleOf),
  ];
}

export const AGGREGATES: readonly Aggregate[] = [
  { name: 'sls_max_by', compute: (rows) => valueBy(rows, (key, best) => key > best) },
  { name: 'sls_min_by', compute: (rows) => valueBy(rows, (key, best) => key < best) },
  {
    name: 'sls_percentile',
    // Exact, by the nearest rank, where the service estimates.
    compute(rows) {
      const share = Number(rows[0]?.[1] ?? 0);
      if (!(share >= 0 && share <= 1)) {
        throw logError('ParameterInvalid', 'Percentile must be between 0 and 1');
      }
      const values = rows.flatMap(([x]) => (x === null ? [] : [Number(x)]));
      values.sort((left, right) => left - right);
      return values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? null;
    },
  },
];

/** Of equal keys the first, here. A row without a key does not count. */
function valueBy(
  rows: readonly (readonly [Value, Value])[],
  better: (key: number | string, best: number | string) => boolean,
): Value {
  let best: { readonly value: Value; readonly key: number | string } | undefined;
  for (const [value, key] of rows) {
    if (key !== null && (best === undefined || better(key, best.key))) best = { value, key };
  }
  return best?.value ?? null;
}

function strict(
  name: string,
  arity: Scalar['arity'],
  compute: (...inputs: readonly (number | string)[]) => Value,
): Scalar {
  return {
    name,
    arity,
    compute(...inputs) {
      const known = inputs.filter((input) => input !== null);
      return known.length < inputs.length ? null : compute(...known);
    },
  };
}

function regExp(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'su');
  } catch {
    throw logError('ParameterInvalid', `${pattern} is not a valid regular expression`);
  }
}

/** Counted in characters from 1, or from the end where negative: from 0 there is nothing. */
function part(text: string, start: number, length = Number.POSITIVE_INFINITY): string {
  const characters = [...text];
  const first = start > 0 ? start - 1 : characters.length + start;
  if (first < 0 || length <= 0) return '';
  return characters.slice(first, first + length).join('');
}

/** A double is rounded, half away from zero. */
function bigintText(x: number | string): string | null {
  if (typeof x === 'string') return wholeNumber(x) ?? null;
  if (!Number.isFinite(x)) return null;
  return wholeNumber(BigInt(Math.sign(x) * Math.round(Math.abs(x))).toString()) ?? null;
}

function doubleOf(x: number | string): number | null {
  if (typeof x === 'number') return x;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(x) ? Number(x) : null;
}

function cannotCast(x: number | string, type: string): never {
  throw logError('ParameterInvalid', `Cannot cast '${x}' to ${type}`);
}
