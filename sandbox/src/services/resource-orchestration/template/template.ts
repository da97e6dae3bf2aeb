import type { ResourceType } from '../resources/resource-type.ts';
import type { Condition } from './conditions.ts';
import type { Expression } from './expression.ts';
import type { ParameterDefinition } from './parameters.ts';
import type { ValueMap } from './value.ts';

export interface ResourceDefinition {
  /** The logical id. */
  readonly id: string;
  readonly type: ResourceType;
  readonly properties: Expression;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: 'Delete' | 'Retain';
  readonly condition: string | undefined;
}

export interface OutputDefinition {
  readonly key: string;
  readonly description: string | undefined;
  readonly label: string | undefined;
  readonly value: Expression;
  readonly condition: string | undefined;
}

/** A template that names only what there is. Its values are not evaluated yet. */
export interface Template {
  /** As it was given. */
  readonly text: string;
  /** As it was written, but for the layout. */
  readonly source: ValueMap;
  readonly description: string | undefined;
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly outputs: readonly OutputDefinition[];
}
