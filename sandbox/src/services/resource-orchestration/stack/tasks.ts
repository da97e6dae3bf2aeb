import { ServiceError } from '../../../protocols/service-error.ts';
import { rosError } from '../errors.ts';
import { changedProperties, fixedChanges } from '../resources/properties.ts';
import type { PreparedTemplate } from '../template/prepared-template.ts';
import type { ResourceDefinition } from '../template/template.ts';
import type { ValueMap } from '../template/value.ts';
import type { Task } from './perform.ts';
import { knownOf, type Stack, type StackResource } from './stack.ts';

/** Creates the resource as the template has it. */
export function createTask(
  stack: Stack,
  resource: StackResource,
  prepared: PreparedTemplate,
  definition: ResourceDefinition,
): Task {
  return createWith(resource, () => prepared.propertiesOf(definition, knownOf(stack)));
}

/** Creates it again as it was. */
export function recreateTask(resource: StackResource, properties: ValueMap): Task {
  return createWith(resource, () => properties);
}

function createWith(resource: StackResource, propertiesOf: () => ValueMap): Task {
  let properties: ValueMap = {};
  return {
    resource,
    action: 'CREATE',
    properties: () => properties,
    isNeeded() {
      properties = propertiesOf();
      return true;
    },
    apply() {
      const state = resource.type.create(properties);
      resource.physicalId = state.physicalId;
      resource.existing = { state, properties };
    },
  };
}

/** Changes the resource to what the template has; nothing when it is so already. */
export function updateTask(
  stack: Stack,
  resource: StackResource,
  prepared: PreparedTemplate,
  definition: ResourceDefinition,
): Task {
  return updateWith(resource, () => {
    if (definition.type !== resource.type) {
      throw rosError(
        'NotSupported',
        `Update of ${resource.id} from ${resource.type.name} to ${definition.type.name} is not supported.`,
      );
    }
    return prepared.propertiesOf(definition, knownOf(stack));
  });
}

/** Changes it back to what it was. */
export function revertTask(resource: StackResource, properties: ValueMap): Task {
  return updateWith(resource, () => properties, 'even if it is so already');
}

function updateWith(
  resource: StackResource,
  propertiesOf: () => ValueMap,
  always?: 'even if it is so already',
): Task {
  let properties: ValueMap = {};
  return {
    resource,
    action: 'UPDATE',
    properties: () => properties,
    isNeeded() {
      properties = propertiesOf();
      const before = resource.existing?.properties ?? {};
      const [fixed] = fixedChanges(resource.type, before, properties);
      if (fixed !== undefined) {
        throw rosError(
          'NotSupported',
          `Update of the property ${fixed} of ${resource.type.name} is not supported.`,
        );
      }
      return always !== undefined || changedProperties(before, properties).length > 0;
    },
    apply() {
      if (resource.existing === undefined) throw new Error(`${resource.id} does not exist.`);
      const { state, properties: before } = resource.existing;
      resource.existing = { state: resource.type.update(state, properties, before), properties };
    },
  };
}

/** Deletes the resource. One that is gone already is as good as deleted. */
export function deleteTask(resource: StackResource): Task {
  return {
    resource,
    action: 'DELETE',
    properties: () => resource.existing?.properties ?? {},
    isNeeded: () => resource.existing !== undefined,
    apply() {
      if (resource.existing === undefined) return;
      const { state, properties } = resource.existing;
      try {
        resource.type.delete(state, properties);
      } catch (error) {
        if (!(error instanceof ServiceError && error.status === 404)) throw error;
      }
      resource.existing = undefined;
    },
  };
}
