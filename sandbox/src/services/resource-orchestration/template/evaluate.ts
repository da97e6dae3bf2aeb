import { rosError } from '../errors.ts';
import type { Environment, Expression } from './expression.ts';
import { isList, UNKNOWN, type Value } from './value.ts';

/** `undefined` is `ALIYUN::NoValue`: whatever holds it does without. */
export function evaluate(expression: Expression, environment: Environment): Value | undefined {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'list':
      return expression.items
        .map((item) => evaluate(item, environment))
        .filter((item) => item !== undefined);
    case 'map': {
      const entries: [string, Value][] = [];
      for (const [key, member] of expression.entries) {
        const value = evaluate(member, environment);
        if (value !== undefined) entries.push([key, value]);
      }
      return Object.fromEntries(entries);
    }
    case 'parameter':
      return environment.parameter(expression.name);
    case 'pseudo-parameter':
      return expression.name === 'ALIYUN::NoValue'
        ? undefined
        : environment.pseudoParameter(expression.name);
    case 'resource':
      return environment.physicalId(expression.id);
    case 'attribute':
      return environment.attribute(expression.id, expression.name);
    case 'join': {
      const items = evaluate(expression.items, environment);
      if (!isList(items)) throw notAText('Fn::Join');
      return items.map((item) => textOf(item, 'Fn::Join')).join(expression.delimiter);
    }
    case 'concatenation':
      return expression.parts
        .map((part) => textOf(evaluate(part, environment), expression.path))
        .join('');
    case 'if':
      return evaluate(
        environment.condition(expression.condition) ? expression.whenTrue : expression.whenFalse,
        environment,
      );
  }
}

function textOf(value: Value | undefined, path: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw notAText(path);
}

function notAText(path: string) {
  return rosError('StackValidationFailed', `${path} puts together something that is not a text.`);
}

/** An environment in which no resource exists. */
export const NO_RESOURCES: Pick<Environment, 'physicalId' | 'attribute'> = {
  physicalId: () => UNKNOWN,
  attribute: () => UNKNOWN,
};
