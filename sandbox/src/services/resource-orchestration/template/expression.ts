import type { Value } from './value.ts';

/** A value of the template that may depend on parameters and on other resources. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Expression])[] }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'pseudo-parameter'; readonly name: PseudoParameter }
  /** A resource's physical id. */
  | { readonly kind: 'resource'; readonly id: string }
  | { readonly kind: 'attribute'; readonly id: string; readonly name: string }
  | { readonly kind: 'join'; readonly delimiter: string; readonly items: Expression }
  /** The parts of a `Fn::Sub`, put together without anything between them. */
  | { readonly kind: 'concatenation'; readonly parts: readonly Expression[]; readonly path: string }
  | {
      readonly kind: 'if';
      readonly condition: string;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    };

export const PSEUDO_PARAMETERS = [
  'ALIYUN::NoValue',
  'ALIYUN::Region',
  'ALIYUN::StackId',
  'ALIYUN::StackName',
  'ALIYUN::TenantId',
] as const;

type PseudoParameter = (typeof PSEUDO_PARAMETERS)[number];

/** What an expression is evaluated in. */
export interface Environment {
  parameter(name: string): Value;
  pseudoParameter(name: Exclude<PseudoParameter, 'ALIYUN::NoValue'>): string;
  /** `UNKNOWN` while the resource does not exist. */
  physicalId(id: string): string;
  attribute(id: string, name: string): string;
  condition(name: string): boolean;
}

/** The resources that it needs to exist first, in the branches that count. */
export function referencesOf(
  expression: Expression,
  condition: (name: string) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: Expression): void => {
    switch (each.kind) {
      case 'resource':
      case 'attribute':
        found.add(each.id);
        return;
      case 'list':
        each.items.forEach(visit);
        return;
      case 'map':
        for (const [, member] of each.entries) visit(member);
        return;
      case 'join':
        visit(each.items);
        return;
      case 'concatenation':
        each.parts.forEach(visit);
        return;
      case 'if':
        visit(condition(each.condition) ? each.whenTrue : each.whenFalse);
        return;
    }
  };
  visit(expression);
  return found;
}
