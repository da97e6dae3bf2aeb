import { aggregateNamed, distinctFold } from './aggregates.ts';
import { scalarNamed } from './functions.ts';
import {
  arithmetic,
  between,
  cast,
  comparison,
  like,
  logical,
  membership,
  negation,
  negative,
  numberLiteral,
} from './operators.ts';
import {
  type Aggregation,
  coerced,
  type NumberingKind,
  type Row,
  requireBoolean,
  resolveColumn,
  type Scope,
  type Sorting,
  type Typed,
  typed,
} from './scope.ts';
import { type Call, type Expression, type Kind, statementError, unsupported } from './syntax.ts';
import { commonType, type Value } from './values.ts';

const NUMBERINGS: readonly NumberingKind[] = ['row_number', 'rank', 'dense_rank'];

/** Looks up names, checks types. Throws what the service throws. */
export function compile(expression: Expression, scope: Scope): Typed {
  const whole = compileWhole(expression, scope);
  const place = scope.grouped.get(whole.key);
  if (place === undefined || whole.aggregated) return whole;
  return typed(whole.type, whole.key, (row) => row[place] ?? null);
}

function compileWhole(expression: Expression, scope: Scope): Typed {
  const part = (inner: Expression): Typed => compile(inner, scope);
  switch (expression.kind) {
    case 'column':
      return scope.alias?.(expression) ?? resolveColumn(expression, scope.relation);
    case 'number':
      return numberLiteral(expression.text, expression.at);
    case 'string':
      return typed('varchar', `'${expression.text}'`, () => expression.text);
    case 'boolean':
      return typed('boolean', String(expression.value), () => expression.value);
    case 'null':
      return typed('unknown', 'null', () => null);
    case 'negative':
      return negative(part(expression.value), expression.at);
    case 'not':
      return negation(expression, part(expression.value));
    case 'and':
    case 'or':
      return logical(expression, part(expression.left), part(expression.right));
    case 'arithmetic':
      return arithmetic(expression, part(expression.left), part(expression.right));
    case 'comparison':
      return comparison(expression, part(expression.left), part(expression.right));
    case 'between':
      return between(
        expression,
        part(expression.value),
        part(expression.low),
        part(expression.high),
      );
    case 'in':
      return membership(part(expression.value), expression.items.map(part), expression.at);
    case 'like':
      return like(expression, part(expression.value));
    case 'is-null': {
      const value = part(expression.value);
      return typed('boolean', `isnull(${value.key})`, (row) => value.read(row) === null, value);
    }
    case 'case':
      return caseOf(expression, part);
    case 'cast':
      return cast(expression, part(expression.value));
    case 'call':
      return call(expression, scope);
  }
}

function caseOf(
  { subject, branches, otherwise, at }: Kind<'case'>,
  part: (inner: Expression) => Typed,
): Typed {
  const of = subject === undefined ? undefined : part(subject);
  const whens = branches.map(({ when }) => {
    const condition = part(when);
    if (subject === undefined || of === undefined) {
      requireBoolean('CASE WHEN clause', condition, when.at);
      return condition;
    }
    if (commonType([of.type, condition.type]) === undefined) {
      throw statementError(
        when.at,
        `CASE operand type does not match WHEN clause operand type: ${of.type} vs ${condition.type}`,
      );
    }
    const equals = { kind: 'comparison', operator: '=', left: subject, right: when, at } as const;
    return comparison(equals, of, condition);
  });
  const results = branches.map(({ result }) => part(result));
  const last = otherwise === undefined ? [] : [part(otherwise)];
  const all = [...results, ...last];
  const type = commonType(all.map((result) => result.type));
  if (type === undefined) {
    throw statementError(
      at,
      `All CASE results must be the same type: ${all.map((each) => each.type).join(', ')}`,
    );
  }
  const reads = all.map((result) => coerced(result, type));
  const read = (row: Row): Value => {
    const taken = whens.findIndex((when) => when.read(row) === true);
    return reads[taken === -1 ? whens.length : taken]?.(row) ?? null;
  };
  const parts = [...whens, ...all];
  return typed(type, `case(${parts.map(({ key }) => key).join(', ')})`, read, ...parts);
}

