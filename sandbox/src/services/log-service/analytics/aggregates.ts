import { logError } from '../errors.ts';
import type { Fold, Typed } from './scope.ts';
import { compare, isA, isNumeric, type SqlType, type Value } from './values.ts';

/** A function of the rows of a group. */
export interface AggregateFunction {
  /** For the error that names what is expected. */
  readonly expected: string;
  /** `undefined`: not with inputs of these types. */
  bind(inputs: readonly Typed[]): BoundAggregate | undefined;
}

interface BoundAggregate {
  readonly type: SqlType;
  start(): Fold;
}

const AGGREGATES: Readonly<Record<string, AggregateFunction>> = {
  approx_percentile: aggregate(
    'approx_percentile(bigint|double, double)',
    ([x, share, ...more]) => {
      if (x === undefined || share === undefined || more.length > 0) return undefined;
      if (!isNumeric(x.type) || !isNumeric(share.type)) return undefined;
      return { type: x.type, start: percentile };
    },
  ),
  avg: aggregate('avg(bigint|double)', ([x, ...more]) =>
    x === undefined || more.length > 0 || !isNumeric(x.type)
      ? undefined
      : { type: 'double', start: average },
  ),
  bool_and: aggregate(
    'bool_and(boolean)',
    ofBoolean(() => best((value, kept) => value < kept)),
  ),
  bool_or: aggregate(
    'bool_or(boolean)',
    ofBoolean(() => best((value, kept) => value > kept)),
  ),
  count: aggregate('count(*), count(T)', (inputs) =>
    inputs.length > 1
      ? undefined
      : { type: 'bigint', start: () => counted((value) => inputs.length === 0 || value !== null) },
  ),
  count_if: aggregate('count_if(boolean)', ([x, ...more]) =>
    x === undefined || more.length > 0 || !isA(x.type, 'boolean')
      ? undefined
      : { type: 'bigint', start: () => counted((value) => value === true) },
  ),
  max: aggregate(
    'max(T)',
    ofAny(() => best((value, kept) => compare(value, kept) > 0)),
  ),
  max_by: aggregate(
    'max_by(V, K)',
    ofTwo(() => valueBy((order) => order > 0)),
  ),
  min: aggregate(
    'min(T)',
    ofAny(() => best((value, kept) => compare(value, kept) < 0)),
  ),
  min_by: aggregate(
    'min_by(V, K)',
    ofTwo(() => valueBy((order) => order < 0)),
  ),
  sum: aggregate('sum(bigint|double)', ([x, ...more]) =>
    x === undefined || more.length > 0 || !isNumeric(x.type)
      ? undefined
      : { type: x.type, start: sum },
  ),
};

/** `name` in lower case. */
export function aggregateNamed(name: string): AggregateFunction | undefined {
  return Object.hasOwn(AGGREGATES, name) ? AGGREGATES[name] : undefined;
}

/** Each value once. */
export function distinctFold(fold: Fold): Fold {
  const seen = new Set<Value>();
  return {
    add(first, second) {
      if (seen.has(first)) return;
      seen.add(first);
      fold.add(first, second);
    },
    result: () => fold.result(),
  };
}

type Bind = AggregateFunction['bind'];

function aggregate(expected: string, bind: Bind): AggregateFunction {
  return { expected, bind };
}

function ofAny(start: () => Fold): Bind {
  return ([x, ...more]) =>
    x === undefined || more.length > 0 ? undefined : { type: x.type, start };
}

function ofBoolean(start: () => Fold): Bind {
  return (inputs) =>
    inputs.every(({ type }) => isA(type, 'boolean')) ? ofAny(start)(inputs) : undefined;
}

function ofTwo(start: () => Fold): Bind {
  return ([value, key, ...more]) =>
    value === undefined || key === undefined || more.length > 0
      ? undefined
      : { type: value.type, start };
}

function counted(counts: (value: Value) => boolean): Fold {
  let count = 0n;
  return {
    add(value) {
      if (counts(value)) count += 1n;
    },
    result: () => count,
  };
}

function sum(): Fold {
  let total: bigint | number | undefined;
  return {
    add(value) {
      if (typeof value === 'bigint') total = (typeof total === 'bigint' ? total : 0n) + value;
      if (typeof value === 'number') total = (typeof total === 'number' ? total : 0) + value;
    },
    result() {
      if (typeof total === 'bigint' && BigInt.asIntN(64, total) !== total) {
        throw logError('ParameterInvalid', 'bigint addition overflow');
      }
      return total ?? null;
    },
  };
}

function average(): Fold {
  let total = 0;
  let count = 0;
  return {
    add(value) {
      if (value === null) return;
      total += Number(value);
      count += 1;
    },
    result: () => (count === 0 ? null : total / count),
  };
}

function best(better: (value: NonNullable<Value>, kept: NonNullable<Value>) => boolean): Fold {
  let kept: Value = null;
  return {
    add(value) {
      if (value !== null && (kept === null || better(value, kept))) kept = value;
    },
    result: () => kept,
  };
}

/** Of equal keys the first, here. A row without a key does not count. */
function valueBy(better: (order: number) => boolean): Fold {
  let kept: Value = null;
  let keptKey: Value = null;
  return {
    add(value, key) {
      if (key === null || (keptKey !== null && !better(compare(key, keptKey)))) return;
      kept = value;
      keptKey = key;
    },
    result: () => kept,
  };
}

/** Exact, by the nearest rank, where the service estimates. */
function percentile(): Fold {
  const values: (bigint | number)[] = [];
  let share = 0;
  return {
    add(value, given) {
      share = Number(given);
      if (typeof value === 'bigint' || typeof value === 'number') values.push(value);
    },
    result() {
      if (!(share >= 0 && share <= 1)) {
        throw logError('ParameterInvalid', 'Percentile must be between 0 and 1');
      }
      const rank = Math.max(0, Math.ceil(share * values.length) - 1);
      // Typed arrays sort a hundred thousand in milliseconds; lists don't.
      return typeof values[0] === 'bigint'
        ? (BigInt64Array.from(values, BigInt).sort()[rank] ?? null)
        : (Float64Array.from(values, Number).sort()[rank] ?? null);
    },
  };
}
