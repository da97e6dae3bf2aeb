import { each } from '../cooperate.ts';
import { type Compiled, compileSelect, sortValue } from './compile-select.ts';
import { type Plan, run } from './engine.ts';
import { coerced, columnOf, type Relation, type Row, type Sorting, same } from './scope.ts';
import { type Query, type Select, statementError, unsupported } from './syntax.ts';
import { commonType } from './values.ts';

/** Without LIMIT. Source: "Log analysis", limits. */
const DEFAULT_ROWS = 100;

interface Environment {
  readonly log: Relation;
  readonly named: ReadonlyMap<string, Relation>;
  /** In a subquery, which must say what it reads from. */
  readonly nested: boolean;
  /** `now()` */
  readonly nowMs: number;
}

/** From a statement's tree to what computes it. Throws what the service throws. */
export function compileStatement(query: Query, log: Relation, nowMs: number): Compiled {
  return compileQuery(query, { log, named: new Map(), nested: false, nowMs });
}

function compileQuery(query: Query, outside: Environment): Compiled {
  const named = new Map(outside.named);
  for (const each of query.named) {
    named.set(each.name.toLowerCase(), subquery(each.query, { ...outside, named }));
  }
  const environment = { ...outside, named };
  const { orderBy, limit } = query;
  const whole = {
    orderBy,
    offset: limit?.offset ?? 0,
    count: limit?.count ?? (outside.nested ? undefined : DEFAULT_ROWS),
    nowMs: outside.nowMs,
  };
  const [first, ...others] = query.selects;
  if (others.length === 0) {
    return compileSelect(first, { ...whole, relation: relationOf(first, environment) });
  }
  const part = { orderBy: [], offset: 0, count: undefined, nowMs: outside.nowMs };
  const parts = query.selects.map((select) =>
    compileSelect(select, { ...part, relation: relationOf(select, environment) }),
  );
  return union(query, parts, whole);
}

/** Computed once, however often it is read. */
function subquery(query: Query, environment: Environment): Relation {
  const compiled = compileQuery(query, { ...environment, nested: true });
  if (query.limit?.paged === true) {
    throw statementError(query.limit.at, 'limit x,y is available in the outermost query only');
  }
  return relationOver(compiled);
}

function relationOver({ columns, rows }: Compiled): Relation {
  let computed: readonly Row[] | undefined;
  return {
    names: [],
    columns: columns.map((column, index) => ({ ...column, place: () => index })),
    *scan() {
      computed ??= yield* rows();
      return computed;
    },
  };
}

function union(
  query: Query,
  parts: readonly Compiled[],
  { offset, count, nowMs }: Pick<Plan, 'offset' | 'count'> & { readonly nowMs: number },
): Compiled {
  const [first] = parts;
  const at = query.selects[1]?.at ?? query.selects[0].at;
  if (parts.some((part) => part.columns.length !== first?.columns.length)) {
    throw statementError(at, 'UNION query has different number of fields');
  }
  const columns = (first?.columns ?? []).map(({ name }, index) => {
    const types = parts.flatMap((part) => part.columns[index]?.type ?? []);
    const type = commonType(types);
    if (type !== undefined) return { name, type };
    throw statementError(
      at,
      `column ${index + 1} in UNION query has incompatible types: ${types.join(', ')}`,
    );
  });
  const relation = relationOver({
    columns,
    *rows() {
      const rows: Row[] = [];
      for (const part of parts.map(relationOver)) {
        const reads = part.columns.map((column, index) =>
          coerced(columnOf(column), columns[index]?.type ?? column.type),
        );
        yield* each(yield* part.scan(), (row) => {
          rows.push(reads.map((read) => read(row)));
        });
      }
      return rows;
    },
  });
  const items = relation.columns.map((column) => ({ ...columnOf(column), name: column.name }));
  const collected = { aggregations: [], windows: [] };
  const scope = { relation, grouped: new Map<string, number>(), collected, nowMs };
  const order = query.orderBy.map(
    (item): Sorting => ({ item, value: sortValue(item, items, scope) }),
  );
  const plan: Plan = {
    scan: () => relation.scan(),
    where: undefined,
    grouping: undefined,
    having: undefined,
    windows: collected.windows,
    items,
    distinct: false,
    order,
    offset,
    count,
  };
  return { columns, rows: () => run(plan) };
}

function relationOf({ from: source, at: selectAt }: Select, environment: Environment): Relation {
  if (source === undefined) {
    if (!environment.nested) return environment.log;
    throw statementError(
      selectAt,
      'you are using nested sql, please specify FROM LogStore in the innermost sql',
    );
  }
  if (source.kind === 'query') return renamed(subquery(source.query, environment), source.alias);
  const { name, alias, at } = source;
  const named = environment.named.get(name.toLowerCase());
  if (named !== undefined) return renamed(named, alias ?? name);
  const { log } = environment;
  if (log.names.some((each) => same(each, name))) return renamed(log, alias ?? name);
  throw unsupported(at, `another logstore (${name})`);
}

function renamed(relation: Relation, alias: string | undefined): Relation {
  return {
    names: alias === undefined ? [] : [alias],
    columns: relation.columns,
    scan: () => relation.scan(),
  };
}
