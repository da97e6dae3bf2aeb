import { type Relation, same, type Typed } from './scope.ts';
import { statementError } from './statement-error.ts';
import type { Column, Expression } from './syntax.ts';
import { type Scope, translate } from './translate-expression.ts';

/** One column of the SELECT list. */
export interface Named {
  readonly value: Expression;
  readonly name: string;
}

/** A number is a place in the SELECT list; a name is a column, else an alias. */
export function groupingOf(expression: Expression, items: readonly Named[], scope: Scope): Typed {
  const found = itemOf(expression, items, scope);
  const grouping = translate(found, scope);
  if (grouping.aggregated || grouping.windowed) {
    throw statementError(
      expression.at,
      'GROUP BY clause cannot contain aggregations or window functions',
    );
  }
  return grouping;
}

function itemOf(expression: Expression, items: readonly Named[], scope: Scope): Expression {
  if (expression.kind === 'number') {
    const item = items[Number(expression.text) - 1];
    if (item !== undefined) return item.value;
    throw statementError(
      expression.at,
      `GROUP BY position ${expression.text} is not in select list`,
    );
  }
  if (expression.kind !== 'column' || isColumn(expression, scope.relation)) return expression;
  return items.find((item) => same(item.name, expression.name))?.value ?? expression;
}

function isColumn({ name, qualifier }: Column, relation: Relation): boolean {
  return qualifier !== undefined || relation.columns.some((column) => same(column.name, name));
}
