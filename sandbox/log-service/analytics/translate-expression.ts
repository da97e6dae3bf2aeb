import { functionNamed } from './functions.ts';
import { type Relation, resolveColumn, type Typed } from './scope.ts';
import { type Position, statementError, unsupported } from './statement-error.ts';
import type { Call, Column, Expression, SortItem } from './syntax.ts';
import {
  coerced,
  commonType,
  heldAs,
  isA,
  isNumeric,
  isTime,
  quoteText,
  type SqlType,
} from './types.ts';
import { wholeNumber } from './whole-number.ts';

export interface Scope {
  readonly relation: Relation;
  /** The SQL of what is grouped by: with it, an expression is no longer bare. */
  readonly grouped: ReadonlySet<string>;
  /** Looked up before the relation's columns: ORDER BY sees the names of the SELECT list. */
  alias?(column: Column): Typed | undefined;
}

/** Looks up names, checks types, writes the database's SQL. Throws what the service throws. */
export function translate(expression: Expression, scope: Scope): Typed {
  const whole = translateWhole(expression, scope);
  return scope.grouped.has(whole.sql) && !whole.aggregated ? { ...whole, bare: [] } : whole;
}

export function sortSql(value: string, { descending, nullsFirst }: SortItem): string {
  return `${value} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}

function translateWhole(expression: Expression, scope: Scope): Typed {
  const { at } = expression;
  switch (expression.kind) {
    case 'column':
      return scope.alias?.(expression) ?? resolveColumn(expression, scope.relation);
    case 'number':
      return numberLiteral(expression.text, at);
    case 'string':
      return typed('varchar', quoteText(expression.text));
    case 'boolean':
      return typed('boolean', expression.value ? '1' : '0');
    case 'null':
      return typed('unknown', 'NULL');
    case 'negative': {
      const value = translate(expression.value, scope);
      if (!isNumeric(value.type)) {
        throw statementError(at, `'-' cannot be applied to ${value.type}`);
      }
      return typed(value.type, `(- ${value.sql})`, value);
    }
    case 'not': {
      const value = translate(expression.value, scope);
      if (!isA(value.type, 'boolean')) {
        throw statementError(
          at,
          `Value of logical NOT expression must evaluate to a boolean (actual: ${value.type})`,
        );
      }
      return typed('boolean', `(NOT ${value.sql})`, value);
    }
    case 'and':
    case 'or': {
      const left = translate(expression.left, scope);
      const right = translate(expression.right, scope);
      requireBoolean('Left side of logical expression', left, expression.left.at);
      requireBoolean('Right side of logical expression', right, expression.right.at);
      const operator = expression.kind.toUpperCase();
      return typed('boolean', `(${left.sql} ${operator} ${right.sql})`, left, right);
    }
    case 'arithmetic':
      return arithmetic(expression, scope);
    case 'concatenation': {
      const left = translate(expression.left, scope);
      const right = translate(expression.right, scope);
      if (!isA(left.type, 'varchar') || !isA(right.type, 'varchar')) {
        throw mismatched('||', left, right, at);
      }
      return typed('varchar', `(${left.sql} || ${right.sql})`, left, right);
    }
    case 'comparison': {
      const left = translate(expression.left, scope);
      const right = translate(expression.right, scope);
      if (commonType([left.type, right.type]) === undefined) {
        throw mismatched(expression.operator, left, right, at);
      }
      return typed('boolean', `(${left.sql} ${expression.operator} ${right.sql})`, left, right);
    }
    case 'between': {
      const [value, low, high] = translateAll(
        [expression.value, expression.low, expression.high],
        scope,
      );
      if (commonType([value.type, low.type, high.type]) === undefined) {
        throw statementError(
          at,
          `Cannot check if ${value.type} is BETWEEN ${low.type} and ${high.type}`,
        );
      }
      return typed(
        'boolean',
        `(${value.sql} BETWEEN ${low.sql} AND ${high.sql})`,
        value,
        low,
        high,
      );
    }
    case 'in': {
      const value = translate(expression.value, scope);
      const items = expression.items.map((item) => translate(item, scope));
      if (commonType([value, ...items].map(({ type }) => type)) === undefined) {
        throw statementError(at, `IN value and list items must be the same type: ${value.type}`);
      }
      const list = items.map(({ sql }) => sql).join(', ');
      return typed('boolean', `(${value.sql} IN (${list}))`, value, ...items);
    }
    case 'like':
      return like(expression, scope);
    case 'is-null': {
      const value = translate(expression.value, scope);
      return typed('boolean', `(${value.sql} IS NULL)`, value);
    }
    case 'case':
      return translateCase(expression, scope);
    case 'cast':
      return cast(expression, scope);
    case 'call':
      return call(expression, scope);
  }
}

type Kind<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>;

function translateAll<const T extends readonly Expression[]>(
  expressions: T,
  scope: Scope,
): { readonly [I in keyof T]: Typed };
function translateAll(expressions: readonly Expression[], scope: Scope): readonly Typed[] {
  return expressions.map((expression) => translate(expression, scope));
}

function numberLiteral(text: string, at: Position): Typed {
  if (!/^\d+$/.test(text)) return typed('double', text);
  const whole = wholeNumber(text);
  if (whole === undefined) throw statementError(at, `Invalid numeric literal: ${text}`);
  return typed('bigint', whole);
}

/** Whole numbers divide to a whole number; a division of them by zero is an error. */
function arithmetic({ operator, left, right, at }: Kind<'arithmetic'>, scope: Scope): Typed {
  const a = translate(left, scope);
  const b = translate(right, scope);
  const type = commonType([a.type, b.type]);
  if (type === undefined || !isNumeric(type)) throw mismatched(operator, a, b, at);
  if (operator !== '/' && operator !== '%') {
    return typed(type, `(${a.sql} ${operator} ${b.sql})`, a, b);
  }
  if (type === 'double') {
    const name = operator === '/' ? 'sls_divide' : 'sls_modulo';
    return typed(type, heldAs('double', `${name}(${a.sql}, ${b.sql})`), a, b);
  }
  const divisor = /^[1-9]\d*$/.test(b.sql) ? b.sql : heldAs('bigint', `sls_divisor(${b.sql})`);
  return typed(type, `(${a.sql} ${operator} ${divisor})`, a, b);
}

function like({ value, pattern, escapedBy, at }: Kind<'like'>, scope: Scope): Typed {
  const [text, wanted] = translateAll([value, pattern], scope);
  if (!isA(text.type, 'varchar')) {
    throw statementError(
      at,
      `Left side of LIKE expression must evaluate to a varchar (actual: ${text.type})`,
    );
  }
  if (!isA(wanted.type, 'varchar')) {
    throw statementError(
      at,
      `Pattern for LIKE expression must evaluate to a varchar (actual: ${wanted.type})`,
    );
  }
  if (
    escapedBy !== undefined &&
    (escapedBy.kind !== 'string' || [...escapedBy.text].length !== 1)
  ) {
    throw statementError(escapedBy.at, 'Escape must be a single character');
  }
  const escaped = escapedBy?.kind === 'string' ? ` ESCAPE ${quoteText(escapedBy.text)}` : '';
  return typed('boolean', `(${text.sql} LIKE ${wanted.sql}${escaped})`, text, wanted);
}

function translateCase(expression: Kind<'case'>, scope: Scope): Typed {
  const { subject, branches, otherwise, at } = expression;
  const of = subject === undefined ? undefined : translate(subject, scope);
  const whens = branches.map(({ when }) => translate(when, scope));
  const results = [
    ...branches.map(({ result }) => translate(result, scope)),
    ...(otherwise === undefined ? [] : [translate(otherwise, scope)]),
  ];
  whens.forEach((when, index) => {
    const where = branches[index]?.when.at ?? at;
    if (of === undefined) {
      requireBoolean('CASE WHEN clause', when, where);
    } else if (commonType([of.type, when.type]) === undefined) {
      throw statementError(
        where,
        `CASE operand type does not match WHEN clause operand type: ${of.type} vs ${when.type}`,
      );
    }
  });
  const type = commonType(results.map((result) => result.type));
  if (type === undefined) {
    throw statementError(
      at,
      `All CASE results must be the same type: ${results.map((each) => each.type).join(', ')}`,
    );
  }
  const parts = whens.map((when, index) => {
    const then = results[index];
    return `WHEN ${when.sql} THEN ${then === undefined ? 'NULL' : coerced(then, type)}`;
  });
  const last = otherwise === undefined ? undefined : results.at(-1);
  const rest = last === undefined ? '' : ` ELSE ${coerced(last, type)}`;
  const sql = `CASE ${of === undefined ? '' : `${of.sql} `}${parts.join(' ')}${rest} END`;
  return typed(type, `(${sql})`, ...(of === undefined ? [] : [of]), ...whens, ...results);
}

function cast(expression: Kind<'cast'>, scope: Scope): Typed {
  const { type: name, safe, at } = expression;
  const value = translate(expression.value, scope);
  const { type, sql } = value;
  const tried = safe ? 'sls_try_' : 'sls_';
  if (name === 'varchar') return typed('varchar', textSql(value), value);
  if (name !== 'bigint' && name !== 'double') throw unsupported(at, `a cast to ${name}`);
  if (isTime(type) && type !== 'unknown') {
    throw statementError(at, `Cannot cast ${type} to ${name}`);
  }
  if (type === 'boolean' || type === name || (type === 'bigint' && name === 'double')) {
    return typed(name, heldAs(name, sql), value);
  }
  return typed(name, heldAs(name, `${tried}${name}(${sql})`), value);
}

function textSql({ type, sql }: Typed): string {
  switch (type) {
    case 'bigint':
      return heldAs('varchar', sql);
    case 'boolean':
      return `CASE ${sql} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`;
    case 'double':
      return `sls_double_text(${sql})`;
    case 'timestamp':
      return `sls_time_text(${sql}, 0)`;
    case 'timestamp with time zone':
      return `sls_time_text(${sql}, 1)`;
    case 'unknown':
    case 'varchar':
      return sql;
  }
}

function call(expression: Call, scope: Scope): Typed {
  const { name, at, star, distinct, over } = expression;
  const model = functionNamed(name);
  if (model === undefined) throw unsupported(at, `the function ${name}`);
  const inputs = expression.inputs.map((input) => translate(input, scope));
  if (star !== (name === 'count' && inputs.length === 0)) {
    throw statementError(
      at,
      `Unexpected parameters for function ${name}. Expected: ${model.expected}`,
    );
  }
  if (distinct && model.distinct === undefined) throw unsupported(at, `${name}(DISTINCT …)`);
  const bound = model.bind(inputs, distinct);
  if (bound === undefined) {
    throw statementError(
      at,
      `Unexpected parameters (${inputs.map(({ type }) => type).join(', ')}) for function ${name}. ` +
        `Expected: ${model.expected}`,
    );
  }
  if (model.kind === 'window') {
    if (over === undefined) {
      throw statementError(at, `Window function ${name} requires an OVER clause`);
    }
    return windowCall(bound.sql, over, scope);
  }
  if (over !== undefined) throw unsupported(at, `${name}(…) OVER`);
  const made = typed(bound.type, bound.sql, ...inputs);
  if (model.kind === 'scalar') return made;
  if (made.aggregated || made.windowed) {
    throw statementError(
      at,
      `Cannot nest aggregations or window functions inside aggregation '${name}'`,
    );
  }
  return { ...made, bare: [], aggregated: true };
}

function windowCall(sql: string, over: NonNullable<Call['over']>, scope: Scope): Typed {
  const partition = over.partitionBy.map((each) => translate(each, scope));
  const order = over.orderBy.map((item) => translate(item.value, scope));
  const parts = [...partition, ...order];
  if (parts.some(({ windowed }) => windowed)) {
    const at = over.partitionBy[0]?.at ?? over.orderBy[0]?.value.at;
    throw statementError(at ?? { line: 1, column: 1 }, 'Cannot nest window functions');
  }
  const clauses = [
    ...(partition.length === 0
      ? []
      : [`PARTITION BY ${partition.map((each) => each.sql).join(', ')}`]),
    ...(order.length === 0
      ? []
      : [
          `ORDER BY ${over.orderBy
            .map((item, index) => sortSql(order[index]?.sql ?? 'NULL', item))
            .join(', ')}`,
        ]),
  ];
  return { ...typed('bigint', `${sql} OVER (${clauses.join(' ')})`, ...parts), windowed: true };
}

export function requireBoolean(what: string, { type }: Typed, at: Position): void {
  if (!isA(type, 'boolean')) {
    throw statementError(at, `${what} must evaluate to a boolean (actual: ${type})`);
  }
}

function mismatched(operator: string, left: Typed, right: Typed, at: Position): Error {
  return statementError(at, `'${operator}' cannot be applied to ${left.type}, ${right.type}`);
}

function typed(type: SqlType, sql: string, ...parts: readonly Typed[]): Typed {
  return {
    type,
    sql,
    bare: parts.flatMap(({ bare }) => bare),
    aggregated: parts.some(({ aggregated }) => aggregated),
    windowed: parts.some(({ windowed }) => windowed),
  };
}
