import { groupingOf, type Named } from './grouping.ts';
import type { LogTable } from './log-table.ts';
import type { Output } from './output.ts';
import { type Relation, same, type Typed } from './scope.ts';
import { sortSql } from './sort-sql.ts';
import { notAPlace, orderClause, refuseUnselected, sortValue } from './sorting.ts';
import { statementError, unsupported } from './statement-error.ts';
import type { Expression, Query, Select, SelectItem, SortItem, Source } from './syntax.ts';
import { type Scope, translate } from './translate-expression.ts';
import { requireBoolean } from './typed.ts';
import type { SqlType } from './types.ts';
import { unionOf } from './union.ts';

export interface Translation {
  /** Over the table `log`; one text or number for each column. */
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
  /** The logstore's columns that the table `log` needs: column 5 under the name `c5`. */
  readonly used: readonly number[];
}

/** Without LIMIT. Source: "Log analysis", limits. */
const DEFAULT_ROWS = 100;

/** From a statement's tree to the database's SQL. Throws what the service throws. */
export function translateStatement(query: Query, table: LogTable): Translation {
  const used = new Set<number>();
  const log: Relation = {
    sql: 'log',
    names: ['log', table.name],
    columns: table.columns.map(({ name, type }, index) => ({
      name,
      type,
      sql: `r.c${index}`,
      used: () => used.add(index),
    })),
  };
  const outer = translateQuery(query, { log, named: new Map(), nested: false });
  refuseTwins(query, outer);
  const { offset, count } = query.limit ?? { offset: 0, count: DEFAULT_ROWS };
  const list = outer.columns.map(({ type }, index) =>
    // As text, which is exact at any size.
    type === 'bigint' ? `CAST(q.c${index} AS TEXT)` : `q.c${index}`,
  );
  const limited = `${outer.sql} LIMIT ${count} OFFSET ${offset}`;
  return {
    sql: `SELECT ${list.join(', ')} FROM (${limited}) AS q`,
    columns: outer.columns,
    used: [...used],
  };
}

interface Environment {
  readonly log: Relation;
  readonly named: ReadonlyMap<string, Relation>;
  /** In a subquery, which must say what it reads from. */
  readonly nested: boolean;
}

function translateQuery(query: Query, outside: Environment): Output {
  const named = new Map(outside.named);
  for (const each of query.named) {
    named.set(each.name.toLowerCase(), subquery(each.query, { ...outside, named }));
  }
  const environment = { ...outside, named };
  const [first, ...others] = query.selects;
  if (first === undefined) throw new Error('A query has a SELECT.');
  if (others.length === 0) return translateSelect(first, query.orderBy, environment);
  const parts = query.selects.map((select) => translateSelect(select, [], environment));
  return unionOf(query, parts);
}

function subquery(query: Query, environment: Environment): Relation {
  const { sql, columns } = translateQuery(query, { ...environment, nested: true });
  if (query.limit?.paged === true) {
    throw statementError(query.limit.at, 'limit x,y is available in the outermost query only');
  }
  const limit = query.limit === undefined ? '' : ` LIMIT ${query.limit.count}`;
  return {
    sql: `(${sql}${limit})`,
    names: [],
    columns: columns.map(({ name, type }, index) => ({ name, type, sql: `r.c${index}` })),
  };
}

