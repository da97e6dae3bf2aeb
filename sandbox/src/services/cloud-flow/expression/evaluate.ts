import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { ArgumentError, BUILT_IN_FUNCTIONS } from './built-in-functions.ts';
import type { Comparison, Expression, Variable } from './syntax.ts';

/** What the variables stand for; absent where the language has no such variable there. */
export type Scope = Readonly<Partial<Record<Variable, JsonObject>>>;

/** The expression has no value that a document describes. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

export function evaluate(expression: Expression, scope: Scope): Json {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'object':
      return Object.fromEntries(
        expression.members.map(({ key, value }) => [key, evaluate(value, scope)]),
      );
    case 'path':
      return follow(expression, scope);
    case 'call':
      return call(
        expression.name,
        expression.args.map((arg) => evaluate(arg, scope)),
      );
    case 'compare':
      return compare(
        expression.operator,
        evaluate(expression.left, scope),
        evaluate(expression.right, scope),
      );
    case 'logic': {
      const left = truth(evaluate(expression.left, scope));
      if (left === (expression.operator === '||')) return left;
      return truth(evaluate(expression.right, scope));
    }
  }
}

type Path = Extract<Expression, { kind: 'path' }>;

/** What a member that isn't there amounts to is not documented, so it is refused. */
function follow({ variable, steps }: Path, scope: Scope): Json {
  let value: Json | undefined = scope[variable];
  let text: string = variable;
  for (const step of steps) {
    text += `.${step}`;
    value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    if (value === undefined) throw new EvaluationError(`there is no ${text}`);
  }
  if (value === undefined) throw new EvaluationError(`there is no ${text} here`);
  return value;
}

function call(name: string, args: readonly Json[]): Json {
  const apply = BUILT_IN_FUNCTIONS.get(name);
  if (apply === undefined) throw new EvaluationError(`the function ${name} is not modelled`);
  try {
    return apply(args);
  } catch (error) {
    if (error instanceof ArgumentError) throw new EvaluationError(error.message);
    throw error;
  }
}

/** Source: "Choice": comparisons are for text and for numbers. */
function compare(operator: Comparison, left: Json, right: Json): boolean {
  if (typeof left === 'number' && typeof right === 'number') return order(operator, left, right);
  if (typeof left === 'string' && typeof right === 'string') return order(operator, left, right);
  const shown = `${JSON.stringify(left)} ${operator} ${JSON.stringify(right)}`;
  throw new EvaluationError(`${shown} compares neither two numbers nor two texts`);
}

function order<T extends number | string>(operator: Comparison, left: T, right: T): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function truth(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  throw new EvaluationError(`${JSON.stringify(value)} is neither true nor false`);
}
