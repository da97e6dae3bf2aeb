import { changedProperties } from '../resources/properties.ts';
import type { PreparedTemplate } from '../template/prepared-template.ts';
import { knownOf, type Stack } from './stack.ts';

/** What executing a change set would do to one resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly resourceType: string;
  /** Names of properties; only of `Modify`. */
  readonly changed: readonly string[];
}

/** What differs between the stack and the template. Whether it can be updated is not looked at. */
export function changesOf(stack: Stack, prepared: PreparedTemplate): readonly ResourceChange[] {
  const known = knownOf(stack);
  const wanted = new Set(prepared.resources.map(({ id }) => id));
  const changes = prepared.resources.flatMap((definition): readonly ResourceChange[] => {
    const { id, type } = definition;
    const found = stack.resources.get(id);
    const change = { logicalId: id, resourceType: type.name };
    if (found?.existing === undefined) {
      return [{ ...change, action: 'Add', physicalId: undefined, changed: [] }];
    }
    const { state, properties } = found.existing;
    const changed = changedProperties(properties, prepared.propertiesOf(definition, known));
    if (changed.length === 0 && found.type === type) return [];
    return [{ ...change, action: 'Modify', physicalId: state.physicalId, changed }];
  });
  const removed = [...stack.resources.values()]
    .filter(({ id, existing }) => !wanted.has(id) && existing !== undefined)
    .map(
      ({ id, type, existing }): ResourceChange => ({
        action: 'Remove',
        logicalId: id,
        physicalId: existing?.state.physicalId,
        resourceType: type.name,
        changed: [],
      }),
    );
  return [...changes, ...removed];
}
