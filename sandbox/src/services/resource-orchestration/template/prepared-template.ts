import { rosError } from '../errors.ts';
import { checkProperties } from '../resources/properties.ts';
import { createConditionCheck } from './conditions.ts';
import { evaluate, NO_RESOURCES } from './evaluate.ts';
import { type Environment, type Expression, referencesOf } from './expression.ts';
import type { ResourceDefinition, Template } from './template.ts';
import { isMap, type Value, type ValueMap } from './value.ts';

/** What resources have come to so far: their physical ids and attributes. */
export type Known = Pick<Environment, 'physicalId' | 'attribute'>;

export interface Output {
  readonly key: string;
  readonly description: string | undefined;
  readonly label: string | undefined;
  readonly value: Value;
}

/** A template with its parameters and conditions decided. */
export interface PreparedTemplate {
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, Value>;
  /** Those whose condition holds, each after what it needs. */
  readonly resources: readonly ResourceDefinition[];
  /** The resources that need this one, by their logical ids. */
  requiredBy(id: string): readonly string[];
  /** Evaluated and checked. Throws `StackValidationFailed` for a property that is not right. */
  propertiesOf(resource: ResourceDefinition, known: Known): ValueMap;
  outputs(known: Known): readonly Output[];
}

type PseudoParameters = Environment['pseudoParameter'];

/**
 * Throws `UnknownUserParameter`, `UserParameterMissing`, `StackValidationFailed`,
 * `InvalidTemplateReference`, `CircularDependency`.
 */
export function prepareTemplate(
  template: Template,
  given: ReadonlyMap<string, string>,
  pseudoParameter: PseudoParameters,
): PreparedTemplate {
  const parameters = readParameters(template, given);
  const decided = {
    parameter: (name: string): Value => parameters.get(name) ?? null,
    pseudoParameter,
  };
  const condition = createConditionCheck(template.conditions, decided);
  const holds = (name: string | undefined) => name === undefined || condition(name);
  // Every condition is decided, so that a circle shows even where nobody asks.
  for (const name of template.conditions.keys()) condition(name);

  const active = new Map(
    [...template.resources].filter(([, resource]) => holds(resource.condition)),
  );
  const refuseInactive = (expression: Expression, path: string) => {
    for (const id of referencesOf(expression, condition)) {
      if (!active.has(id)) {
        throw rosError(
          'InvalidTemplateReference',
          `The specified reference "${id}" (in ${path}) is incorrect: its condition is false.`,
        );
      }
    }
  };
  const needs = new Map<string, ReadonlySet<string>>();
  for (const [id, resource] of active) {
    refuseInactive(resource.properties, `Resources.${id}.Properties`);
    const dependsOn = resource.dependsOn.filter((needed) => active.has(needed));
    needs.set(id, new Set([...dependsOn, ...referencesOf(resource.properties, condition)]));
  }
  const outputs = template.outputs.filter((output) => holds(output.condition));
  for (const { key, value } of outputs) refuseInactive(value, `Outputs.${key}`);

  const prepared: PreparedTemplate = {
    template,
    parameters,
    resources: inOrder(needs).flatMap((id) => active.get(id) ?? []),
    requiredBy: (id) =>
      [...needs].filter(([, needed]) => needed.has(id)).map(([needing]) => needing),
    propertiesOf(resource, known) {
      const value = evaluate(resource.properties, { ...decided, ...known, condition });
      return checkProperties(
        resource.type,
        isMap(value) ? value : {},
        `resources.${resource.id}.properties`,
      );
    },
    outputs: (known) =>
      outputs.flatMap(({ key, description, label, value: expression }) => {
        const value = evaluate(expression, { ...decided, ...known, condition });
        return value === undefined ? [] : [{ key, description, label, value }];
      }),
  };
  for (const resource of prepared.resources) prepared.propertiesOf(resource, NO_RESOURCES);
  prepared.outputs(NO_RESOURCES);
  return prepared;
}

function readParameters(
  template: Template,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, Value> {
  for (const name of given.keys()) {
    if (!template.parameters.has(name)) {
      throw rosError(
        'UnknownUserParameter',
        `The Parameter (${name}) was not defined in template.`,
      );
    }
  }
  return new Map(
    [...template.parameters].map(([name, definition]) => {
      const value = given.get(name) ?? definition.defaultValue;
      if (value === undefined) {
        throw rosError('UserParameterMissing', `The Parameter ${name} was not provided.`);
      }
      return [name, definition.read(value)];
    }),
  );
}

/**
 * What is needed comes before what needs it; else the given order stays. Throws
 * `CircularDependency` with the circle.
 */
function inOrder(needs: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const ordered = new Set<string>();
  const open: string[] = [];
  const visit = (id: string): void => {
    if (ordered.has(id)) return;
    if (open.includes(id)) {
      const circle = [...open.slice(open.indexOf(id)), id].join(' -> ');
      throw rosError('CircularDependency', `Circular Dependency Found: ${circle}.`);
    }
    open.push(id);
    for (const needed of needs.get(id) ?? []) visit(needed);
    open.pop();
    ordered.add(id);
  };
  for (const id of needs.keys()) visit(id);
  return [...ordered];
}
