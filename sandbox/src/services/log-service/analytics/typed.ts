import type { Typed } from './scope.ts';
import { type Position, statementError } from './statement-error.ts';
import { isA, type SqlType } from './types.ts';

/** SQL that is made of parts, with what counts for all of them. */
export function typed(type: SqlType, sql: string, ...parts: readonly Typed[]): Typed {
  return {
    type,
    sql,
    bare: parts.flatMap(({ bare }) => bare),
    aggregated: parts.some(({ aggregated }) => aggregated),
    windowed: parts.some(({ windowed }) => windowed),
  };
}

export function requireBoolean(what: string, { type }: Typed, at: Position): void {
  if (!isA(type, 'boolean')) {
    throw statementError(at, `${what} must evaluate to a boolean (actual: ${type})`);
  }
}

export function mismatched(operator: string, left: Typed, right: Typed, at: Position): Error {
  return statementError(at, `'${operator}' cannot be applied to ${left.type}, ${right.type}`);
}
