import { notModelled, rosError } from '../errors.ts';
import { evaluate, NO_RESOURCES } from './evaluate.ts';
import type { Environment, Expression } from './expression.ts';
import { parseExpression, type Scope } from './parse-expression.ts';
import { isList, isMap, isSameValue, type Value } from './value.ts';

export type Condition =
  | { readonly kind: 'equals'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'named'; readonly name: string };

/**
 * One entry of `Conditions`: `Fn::Equals`, `Fn::Not`, `Fn::And`, `Fn::Or`, or another one's name.
 * Resources don't exist yet when conditions are decided, so they can't be named in them.
 */
export function parseCondition(value: Value, scope: Scope, path: string): Condition {
  if (typeof value === 'string') return named(value, scope, path);
  const [entry, ...others] = isMap(value) ? Object.entries(value) : [];
  if (entry === undefined || others.length > 0) {
    throw rosError('InvalidSchema', `${path} must be one function, or a condition's name.`);
  }
  const [name, argument] = entry;
  const at = `${path}.${name}`;
  switch (name) {
    case 'Fn::Equals': {
      const [left, right] = isList(argument) ? argument : [];
      if (!isList(argument) || argument.length !== 2 || left === undefined || right === undefined) {
        throw rosError('InvalidSchema', `${at} must be [value, value].`);
      }
      return {
        kind: 'equals',
        left: parseExpression(left, scope, `${at}[0]`),
        right: parseExpression(right, scope, `${at}[1]`),
      };
    }
    case 'Fn::Not':
      if (isList(argument)) throw notModelled(`${at}: a list`);
      return { kind: 'not', condition: parseCondition(argument, scope, at) };
    case 'Fn::And':
    case 'Fn::Or':
      if (!isList(argument) || argument.length < 2) {
        throw rosError('InvalidSchema', `${at} must list two conditions or more.`);
      }
      return {
        kind: name === 'Fn::And' ? 'and' : 'or',
        conditions: argument.map((item, index) => parseCondition(item, scope, `${at}[${index}]`)),
      };
    default:
      throw notModelled(at);
  }
}

function named(name: string, scope: Scope, path: string): Condition {
  if (scope.conditions.has(name)) return { kind: 'named', name };
  throw rosError(
    'InvalidTemplateReference',
    `The specified reference "${name}" (in ${path}) is incorrect.`,
  );
}

/** Decides each condition when it is first asked for. Throws `CircularDependency`. */
export function createConditionCheck(
  conditions: ReadonlyMap<string, Condition>,
  environment: Pick<Environment, 'parameter' | 'pseudoParameter'>,
): (name: string) => boolean {
  const decided = new Map<string, boolean>();
  const open: string[] = [];

  function check(name: string): boolean {
    const known = decided.get(name);
    if (known !== undefined) return known;
    const condition = conditions.get(name);
    if (condition === undefined || open.includes(name)) {
      throw rosError(
        'CircularDependency',
        `Circular Dependency Found: ${[...open, name].join(' -> ')}.`,
      );
    }
    open.push(name);
    const result = decide(condition);
    open.pop();
    decided.set(name, result);
    return result;
  }

  function decide(condition: Condition): boolean {
    switch (condition.kind) {
      case 'equals': {
        const inThis = { ...environment, ...NO_RESOURCES, condition: check };
        const [left, right] = [condition.left, condition.right].map((side) =>
          evaluate(side, inThis),
        );
        return isSameValue(left, right);
      }
      case 'not':
        return !decide(condition.condition);
      case 'and':
        return condition.conditions.every(decide);
      case 'or':
        return condition.conditions.some(decide);
      case 'named':
        return check(condition.name);
    }
  }

  return check;
}
