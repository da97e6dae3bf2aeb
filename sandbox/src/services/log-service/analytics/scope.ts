import { createHash } from 'node:crypto';
import type { Steps } from '../cooperate.ts';
import { type Column, type Position, type SortItem, statementError } from './syntax.ts';
import { isA, type SqlType, type Value } from './values.ts';

/** Of a table; of a group: what it is grouped by, then its aggregations. */
export type Row = readonly Value[];

/** An expression, compiled: how it is computed, and what its place in the statement depends on. */
export interface Typed {
  readonly type: SqlType;
  /** The same for expressions that say the same: what GROUP BY, ORDER BY and DISTINCT go by. */
  readonly key: string;
  readonly read: (row: Row) => Value;
  /** The first of its columns that is outside of an aggregation and not grouped by. */
  readonly bare: { readonly name: string; readonly at: Position } | undefined;
  readonly aggregated: boolean;
  readonly windowed: boolean;
}

/** What FROM gives. */
export interface Relation {
  /** `x` in `x.column` */
  readonly names: readonly string[];
  readonly columns: readonly RelationColumn[];
  /** Its rows now. Safe to repeat. */
  scan(): Steps<readonly Row[]>;
}

export interface RelationColumn {
  readonly name: string;
  readonly type: SqlType;
  /** Its place in the rows; asked for by whoever reads it. */
  place(): number;
}

/** What the expressions of one SELECT are compiled against. */
export interface Scope {
  readonly relation: Relation;
  /** What is grouped by, by its key: its place in the row of a group. */
  readonly grouped: ReadonlyMap<string, number>;
  /** Those that were met on the way. */
  readonly collected: { readonly aggregations: Aggregation[]; readonly windows: Numbering[] };
  /** `now()` */
  readonly nowMs: number;
  /** Looked up before the relation's columns: ORDER BY sees the names of the SELECT list. */
  alias?(column: Column): Typed | undefined;
}

/** Computed over the rows of a group. */
export interface Aggregation {
  readonly key: string;
  readonly inputs: readonly Typed[];
  start(): Fold;
}

export interface Fold {
  add(first: Value, second: Value): void;
  result(): Value;
}

/** `row_number() over (…)` and its kin: computed after the groups, before the output. */
export interface Numbering {
  readonly kind: NumberingKind;
  readonly partition: readonly Typed[];
  readonly order: readonly Sorting[];
  readonly numbers: Map<Row, bigint>;
}

/** Of rows that are equal by their order: a number each, the first one's, or the next one for all. */
export type NumberingKind = 'row_number' | 'rank' | 'dense_rank';

export interface Sorting {
  readonly value: Typed;
  readonly item: SortItem;
}

/** Computed from its parts, with what counts for all of them. */
export function typed(
  type: SqlType,
  key: string,
  read: (row: Row) => Value,
  ...parts: readonly Typed[]
): Typed {
  return {
    type,
    key: shortKey(key),
    read,
    bare: parts.find(({ bare }) => bare !== undefined)?.bare,
    aggregated: parts.some(({ aggregated }) => aggregated),
    windowed: parts.some(({ windowed }) => windowed),
  };
}

/** Each level of an expression has those below it in its key: whole, their lengths would multiply. */
function shortKey(key: string): string {
  return key.length > LONGEST_KEY ? createHash('sha256').update(key).digest('base64') : key;
}

const LONGEST_KEY = 200;

/** Its values where a bigint among doubles becomes one; other types need no change. */
export function coerced(value: Typed, to: SqlType): (row: Row) => Value {
  const { read, type } = value;
  if (to !== 'double' || type !== 'bigint') return read;
  return (row) => {
    const whole = read(row);
    return whole === null ? null : Number(whole);
  };
}

export function requireBoolean(what: string, { type }: Typed, at: Position): void {
  if (!isA(type, 'boolean')) {
    throw statementError(at, `${what} must evaluate to a boolean (actual: ${type})`);
  }
}

/** Names are looked up without case. Throws `ParameterInvalid` as the service does. */
export function resolveColumn(column: Column, relation: Relation): Typed {
  const { name, qualifier, at } = column;
  const known = qualifier === undefined || relation.names.some((each) => same(each, qualifier));
  const found = known ? relation.columns.filter((each) => same(each.name, name)) : [];
  const [first] = found;
  if (first === undefined) throw unresolved(column);
  if (found.length > 1) throw statementError(at, `Column '${name}' is ambiguous`);
  return { ...columnOf(first), bare: { name, at } };
}

export function columnOf(column: RelationColumn): Typed {
  const place = column.place();
  return typed(column.type, `c${place}`, (row) => row[place] ?? null);
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
