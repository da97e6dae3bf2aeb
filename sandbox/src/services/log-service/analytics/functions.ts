import { logError } from '../errors.ts';
import { coerced, type Row, type Typed, typed } from './scope.ts';
import { formatTime, truncateTime } from './time.ts';
import {
  commonType,
  isA,
  isNumeric,
  isTime,
  type SqlType,
  type Value,
  wholeNumber,
} from './values.ts';

/** A function of one row. */
export interface ScalarFunction {
  /** For the error that names what is expected. */
  readonly expected: string;
  /** `undefined`: not with inputs of these types. */
  bind(inputs: readonly Typed[], nowMs: number): Typed | undefined;
}

/** The closed list. */
const FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  // conditions
  coalesce: {
    expected: 'coalesce(T, T, …)',
    bind(inputs) {
      const type = commonType(inputs.map((input) => input.type));
      if (inputs.length < 2 || type === undefined) return undefined;
      const reads = inputs.map((input) => coerced(input, type));
      return made('coalesce', type, inputs, (row) => {
        for (const read of reads) {
          const value = read(row);
          if (value !== null) return value;
        }
        return null;
      });
    },
  },
  if: {
    expected: 'if(boolean, T), if(boolean, T, T)',
    bind(inputs) {
      const [when, then, otherwise, ...more] = inputs;
      if (when === undefined || then === undefined || more.length > 0) return undefined;
      const type = commonType([then.type, otherwise?.type ?? 'unknown']);
      if (!isA(when.type, 'boolean') || type === undefined) return undefined;
      const yes = coerced(then, type);
      const no = otherwise === undefined ? () => null : coerced(otherwise, type);
      return made('if', type, inputs, (row) => (when.read(row) === true ? yes(row) : no(row)));
    },
  },
  nullif: {
    expected: 'nullif(T, T)',
    bind(inputs) {
      const [left, right, ...more] = inputs;
      if (left === undefined || right === undefined || more.length > 0) return undefined;
      const type = commonType([left.type, right.type]);
      if (type === undefined) return undefined;
      const [one, other] = [coerced(left, type), coerced(right, type)];
      const read = (row: Row) => (one(row) === other(row) ? null : left.read(row));
      return made('nullif', left.type, inputs, read);
    },
  },

  // text
  concat: {
    expected: 'concat(varchar, varchar, …)',
    bind(inputs) {
      if (inputs.length < 2 || !inputs.every(({ type }) => isA(type, 'varchar'))) return undefined;
      return strict('concat', 'varchar', inputs, (...texts) => texts.join(''));
    },
  },
  lower: signature('lower', ['varchar'], 'varchar', (text) => String(text).toLowerCase()),
  upper: signature('upper', ['varchar'], 'varchar', (text) => String(text).toUpperCase()),

  // numbers
  round: {
    expected: 'round(bigint|double), round(bigint|double, bigint)',
    bind(inputs) {
      const [x, digits, ...more] = inputs;
      if (x === undefined || more.length > 0 || !isNumeric(x.type)) return undefined;
      if (digits !== undefined && !isA(digits.type, 'bigint')) return undefined;
      return strict('round', x.type, inputs, (value, places = 0n) =>
        typeof value === 'number' ? rounded(value, Number(places)) : value,
      );
    },
  },

  // time
  date_format: {
    expected: 'date_format(timestamp, varchar)',
    bind(inputs) {
      const [at, format, ...more] = inputs;
      if (at === undefined || format === undefined || more.length > 0) return undefined;
      if (!isTime(at.type) || !isA(format.type, 'varchar')) return undefined;
      return strict('date_format', 'varchar', inputs, (ms, how) =>
        formatTime(Number(ms), String(how)),
      );
    },
  },
  date_trunc: {
    expected: 'date_trunc(varchar, timestamp|bigint)',
    bind(inputs) {
      const [unit, at, ...more] = inputs;
      if (unit === undefined || at === undefined || more.length > 0) return undefined;
      if (!isA(unit.type, 'varchar') || (!isTime(at.type) && at.type !== 'bigint'))
        return undefined;
      const type = at.type === 'timestamp with time zone' ? at.type : 'timestamp';
      return strict('date_trunc', type, inputs, (name, when) =>
        truncateTime(String(name), typeof when === 'bigint' ? Number(when) * 1000 : Number(when)),
      );
    },
  },
  from_unixtime: {
    expected: 'from_unixtime(bigint|double)',
    bind(inputs) {
      const [seconds, ...more] = inputs;
      if (seconds === undefined || more.length > 0 || !isNumeric(seconds.type)) return undefined;
      return strict('from_unixtime', 'timestamp', inputs, (value) =>
        Math.round(Number(value) * 1000),
      );
    },
  },
  now: {
    expected: 'now()',
    bind: (inputs, nowMs) =>
      inputs.length > 0 ? undefined : typed('timestamp with time zone', 'now()', () => nowMs),
  },
  to_unixtime: {
    expected: 'to_unixtime(timestamp)',
    bind(inputs) {
      const [at, ...more] = inputs;
      if (at === undefined || more.length > 0 || !isTime(at.type)) return undefined;
      return strict('to_unixtime', 'double', inputs, (ms) => Number(ms) / 1000);
    },
  },
};

/** `name` in lower case. */
export function scalarNamed(name: string): ScalarFunction | undefined {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

/** What `cast(value as bigint | double)` makes of a value that is not NULL. */
export function castTo(type: 'bigint' | 'double', value: NonNullable<Value>): Value {
  const cast = type === 'bigint' ? bigintOf(value) : doubleOf(value);
  if (cast !== undefined) return cast;
  throw logError('ParameterInvalid', `Cannot cast '${value}' to ${type.toUpperCase()}`);
}

function made(
  name: string,
  type: SqlType,
  inputs: readonly Typed[],
  read: (row: Row) => Value,
): Typed {
  return typed(type, `${name}(${inputs.map(({ key }) => key).join(', ')})`, read, ...inputs);
}

/** Null in, null out. */
function strict(
  name: string,
  type: SqlType,
  inputs: readonly Typed[],
  compute: (...values: readonly NonNullable<Value>[]) => Value,
): Typed {
  return made(name, type, inputs, (row) => {
    const values: NonNullable<Value>[] = [];
    for (const input of inputs) {
      const value = input.read(row);
      if (value === null) return null;
      values.push(value);
    }
    return compute(...values);
  });
}

/** A function with one signature. */
function signature(
  name: string,
  wanted: readonly SqlType[],
  type: SqlType,
  compute: (...values: readonly NonNullable<Value>[]) => Value,
): ScalarFunction {
  return {
    expected: `${name}(${wanted.join(', ')})`,
    bind(inputs) {
      if (inputs.length !== wanted.length) return undefined;
      const fits = wanted.every((each, index) => isA(inputs[index]?.type ?? 'unknown', each));
      return fits ? strict(name, type, inputs, compute) : undefined;
    },
  };
}

/** Half away from zero. */
function rounded(value: number, places: number): number {
  const factor = 10 ** places;
  return (Math.sign(value) * Math.round(Math.abs(value) * factor)) / factor;
}

function bigintOf(value: NonNullable<Value>): bigint | undefined {
  switch (typeof value) {
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1n : 0n;
    case 'string':
      return wholeNumber(value);
    case 'number':
      return Number.isFinite(value) ? wholeNumber(BigInt(rounded(value, 0)).toString()) : undefined;
  }
}

function doubleOf(value: NonNullable<Value>): number | undefined {
  if (typeof value !== 'string') return Number(value);
  if (value.length > 400) return undefined;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : undefined;
}
