import { logError } from '../errors.ts';
import { createMatcher } from '../wildcards.ts';
import { castTo } from './functions.ts';
import { coerced, type Row, requireBoolean, type Typed, typed } from './scope.ts';
import { type Kind, type Position, statementError, unsupported } from './syntax.ts';
import {
  commonType,
  compare,
  isA,
  isNumeric,
  isTime,
  textOf,
  type Value,
  wholeNumber,
} from './values.ts';

const COMPARISONS: Readonly<Record<Kind<'comparison'>['operator'], (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '<>': (order) => order !== 0,
  '=': (order) => order === 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Longer patterns, and those with more `%`, are refused, not waited for. */
const LONGEST_PATTERN = 128;
const MOST_WILDCARDS = 8;

export function comparison({ operator, at }: Kind<'comparison'>, left: Typed, right: Typed): Typed {
  const type = commonType([left.type, right.type]);
  if (type === undefined) throw mismatched(operator, left, right, at);
  const holds = COMPARISONS[operator];
  const read = both(coerced(left, type), coerced(right, type), (a, b) => holds(compare(a, b)));
  return typed('boolean', `(${left.key} ${operator} ${right.key})`, read, left, right);
}

export function between({ at }: Kind<'between'>, value: Typed, low: Typed, high: Typed): Typed {
  const type = commonType([value.type, low.type, high.type]);
  if (type === undefined) {
    throw statementError(
      at,
      `Cannot check if ${value.type} is BETWEEN ${low.type} and ${high.type}`,
    );
  }
  const read = coerced(value, type);
  const above = both(read, coerced(low, type), (a, b) => compare(a, b) >= 0);
  const below = both(read, coerced(high, type), (a, b) => compare(a, b) <= 0);
  const key = `(${value.key} between ${low.key} and ${high.key})`;
  return typed('boolean', key, conjunction(above, below), value, low, high);
}

export function negation({ at }: Kind<'not'>, value: Typed): Typed {
  requireBoolean('Value of logical NOT expression', value, at);
  const read = (row: Row): Value => {
    const known = value.read(row);
    return typeof known === 'boolean' ? !known : null;
  };
  return typed('boolean', `not(${value.key})`, read, value);
}

export function numberLiteral(text: string, at: Position): Typed {
  if (!/^\d+$/.test(text)) {
    const double = Number(text);
    return typed('double', `${text}e0`, () => double);
  }
  const whole = wholeNumber(text);
  if (whole === undefined) throw statementError(at, `Invalid numeric literal: ${text}`);
  return typed('bigint', String(whole), () => whole);
}

export function negative(value: Typed, at: Position): Typed {
  if (!isNumeric(value.type)) throw statementError(at, `'-' cannot be applied to ${value.type}`);
  const read = (row: Row): Value => {
    const number = value.read(row);
    return typeof number === 'bigint' || typeof number === 'number' ? -number : null;
  };
  return typed(value.type, `-(${value.key})`, read, value);
}

export function logical(
  { kind: operator, left: { at }, right: { at: rightAt } }: Kind<'and' | 'or'>,
  left: Typed,
  right: Typed,
): Typed {
  requireBoolean('Left side of logical expression', left, at);
  requireBoolean('Right side of logical expression', right, rightAt);
  const read =
    operator === 'and' ? conjunction(left.read, right.read) : disjunction(left.read, right.read);
  return typed('boolean', `(${left.key} ${operator} ${right.key})`, read, left, right);
}

/** NULL stands for what is not known: with a false it makes false all the same. */
function conjunction(left: (row: Row) => Value, right: (row: Row) => Value) {
  return (row: Row): Value => {
    const one = left(row);
    if (one === false) return false;
    const other = right(row);
    if (other === false) return false;
    return one === null || other === null ? null : true;
  };
}

function disjunction(left: (row: Row) => Value, right: (row: Row) => Value) {
  return (row: Row): Value => {
    const one = left(row);
    if (one === true) return true;
    const other = right(row);
    if (other === true) return true;
    return one === null || other === null ? null : false;
  };
}

/** Null where one of them is. */
function both(
  left: (row: Row) => Value,
  right: (row: Row) => Value,
  compute: (left: NonNullable<Value>, right: NonNullable<Value>) => Value,
): (row: Row) => Value {
  return (row) => {
    const one = left(row);
    if (one === null) return null;
    const other = right(row);
    return other === null ? null : compute(one, other);
  };
}

/** Whole numbers divide to a whole number, cut towards zero. */
export function arithmetic({ operator, at }: Kind<'arithmetic'>, left: Typed, right: Typed): Typed {
  const type = commonType([left.type, right.type]);
  if (type === undefined || !isNumeric(type)) throw mismatched(operator, left, right, at);
  const read = both(coerced(left, type), coerced(right, type), (a, b) =>
    typeof a === 'bigint' && typeof b === 'bigint'
      ? wholeResult(operator, a, b)
      : doubleResult(operator, Number(a), Number(b)),
  );
  return typed(type, `(${left.key} ${operator} ${right.key})`, read, left, right);
}

function wholeResult(operator: Kind<'arithmetic'>['operator'], a: bigint, b: bigint): bigint {
  if ((operator === '/' || operator === '%') && b === 0n) {
    throw logError('ParameterInvalid', 'Division by zero');
  }
  const result = {
    '+': () => a + b,
    '-': () => a - b,
    '*': () => a * b,
    '/': () => a / b,
    '%': () => a % b,
  }[operator]();
  if (BigInt.asIntN(64, result) === result) return result;
  throw logError('ParameterInvalid', `bigint overflow: ${a} ${operator} ${b}`);
}

function doubleResult(operator: Kind<'arithmetic'>['operator'], a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
  }
}

