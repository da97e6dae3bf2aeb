import * as v from 'valibot';
import { evaluate } from './evaluate.ts';
import { TEMPLATE } from './template.ts';

const policies = v.object({
  Policies: v.optional(
    v.array(
      v.object({
        PolicyDocument: v.object({
          Statement: v.array(
            v.object({
              Effect: v.literal('Allow'),
              Action: v.array(v.string()),
              Resource: v.array(v.string()),
            }),
          ),
        }),
      }),
    ),
    [],
  ),
});

/** What the roles of the template may do. Throws for a way of granting that it does not know. */
export function statements() {
  return Object.values(TEMPLATE.Resources)
    .filter(({ Type }) => Type.startsWith('ALIYUN::RAM::'))
    .flatMap(({ Type, Properties }) => {
      if (Type !== 'ALIYUN::RAM::Role') throw new Error(`${Type} is not looked into.`);
      return v
        .parse(policies, evaluate(Properties, true))
        .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    })
    .map(({ Action, Resource }) => ({ actions: Action, resources: Resource }));
}

/** RAM's patterns: `*` is any text. */
export function matches(pattern: string, action: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[.?+^$()[\]{}|\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'i').test(action);
}
