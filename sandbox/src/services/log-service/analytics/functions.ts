import { coerced, commonType, heldAs, isA, isNumeric, isTime, type SqlType } from './types.ts';

export interface Input {
  readonly sql: string;
  readonly type: SqlType;
}

/** A function of the dialect: what it takes and how the database computes it. */
export interface SqlFunction {
  /** An `aggregate` looks at all rows of a group; a `window` function needs OVER. */
  readonly kind: 'scalar' | 'aggregate' | 'window';
  /** For the error that names what is expected. */
  readonly expected: string;
  /** `f(DISTINCT x)` is modelled. */
  readonly distinct?: true;
  /** `undefined`: not with inputs of these types. */
  bind(inputs: readonly Input[], distinct: boolean): Input | undefined;
}

/** The closed list. What the database has under other names, `sls_…`, is in `implementations.ts`. */
const FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  // aggregates
  approx_distinct: aggregate('approx_distinct(T)', (inputs) => {
    const [x] = exactly(1, inputs);
    return x === undefined ? undefined : bigint(`count(DISTINCT ${x.sql})`);
  }),
  approx_percentile: aggregate('approx_percentile(bigint|double, double)', (inputs) => {
    const [x, share] = exactly(2, inputs);
    if (x === undefined || share === undefined) return undefined;
    if (!isNumeric(x.type) || !isNumeric(share.type)) return undefined;
    const type = x.type === 'double' ? 'double' : 'bigint';
    return { type, sql: heldAs(type, `sls_percentile(${x.sql}, ${share.sql})`) };
  }),
  arbitrary: aggregate('arbitrary(T)', (inputs) => extreme('min', inputs)),
  avg: {
    ...aggregate('avg(bigint|double)', (inputs, distinct) => {
      const [x] = exactly(1, inputs);
      if (x === undefined || !isNumeric(x.type)) return undefined;
      return { type: 'double', sql: `avg(${distinctIf(distinct)}${x.sql})` };
    }),
    distinct: true,
  },
  bool_and: aggregate('bool_and(boolean)', (inputs) => ofBoolean('min', inputs)),
  bool_or: aggregate('bool_or(boolean)', (inputs) => ofBoolean('max', inputs)),
  count: {
    ...aggregate('count(*), count(T)', (inputs, distinct) => {
      if (inputs.length === 0) return bigint('count(*)');
      const [x] = exactly(1, inputs);
      return x === undefined ? undefined : bigint(`count(${distinctIf(distinct)}${x.sql})`);
    }),
    distinct: true,
  },
  count_if: aggregate('count_if(boolean)', (inputs) => {
    const [x] = exactly(1, inputs);
    if (x === undefined || !isA(x.type, 'boolean')) return undefined;
    return bigint(`count(CASE WHEN ${x.sql} THEN 1 END)`);
  }),
  max: aggregate('max(T)', (inputs) => extreme('max', inputs)),
  max_by: aggregate('max_by(V, K)', (inputs) => valueBy('sls_max_by', inputs)),
  min: aggregate('min(T)', (inputs) => extreme('min', inputs)),
  min_by: aggregate('min_by(V, K)', (inputs) => valueBy('sls_min_by', inputs)),
  sum: {
    ...aggregate('sum(bigint|double)', (inputs, distinct) => {
      const [x] = exactly(1, inputs);
      if (x === undefined || !isNumeric(x.type)) return undefined;
      return { type: x.type, sql: `sum(${distinctIf(distinct)}${x.sql})` };
    }),
    distinct: true,
  },

  // window functions
  dense_rank: window('dense_rank()'),
  rank: window('rank()'),
  row_number: window('row_number()'),

  // conditions
  coalesce: scalar('coalesce(T, T, …)', (inputs) => {
    const type = commonType(inputs.map((input) => input.type));
    if (inputs.length < 2 || type === undefined) return undefined;
    return { type, sql: `coalesce(${inputs.map((input) => coerced(input, type)).join(', ')})` };
  }),
  if: scalar('if(boolean, T), if(boolean, T, T)', ([when, then, otherwise, ...more]) => {
    if (when === undefined || then === undefined || more.length > 0) return undefined;
    const type = commonType([then.type, otherwise?.type ?? 'unknown']);
    if (!isA(when.type, 'boolean') || type === undefined) return undefined;
    const rest = otherwise === undefined ? 'NULL' : coerced(otherwise, type);
    return { type, sql: `CASE WHEN ${when.sql} THEN ${coerced(then, type)} ELSE ${rest} END` };
  }),
  nullif: scalar('nullif(T, T)', (inputs) => {
    const [left, right] = exactly(2, inputs);
    if (left === undefined || right === undefined) return undefined;
    if (commonType([left.type, right.type]) === undefined) return undefined;
    return { type: left.type, sql: `nullif(${left.sql}, ${right.sql})` };
  }),

  // text
  concat: scalar('concat(varchar, varchar, …)', (inputs) => {
    if (inputs.length < 2 || !inputs.every(({ type }) => isA(type, 'varchar'))) return undefined;
    return varchar(`(${inputs.map(({ sql }) => sql).join(' || ')})`);
  }),
  length: typed('length(varchar)', ['varchar'], 'bigint', 'length'),
  lower: typed('lower(varchar)', ['varchar'], 'varchar', 'sls_lower'),
  regexp_like: typed(
    'regexp_like(varchar, varchar)',
    ['varchar', 'varchar'],
    'boolean',
    'sls_like',
  ),
  split_part: typed(
    'split_part(varchar, varchar, bigint)',
    ['varchar', 'varchar', 'bigint'],
    'varchar',
    'sls_split_part',
  ),
  substr: scalar('substr(varchar, bigint), substr(varchar, bigint, bigint)', (inputs) => {
    const [text, start, length, ...more] = inputs;
    if (text === undefined || start === undefined || more.length > 0) return undefined;
    const whole = isA(start.type, 'bigint') && isA(length?.type ?? 'bigint', 'bigint');
    if (!isA(text.type, 'varchar') || !whole) return undefined;
    return varchar(`sls_substr(${inputs.map(({ sql }) => sql).join(', ')})`);
  }),
  upper: typed('upper(varchar)', ['varchar'], 'varchar', 'sls_upper'),

  // numbers
  abs: sameNumber('abs'),
  ceil: sameNumber('sls_ceil', 'ceil'),
  ceiling: sameNumber('sls_ceil', 'ceiling'),
  floor: sameNumber('sls_floor', 'floor'),
  round: scalar('round(bigint|double), round(bigint|double, bigint)', ([x, digits, ...more]) => {
    if (x === undefined || more.length > 0 || !isNumeric(x.type)) return undefined;
    if (digits !== undefined && !isA(digits.type, 'bigint')) return undefined;
    const sql = `sls_round(${x.sql}, ${digits?.sql ?? 0})`;
    return { type: x.type, sql: heldAs(x.type, sql) };
  }),

  // time
  date_format: scalar('date_format(timestamp, varchar)', (inputs) => {
    const [at, format] = exactly(2, inputs);
    if (at === undefined || format === undefined) return undefined;
    if (!isTime(at.type) || !isA(format.type, 'varchar')) return undefined;
    return varchar(`sls_date_format(${at.sql}, ${format.sql})`);
  }),
  date_trunc: scalar('date_trunc(varchar, timestamp|bigint)', (inputs) => {
    const [unit, at] = exactly(2, inputs);
    if (unit === undefined || at === undefined || !isA(unit.type, 'varchar')) return undefined;
    if (!isTime(at.type) && at.type !== 'bigint') return undefined;
    const ms = at.type === 'bigint' ? `${at.sql} * 1000` : at.sql;
    const type = at.type === 'timestamp with time zone' ? at.type : 'timestamp';
    return { type, sql: heldAs(type, `sls_date_trunc(${unit.sql}, ${ms})`) };
  }),
  from_unixtime: scalar('from_unixtime(bigint|double)', (inputs) => {
    const [seconds] = exactly(1, inputs);
    if (seconds === undefined || !isNumeric(seconds.type)) return undefined;
    return { type: 'timestamp', sql: heldAs('timestamp', `round(${seconds.sql} * 1000)`) };
  }),
  now: scalar('now()', (inputs) =>
    inputs.length > 0
      ? undefined
      : {
          type: 'timestamp with time zone',
          sql: heldAs('timestamp with time zone', 'sls_now()'),
        },
  ),
  to_unixtime: scalar('to_unixtime(timestamp)', (inputs) => {
    const [at] = exactly(1, inputs);
    if (at === undefined || !isTime(at.type)) return undefined;
    return { type: 'double', sql: `(${at.sql} / 1000.0)` };
  }),
};

