import type { Steps } from '../cooperate.ts';
import { type Plan, run } from './engine.ts';
import { compile } from './expressions.ts';
import {
  type Relation,
  type Row,
  requireBoolean,
  type Scope,
  type Sorting,
  same,
  type Typed,
} from './scope.ts';
import {
  type Column,
  type Expression,
  type Select,
  type SelectItem,
  type SortItem,
  statementError,
} from './syntax.ts';
import type { SqlType } from './values.ts';

/** A query that can be computed. */
export interface Compiled {
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
  rows(): Steps<readonly Row[]>;
}

/** One column of the SELECT list. */
interface Named {
  readonly value: Expression;
  readonly name: string;
}

/** What stands around a SELECT. */
interface SelectPlace {
  readonly relation: Relation;
  readonly orderBy: readonly SortItem[];
  readonly offset: number;
  /** `undefined`: all rows. */
  readonly count: number | undefined;
  /** `now()` */
  readonly nowMs: number;
}

/** Throws what the service throws. */
export function compileSelect(select: Select, place: SelectPlace): Compiled {
  const { relation, nowMs, orderBy, offset, count } = place;
  const collected: Scope['collected'] = { aggregations: [], windows: [] };
  const plain: Scope = { relation, grouped: new Map(), collected, nowMs };
  const expressions = select.items
    .flatMap((item) => expand(item, relation))
    .map(({ value, name }, index): Named => ({ value, name: name ?? `_col${index}` }));
  const keys = new Map(
    select.groupBy.map((each) => {
      const key = groupingOf(each, expressions, plain);
      return [key.key, key] as const;
    }),
  );
  const grouped = new Map([...keys.keys()].map((key, place) => [key, place]));
  const scope: Scope = { ...plain, grouped };
  const items = expressions.map(({ value, name }) => ({ ...compile(value, scope), name }));
  const where = select.where === undefined ? undefined : whereOf(select.where, plain);
  const having = select.having === undefined ? undefined : havingOf(select.having, scope);
  const order = orderBy.map((item): Sorting => ({ item, value: sortValue(item, items, scope) }));

  const outputs = [
    ...items,
    ...(having === undefined ? [] : [having]),
    ...order.map(({ value }) => value),
  ];
  const aggregates = keys.size > 0 || outputs.some(({ aggregated }) => aggregated);
  if (aggregates || having !== undefined) refuseBare(outputs);
  if (select.distinct) refuseUnselected(order, items);
  const plan: Plan = {
    scan: () => relation.scan(),
    where,
    grouping:
      aggregates || having !== undefined
        ? { keys: [...keys.values()], aggregations: collected.aggregations }
        : undefined,
    having,
    windows: collected.windows,
    items,
    distinct: select.distinct,
    order,
    offset,
    count,
  };
  return { columns: items.map(({ name, type }) => ({ name, type })), rows: () => run(plan) };
}

function whereOf(where: Expression, plain: Scope): Typed {
  const condition = compile(where, plain);
  requireBoolean('WHERE clause', condition, where.at);
  if (condition.aggregated || condition.windowed) {
    throw statementError(where.at, 'WHERE clause cannot contain aggregations or window functions');
  }
  return condition;
}

function havingOf(having: Expression, scope: Scope): Typed {
  const condition = compile(having, scope);
  requireBoolean('HAVING clause', condition, having.at);
  if (condition.windowed) {
    throw statementError(having.at, 'HAVING clause cannot contain window functions');
  }
  return condition;
}

function expand(item: SelectItem, relation: Relation) {
  if (item.kind === 'all') {
    return relation.columns.map(({ name }) => {
      const { at } = item;
      const value: Column = { kind: 'column', qualifier: undefined, name, quoted: true, at };
      return { name, value };
    });
  }
  const { value, alias } = item;
  return [{ value, name: alias ?? (value.kind === 'column' ? value.name : undefined) }];
}

/** A number is a place in the SELECT list; a name is a column, else an alias. */
function groupingOf(expression: Expression, items: readonly Named[], scope: Scope): Typed {
  const grouping = compile(groupedBy(expression, items, scope.relation), scope);
  if (!grouping.aggregated && !grouping.windowed) return grouping;
  throw statementError(
    expression.at,
    'GROUP BY clause cannot contain aggregations or window functions',
  );
}

function groupedBy(
  expression: Expression,
  items: readonly Named[],
  { columns }: Relation,
): Expression {
  if (expression.kind === 'number') {
    const item = items[Number(expression.text) - 1];
    if (item !== undefined) return item.value;
    throw statementError(
      expression.at,
      `GROUP BY position ${expression.text} is not in select list`,
    );
  }
  if (expression.kind !== 'column' || expression.qualifier !== undefined) return expression;
  if (columns.some(({ name }) => same(name, expression.name))) return expression;
  return items.find(({ name }) => same(name, expression.name))?.value ?? expression;
}

/** A number is a place in the SELECT list; a name is one of its names, else a column. */
export function sortValue(
  { value: expression }: SortItem,
  items: readonly (Typed & { readonly name: string })[],
  scope: Scope,
): Typed {
  if (expression.kind === 'number') {
    const item = items[Number(expression.text) - 1];
    if (item !== undefined) return item;
    throw statementError(
      expression.at,
      `ORDER BY position ${expression.text} is not in select list`,
    );
  }
  return compile(expression, {
    ...scope,
    alias: ({ name, qualifier }) =>
      qualifier === undefined ? items.find((item) => same(item.name, name)) : undefined,
  });
}

function refuseBare(outputs: readonly Typed[]): void {
  const bare = outputs.find((output) => output.bare !== undefined)?.bare;
  if (bare !== undefined) {
    throw statementError(
      bare.at,
      `Column '${bare.name}' not in GROUP BY clause;please add the column in the index attribute`,
    );
  }
}

function refuseUnselected(order: readonly Sorting[], items: readonly Typed[]): void {
  const unselected = order.find(({ value }) => !items.some(({ key }) => key === value.key));
  if (unselected !== undefined) {
    throw statementError(
      unselected.item.value.at,
      'For SELECT DISTINCT, ORDER BY expressions must appear in select list',
    );
  }
}
