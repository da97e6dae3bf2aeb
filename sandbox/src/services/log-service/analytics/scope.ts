import { type Position, statementError } from './statement-error.ts';
import type { Column } from './syntax.ts';
import type { SqlType } from './types.ts';

/** An expression in the database's SQL, and what its place in the statement depends on. */
export interface Typed {
  readonly sql: string;
  readonly type: SqlType;
  /** Columns outside of an aggregation and not grouped by. */
  readonly bare: readonly Bare[];
  readonly aggregated: boolean;
  readonly windowed: boolean;
}

interface Bare {
  readonly name: string;
  readonly at: Position;
}

/** What FROM gives: columns by name, read as `r.c0`, `r.c1`, …: one relation, so one name will do. */
export interface Relation {
  readonly sql: string;
  /** `x` in `x.column` */
  readonly names: readonly string[];
  readonly columns: readonly RelationColumn[];
}

export interface RelationColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly sql: string;
  /** Told which columns of the logstore a statement reads. */
  readonly used?: () => void;
}

/** Names are looked up without case. Throws `ParameterInvalid` as the service does. */
export function resolveColumn(column: Column, relation: Relation): Typed {
  const { name, qualifier, at } = column;
  const known = qualifier === undefined || relation.names.some((each) => same(each, qualifier));
  const found = known ? relation.columns.filter((each) => same(each.name, name)) : [];
  const [first] = found;
  if (first === undefined) throw unresolved(column);
  if (found.length > 1) throw statementError(at, `Column '${name}' is ambiguous`);
  first.used?.();
  return {
    sql: first.sql,
    type: first.type,
    bare: [{ name, at }],
    aggregated: false,
    windowed: false,
  };
}

export function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function unresolved({ name, qualifier, quoted, at }: Column): Error {
  const whole = qualifier === undefined ? name : `${qualifier}.${name}`;
  const hint = quoted
    ? ` it seems ${name} is wrapper by ";if ${name} is a string ,not a key field, please use '${name}'`
    : 'please add the column in the index attribute';
  return statementError(at, `Column '${whole}' cannot be resolved;${hint}`);
}
