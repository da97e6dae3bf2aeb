import type { DeployedStack } from '../../alicloud/resource-orchestration/deployed-stack.ts';
import type { StackChange } from '../../alicloud/resource-orchestration/stack-plan.ts';
import { differences } from '../doctor/differences.ts';
import {
  readTemplate,
  resolveResource,
  type StackPlace,
  type StackTemplate,
} from '../doctor/stack-template.ts';

/** One property that a plan changes. */
export interface PropertyChange {
  readonly logicalId: string;
  /** For example `TTL`, or `Detail.Configuration`. */
  readonly path: string;
  /** `undefined`: it was not, or will not be, there. */
  readonly before: unknown;
  readonly after: unknown;
}

export interface PlannedUpdate {
  readonly changes: readonly StackChange[];
  readonly deployed: DeployedStack;
  /** Its text. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly place: Pick<StackPlace, 'accountId' | 'region'>;
}

/**
 * Old and new values of what a change set modifies: it names resources only, so both templates are
 * evaluated, each with its parameters; one that is not given keeps its value.
 */
export function propertyChanges(update: PlannedUpdate): PropertyChange[] {
  const { changes, deployed, template, parameters, place } = update;
  const before = readTemplate(deployed.template);
  const after = readTemplate(template);

  function properties(
    of: StackTemplate,
    logicalId: string,
    given: Readonly<Record<string, string>>,
  ): unknown {
    try {
      return resolveResource(of, logicalId, { ...place, parameters: given }).properties;
    } catch {
      // A template of another version may use what this one can't evaluate: then as it is written.
      return of.resources[logicalId]?.properties ?? {};
    }
  }

  return changes
    .filter(({ action }) => action === 'Modify')
    .flatMap(({ logicalId }) =>
      differences(
        properties(after, logicalId, { ...deployed.parameters, ...parameters }),
        properties(before, logicalId, deployed.parameters),
        [''],
      ).map(({ path, expected, actual }) => ({
        logicalId,
        path,
        before: actual,
        after: expected,
      })),
    );
}
