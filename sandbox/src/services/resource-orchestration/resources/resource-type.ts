import type { ValueMap } from '../template/value.ts';
import type { ObjectShape } from './properties.ts';

/** What a resource has come to. */
export interface ResourceState {
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives; all of the type's `attributes`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * A type of resource. `properties` are checked and typed before they come here. Every method throws
 * the `ServiceError` of the service that refuses.
 */
export interface ResourceType {
  /** For example `ALIYUN::SLS::Project`. */
  readonly name: string;
  readonly properties: ObjectShape;
  readonly attributes: readonly string[];
  create(properties: ValueMap): ResourceState;
  /** From `before` to `properties`: only `updatable` ones differ. Safe to repeat. */
  update(state: ResourceState, properties: ValueMap, before: ValueMap): ResourceState;
  delete(state: ResourceState, properties: ValueMap): void;
}

/** By name. */
export type ResourceTypes = ReadonlyMap<string, ResourceType>;