function call(expression: Call, scope: Scope): Typed {
  const { name, at, star, distinct, over } = expression;
  const kind = NUMBERINGS.find((each) => each === name);
  if (kind !== undefined) return numbering(kind, expression, scope);
  const scalar = scalarNamed(name);
  const aggregate = aggregateNamed(name);
  const model = scalar ?? aggregate;
  // Of an unknown function nothing else is worth saying.
  if (model === undefined) throw unsupported(at, `the function ${name}`);
  if (over !== undefined) throw unsupported(at, `${name}(…) OVER`);
  if (star !== (name === 'count' && expression.inputs.length === 0)) {
    throw statementError(
      at,
      `Unexpected parameters for function ${name}. Expected: ${model.expected}`,
    );
  }
  if (distinct && name !== 'count') throw unsupported(at, `${name}(DISTINCT …)`);
  const made =
    aggregate === undefined
      ? scalar?.bind(inputsOf(expression, scope), scope.nowMs)
      : aggregation(expression, scope);
  if (made !== undefined) return made;
  const types = inputsOf(expression, scope).map(({ type }) => type);
  throw statementError(
    at,
    `Unexpected parameters (${types.join(', ')}) for function ${name}. Expected: ${model.expected}`,
  );
}

function inputsOf({ inputs }: Call, scope: Scope): readonly Typed[] {
  return inputs.map((input) => compile(input, scope));
}

/** Its inputs are those of the rows of a group, whatever the group itself is called. */
function aggregation(expression: Call, scope: Scope): Typed | undefined {
  const { name, at, distinct } = expression;
  const { alias: _, ...rows } = { ...scope, grouped: new Map<string, number>() };
  const inputs = inputsOf(expression, rows);
  const bound = aggregateNamed(name)?.bind(inputs);
  if (bound === undefined) return undefined;
  if (inputs.some(({ aggregated, windowed }) => aggregated || windowed)) {
    throw statementError(
      at,
      `Cannot nest aggregations or window functions inside aggregation '${name}'`,
    );
  }
  const key = `${name}(${distinct ? 'distinct ' : ''}${inputs.map((each) => each.key).join(', ')})`;
  const { aggregations } = scope.collected;
  const known = aggregations.findIndex((each) => each.key === key);
  const index = known === -1 ? aggregations.length : known;
  const start = distinct ? () => distinctFold(bound.start()) : bound.start;
  if (known === -1) aggregations.push({ key, inputs, start } satisfies Aggregation);
  const place = scope.grouped.size + index;
  return { ...typed(bound.type, key, (row) => row[place] ?? null), aggregated: true };
}

function numbering(
  kind: NumberingKind,
  { inputs, star, distinct, over, at }: Call,
  scope: Scope,
): Typed {
  if (inputs.length > 0 || star || distinct) {
    throw statementError(at, `Unexpected parameters for function ${kind}. Expected: ${kind}()`);
  }
  if (over === undefined) {
    throw statementError(at, `Window function ${kind} requires an OVER clause`);
  }
  const partition = over.partitionBy.map((each) => compile(each, scope));
  const order = over.orderBy.map((item): Sorting => ({ item, value: compile(item.value, scope) }));
  const parts = [...partition, ...order.map(({ value }) => value)];
  if (parts.some(({ windowed }) => windowed)) {
    throw statementError(at, 'Cannot nest window functions');
  }
  const numbers = new Map<Row, bigint>();
  scope.collected.windows.push({ kind, partition, order, numbers });
  const sorting = order.map(({ value, item }) => `${value.key} ${item.descending}`);
  const key = `${kind}(${partition.map((each) => each.key).join(', ')}; ${sorting.join(', ')})`;
  const read = (row: Row): Value => numbers.get(row) ?? null;
  return { ...typed('bigint', key, read, ...parts), windowed: true };
}
