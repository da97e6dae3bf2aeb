import { functionNamed, type SqlFunction } from './functions.ts';
import type { Typed } from './scope.ts';
import { sortSql } from './sort-sql.ts';
import { statementError, unsupported } from './statement-error.ts';
import type { Call } from './syntax.ts';
import { typed } from './typed.ts';

interface CallParts {
  readonly inputs: readonly Typed[];
  readonly partition: readonly Typed[];
  /** Of the window, as `partition`. */
  readonly order: readonly Typed[];
}

/** Asked before the inputs are looked at: of an unknown function nothing else is worth saying. */
export function modelOf({ name, at }: Call): SqlFunction {
  const model = functionNamed(name);
  if (model === undefined) throw unsupported(at, `the function ${name}`);
  return model;
}

export function call(expression: Call, model: SqlFunction, parts: CallParts): Typed {
  const { name, at, star, distinct, over } = expression;
  const { inputs } = parts;
  if (star !== (name === 'count' && inputs.length === 0)) {
    throw statementError(
      at,
      `Unexpected parameters for function ${name}. Expected: ${model.expected}`,
    );
  }
  if (distinct && model.distinct === undefined) throw unsupported(at, `${name}(DISTINCT …)`);
  const bound = model.bind(inputs, distinct);
  if (bound === undefined) {
    throw statementError(
      at,
      `Unexpected parameters (${inputs.map(({ type }) => type).join(', ')}) for function ${name}. ` +
        `Expected: ${model.expected}`,
    );
  }
  if (model.kind === 'window') {
    if (over === undefined) {
      throw statementError(at, `Window function ${name} requires an OVER clause`);
    }
    return windowCall(bound.sql, over, parts);
  }
  if (over !== undefined) throw unsupported(at, `${name}(…) OVER`);
  const made = typed(bound.type, bound.sql, ...inputs);
  if (model.kind === 'scalar') return made;
  if (made.aggregated || made.windowed) {
    throw statementError(
      at,
      `Cannot nest aggregations or window functions inside aggregation '${name}'`,
    );
  }
  return { ...made, bare: [], aggregated: true };
}

function windowCall(
  sql: string,
  over: NonNullable<Call['over']>,
  { partition, order }: CallParts,
): Typed {
  const parts = [...partition, ...order];
  if (parts.some(({ windowed }) => windowed)) {
    const at = over.partitionBy[0]?.at ?? over.orderBy[0]?.value.at;
    throw statementError(at ?? { line: 1, column: 1 }, 'Cannot nest window functions');
  }
  const clauses = [
    ...(partition.length === 0
      ? []
      : [`PARTITION BY ${partition.map((each) => each.sql).join(', ')}`]),
    ...(order.length === 0
      ? []
      : [
          `ORDER BY ${over.orderBy
            .map((item, index) => sortSql(order[index]?.sql ?? 'NULL', item))
            .join(', ')}`,
        ]),
  ];
  return { ...typed('bigint', `${sql} OVER (${clauses.join(' ')})`, ...parts), windowed: true };
}
