import type { Json } from '../json.ts';

/** The variables of the language. `$Global` is not modelled. */
export type Variable = '$Context' | '$Input' | '$Output';

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Expression =
  | { readonly kind: 'literal'; readonly value: Json }
  | {
      readonly kind: 'object';
      readonly members: readonly { readonly key: string; readonly value: Expression }[];
    }
  | { readonly kind: 'path'; readonly variable: Variable; readonly steps: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'logic';
      readonly operator: '&&' | '||';
      readonly left: Expression;
      readonly right: Expression;
    };

/** The expression's text can't be read. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** Every expression in it, itself first. */
export function everyPart(expression: Expression): readonly Expression[] {
  return [expression, ...childrenOf(expression).flatMap(everyPart)];
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'object':
      return expression.members.map(({ value }) => value);
    case 'call':
      return expression.args;
    case 'compare':
    case 'logic':
      return [expression.left, expression.right];
    default:
      return [];
  }
}