function translateSelect(
  select: Select,
  orderBy: readonly SortItem[],
  environment: Environment,
): Output {
  const relation = relationOf(select.from, select, environment);
  const plain: Scope = { relation, grouped: new Set() };
  const expressions = select.items
    .flatMap((item) => expand(item, relation))
    .map(({ value, name }, index): Named => ({ value, name: name ?? `_col${index}` }));
  const grouping = select.groupBy.map((each) => groupingOf(each, expressions, plain));
  const scope: Scope = { relation, grouped: new Set(grouping.map(({ sql }) => sql)) };
  const items = expressions.map(({ value, name }) => ({ ...translate(value, scope), name }));
  const where = select.where === undefined ? undefined : translate(select.where, plain);
  const having = select.having === undefined ? undefined : translate(select.having, scope);
  const sorting = orderBy.map((item) => ({
    item,
    value: sortValue(item.value, items, scope),
  }));

  if (select.where !== undefined && where !== undefined) {
    requireBoolean('WHERE clause', where, select.where.at);
    if (where.aggregated || where.windowed) {
      throw statementError(
        select.where.at,
        'WHERE clause cannot contain aggregations or window functions',
      );
    }
  }
  if (select.having !== undefined && having !== undefined) {
    requireBoolean('HAVING clause', having, select.having.at);
    if (having.windowed) {
      throw statementError(select.having.at, 'HAVING clause cannot contain window functions');
    }
  }
  const outputs: readonly Typed[] = [
    ...items,
    ...(having === undefined ? [] : [having]),
    ...sorting.map(({ value }) => value.typed),
  ];
  const aggregates = grouping.length > 0 || outputs.some(({ aggregated }) => aggregated);
  if (aggregates || having !== undefined) refuseBare(outputs);
  if (select.distinct) refuseUnselected(orderBy, sorting, items);

  const clauses = [
    `SELECT ${select.distinct ? 'DISTINCT ' : ''}${items.map(({ sql }, index) => `${sql} AS c${index}`).join(', ')}`,
    `FROM ${relation.sql} AS r`,
    ...(where === undefined ? [] : [`WHERE ${where.sql}`]),
    ...(grouping.length === 0 ? [] : [`GROUP BY ${grouping.map(notAPlace).join(', ')}`]),
    ...(having === undefined ? [] : [`HAVING ${having.sql}`]),
    ...orderClause(sorting.map(({ item, value }) => sortSql(value.sql, item))),
  ];
  return { sql: clauses.join(' '), columns: items.map(({ name, type }) => ({ name, type })) };
}

function relationOf(
  source: Source | undefined,
  select: Select,
  environment: Environment,
): Relation {
  if (source === undefined) {
    if (!environment.nested) return environment.log;
    throw statementError(
      select.at,
      'you are using nested sql, please specify FROM LogStore in the innermost sql',
    );
  }
  if (source.kind === 'query') {
    return renamed(subquery(source.query, environment), source.alias);
  }
  const { name, alias, at } = source;
  const named = environment.named.get(name.toLowerCase());
  if (named !== undefined) return renamed(named, alias ?? name);
  if (environment.log.names.some((each) => same(each, name)))
    return renamed(environment.log, alias ?? name);
  throw unsupported(at, `another logstore (${name})`);
}

function renamed(relation: Relation, alias: string | undefined): Relation {
  return { ...relation, names: alias === undefined ? [] : [alias] };
}

function expand(
  item: SelectItem,
  relation: Relation,
): readonly {
  readonly value: Expression;
  readonly name: string | undefined;
}[] {
  if (item.kind === 'all') {
    return relation.columns.map(({ name }) => ({
      name,
      value: { kind: 'column', qualifier: undefined, name, quoted: true, at: item.at },
    }));
  }
  const { value, alias } = item;
  return [{ value, name: alias ?? (value.kind === 'column' ? value.name : undefined) }];
}

function refuseBare(outputs: readonly Typed[]): void {
  const bare = outputs.flatMap((output) => output.bare)[0];
  if (bare !== undefined) {
    throw statementError(
      bare.at,
      `Column '${bare.name}' not in GROUP BY clause;please add the column in the index attribute`,
    );
  }
}

/** A row is an object: of two columns of one name only one would be seen. */
function refuseTwins(query: Query, output: Output): void {
  const names = output.columns.map(({ name }) => name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  const at = query.selects[0]?.at;
  if (twin !== undefined && at !== undefined) {
    throw unsupported(at, `two columns of the same name (${twin})`);
  }
}
