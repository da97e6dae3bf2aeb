import type { Output } from './output.ts';
import type { Relation, RelationColumn, Typed } from './scope.ts';
import { sortSql } from './sort-sql.ts';
import { orderClause, sortValue } from './sorting.ts';
import { statementError } from './statement-error.ts';
import type { Query } from './syntax.ts';
import type { Scope } from './translate-expression.ts';
import { coerced, commonType } from './types.ts';

/** `parts`: the query's SELECTs. */
export function unionOf(query: Query, parts: readonly Output[]): Output {
  const [first] = parts;
  const columns = (first?.columns ?? []).map(({ name }, index) => {
    const types = parts.map((part) => part.columns[index]?.type);
    const type = commonType(types.filter((each) => each !== undefined));
    const at = query.selects[1]?.at ?? { line: 1, column: 1 };
    if (parts.some((part) => part.columns.length !== first?.columns.length)) {
      throw statementError(at, 'UNION query has different number of fields');
    }
    if (type === undefined) {
      throw statementError(
        at,
        `column ${index + 1} in UNION query has incompatible types: ${types.join(', ')}`,
      );
    }
    return { name, type };
  });
  const branches = parts.map((part) => {
    const list = columns.map(({ type }, index) => {
      const from = part.columns[index]?.type ?? type;
      return `${coerced({ sql: `r.c${index}`, type: from }, type)} AS c${index}`;
    });
    return `SELECT ${list.join(', ')} FROM (${part.sql}) AS r`;
  });
  const relation: Relation = {
    sql: `(${branches.join(' UNION ALL ')})`,
    names: [],
    columns: columns.map(({ name, type }, index) => ({ name, type, sql: `r.c${index}` })),
  };
  const items = relation.columns.map((column) => ({ ...plainColumn(column), name: column.name }));
  const scope: Scope = { relation, grouped: new Set() };
  const sorting = query.orderBy.map((item) =>
    sortSql(sortValue(item.value, items, scope).sql, item),
  );
  const list = items.map(({ sql }, index) => `${sql} AS c${index}`);
  return {
    sql: [`SELECT ${list.join(', ')} FROM ${relation.sql} AS r`, ...orderClause(sorting)].join(' '),
    columns,
  };
}

function plainColumn(column: RelationColumn): Typed {
  return { sql: column.sql, type: column.type, bare: [], aggregated: false, windowed: false };
}
