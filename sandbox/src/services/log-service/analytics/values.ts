import { timestampText } from './time.ts';

/** `unknown` is the type of NULL: it goes with every other. */
export type SqlType =
  | 'bigint'
  | 'boolean'
  | 'double'
  | 'timestamp'
  | 'timestamp with time zone'
  | 'unknown'
  | 'varchar';

/**
 * bigint as a bigint, double as a number, varchar as a string, both timestamps as numbers:
 * milliseconds since 1970.
 */
export type Value = bigint | boolean | number | string | null;

export function isNumeric(type: SqlType): boolean {
  return type === 'bigint' || type === 'double' || type === 'unknown';
}

export function isTime(type: SqlType): boolean {
  return type === 'timestamp' || type === 'timestamp with time zone' || type === 'unknown';
}

export function isA(type: SqlType, ...wanted: readonly SqlType[]): boolean {
  return type === 'unknown' || wanted.includes(type);
}

/** The type that all of them can be without a cast; `undefined` where there is none. */
export function commonType(types: readonly SqlType[]): SqlType | undefined {
  const known = new Set(types.filter((type) => type !== 'unknown'));
  const [first] = known;
  if (first === undefined) return 'unknown';
  if (known.size === 1) return first;
  if ([...known].every(isNumeric)) return 'double';
  if ([...known].every(isTime)) return 'timestamp with time zone';
  return undefined;
}

/**
 * Negative, zero or positive, for two values of one type. Text by its UTF-16 units; NaN is more than
 * any other number.
 */
export function compare(left: NonNullable<Value>, right: NonNullable<Value>): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return left === right ? 0 : Number(Number.isNaN(left)) - Number(Number.isNaN(right));
}

/** The same for values that are the same, over all columns: what GROUP BY and DISTINCT go by. */
export function sameKey(values: readonly Value[]): Value {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return only;
  return values
    .map((value) => (typeof value === 'string' ? `${value.length}:${value}` : `${value};`))
    .join('');
}

/** The whole number that a text is, within 64 bits. */
export function wholeNumber(text: string): bigint | undefined {
  // More digits than 64 bits have: whoever sends a million of them is not waited for.
  if (text.length > 40 || !/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** As it is answered; NULL as `null`. */
export function textOf(value: Value, type: SqlType): string {
  if (typeof value !== 'number') return String(value);
  switch (type) {
    case 'timestamp':
      return timestampText(value, false);
    case 'timestamp with time zone':
      return timestampText(value, true);
    default:
      return doubleText(value);
  }
}

/**
 * A double as Java writes it, in which the service is written: `2.0`, `0.5`, `1.0E7`, `1.5E-4`,
 * `Infinity`. Between 0.001 and 10,000,000 without an exponent.
 */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
}
