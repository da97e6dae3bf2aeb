import { arithmetic } from './arithmetic.ts';
import { call, modelOf } from './call.ts';
import { caseOf } from './case.ts';
import { cast } from './cast.ts';
import { like } from './like.ts';
import { type Relation, resolveColumn, type Typed } from './scope.ts';
import { type Position, statementError } from './statement-error.ts';
import type { Column, Expression } from './syntax.ts';
import { mismatched, requireBoolean, typed } from './typed.ts';
import { commonType, isA, isNumeric, quoteText } from './types.ts';
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
      return arithmetic(expression, ...translateAll([expression.left, expression.right], scope));
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
      return like(expression, ...translateAll([expression.value, expression.pattern], scope));
    case 'is-null': {
      const value = translate(expression.value, scope);
      return typed('boolean', `(${value.sql} IS NULL)`, value);
    }
    case 'case': {
      const { subject, branches, otherwise } = expression;
      const results = branches.map(({ result }) => result);
      return caseOf(expression, {
        subject: subject === undefined ? undefined : translate(subject, scope),
        whens: branches.map(({ when }) => translate(when, scope)),
        results: translateAll(otherwise === undefined ? results : [...results, otherwise], scope),
      });
    }
    case 'cast':
      return cast(expression, translate(expression.value, scope));
    case 'call': {
      const { inputs, over } = expression;
      const model = modelOf(expression);
      return call(expression, model, {
        inputs: translateAll(inputs, scope),
        partition: translateAll(over?.partitionBy ?? [], scope),
        order: translateAll(
          (over?.orderBy ?? []).map(({ value }) => value),
          scope,
        ),
      });
    }
  }
}

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