/** `name` in lower case. */
export function functionNamed(name: string): SqlFunction | undefined {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

function scalar(expected: string, bind: SqlFunction['bind']): SqlFunction {
  return { kind: 'scalar', expected, bind };
}

function aggregate(expected: string, bind: SqlFunction['bind']): SqlFunction {
  return { kind: 'aggregate', expected, bind };
}

function window(call: string): SqlFunction {
  const bind: SqlFunction['bind'] = (inputs) => (inputs.length > 0 ? undefined : bigint(call));
  return { kind: 'window', expected: call, bind };
}

/** A function with one signature. */
function typed(
  expected: string,
  wanted: readonly SqlType[],
  type: SqlType,
  implementation: string,
): SqlFunction {
  return scalar(expected, (inputs) => {
    if (inputs.length !== wanted.length) return undefined;
    const fits = wanted.every((each, index) => isA(inputs[index]?.type ?? 'unknown', each));
    const sql = `${implementation}(${inputs.map((input) => input.sql).join(', ')})`;
    return fits ? { type, sql: heldAs(type, sql) } : undefined;
  });
}

function sameNumber(implementation: string, name = implementation): SqlFunction {
  return scalar(`${name}(bigint|double)`, (inputs) => {
    const [x] = exactly(1, inputs);
    if (x === undefined || !isNumeric(x.type)) return undefined;
    return { type: x.type, sql: heldAs(x.type, `${implementation}(${x.sql})`) };
  });
}

function extreme(name: 'min' | 'max', inputs: readonly Input[]): Input | undefined {
  const [x] = exactly(1, inputs);
  return x === undefined ? undefined : { type: x.type, sql: `${name}(${x.sql})` };
}

function ofBoolean(name: 'min' | 'max', inputs: readonly Input[]): Input | undefined {
  return inputs.every(({ type }) => isA(type, 'boolean')) ? extreme(name, inputs) : undefined;
}

/** The value travels as text, in which whole numbers of any length are exact. */
function valueBy(implementation: string, inputs: readonly Input[]): Input | undefined {
  const [value, key] = exactly(2, inputs);
  if (value === undefined || key === undefined) return undefined;
  const exact = value.type === 'bigint' ? heldAs('varchar', value.sql) : value.sql;
  const sql = `${implementation}(${exact}, ${key.sql})`;
  return { type: value.type, sql: heldAs(value.type, sql) };
}

function bigint(sql: string): Input {
  return { type: 'bigint', sql };
}

function varchar(sql: string): Input {
  return { type: 'varchar', sql };
}

function distinctIf(distinct: boolean): string {
  return distinct ? 'DISTINCT ' : '';
}

/** The inputs, or none where they are too many or too few. */
function exactly(count: number, inputs: readonly Input[]): readonly Input[] {
  return inputs.length === count ? inputs : [];
}