export function membership(value: Typed, items: readonly Typed[], at: Position): Typed {
  const type = commonType([value, ...items].map((each) => each.type));
  if (type === undefined) {
    throw statementError(at, `IN value and list items must be the same type: ${value.type}`);
  }
  const wanted = coerced(value, type);
  const reads = items.map((item) => coerced(item, type));
  const read = (row: Row): Value => {
    const sought = wanted(row);
    if (sought === null) return null;
    let missing: Value = false;
    for (const item of reads) {
      const found = item(row);
      if (found === sought) return true;
      if (found === null) missing = null;
    }
    return missing;
  };
  const key = `(${value.key} in ${items.map((item) => item.key).join(', ')})`;
  return typed('boolean', key, read, value, ...items);
}

export function like({ pattern, at }: Kind<'like'>, value: Typed): Typed {
  if (!isA(value.type, 'varchar')) {
    throw statementError(
      at,
      `Left side of LIKE expression must evaluate to a varchar (actual: ${value.type})`,
    );
  }
  if (pattern.length > LONGEST_PATTERN || pattern.split('%').length - 1 > MOST_WILDCARDS) {
    throw unsupported(
      at,
      `LIKE with a pattern of more than ${LONGEST_PATTERN} characters or ${MOST_WILDCARDS} %`,
    );
  }
  const matches = createMatcher(pattern, { any: '%', one: '_' });
  const read = (row: Row): Value => {
    const text = value.read(row);
    return text === null ? null : matches(String(text));
  };
  return typed('boolean', `(${value.key} like '${pattern}')`, read, value);
}

export function cast({ type, at }: Kind<'cast'>, value: Typed): Typed {
  const key = `cast(${value.key} as ${type})`;
  const ofValue = (compute: (given: NonNullable<Value>) => Value) => (row: Row) => {
    const given = value.read(row);
    return given === null ? null : compute(given);
  };
  if (type === 'varchar') {
    return typed(
      'varchar',
      key,
      ofValue((given) => textOf(given, value.type)),
      value,
    );
  }
  if (type !== 'bigint' && type !== 'double') throw unsupported(at, `a cast to ${type}`);
  if (isTime(value.type) && value.type !== 'unknown') {
    throw statementError(at, `Cannot cast ${value.type} to ${type}`);
  }
  return typed(
    type,
    key,
    ofValue((given) => castTo(type, given)),
    value,
  );
}

function mismatched(operator: string, left: Typed, right: Typed, at: Position): Error {
  return statementError(at, `'${operator}' cannot be applied to ${left.type}, ${right.type}`);
}
