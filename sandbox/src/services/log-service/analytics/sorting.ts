import { same, type Typed } from './scope.ts';
import { statementError } from './statement-error.ts';
import type { Expression, SortItem } from './syntax.ts';
import { type Scope, translate } from './translate-expression.ts';
import { heldAs } from './types.ts';

interface SortValue {
  readonly sql: string;
  readonly typed: Typed;
}

/** A number is a place in the SELECT list; a name is one of its names, else a column. */
export function sortValue(
  expression: Expression,
  items: readonly (Typed & { readonly name: string })[],
  scope: Scope,
): SortValue {
  if (expression.kind === 'number') {
    const item = items[Number(expression.text) - 1];
    if (item !== undefined) return { sql: expression.text, typed: item };
    throw statementError(
      expression.at,
      `ORDER BY position ${expression.text} is not in select list`,
    );
  }
  const typed = translate(expression, {
    ...scope,
    alias: ({ name, qualifier }) =>
      qualifier === undefined ? items.find((item) => same(item.name, name)) : undefined,
  });
  const place = items.findIndex((item) => item.sql === typed.sql);
  // By its place where it has one: with DISTINCT and UNION the database takes nothing else.
  return { sql: place === -1 ? notAPlace(typed) : String(place + 1), typed };
}

/** The database would read a constant number as a place in the SELECT list. */
export function notAPlace({ sql, type }: Typed): string {
  return sql.includes('r.c') ? sql : heldAs(type, sql);
}

export function refuseUnselected(
  orderBy: readonly SortItem[],
  sorting: readonly { readonly value: SortValue }[],
  items: readonly Typed[],
): void {
  sorting.forEach(({ value }, index) => {
    if (!items.some(({ sql }) => sql === value.typed.sql)) {
      throw statementError(
        orderBy[index]?.value.at ?? { line: 1, column: 1 },
        'For SELECT DISTINCT, ORDER BY expressions must appear in select list',
      );
    }
  });
}

export function orderClause(sorting: readonly string[]): readonly string[] {
  return sorting.length === 0 ? [] : [`ORDER BY ${sorting.join(', ')}`];
}
