import type { ResourceState, ResourceType } from '../resources/resource-type.ts';
import type { Known, PreparedTemplate } from '../template/prepared-template.ts';
import type { ResourceDefinition } from '../template/template.ts';
import { UNKNOWN, type ValueMap } from '../template/value.ts';

type Progress = 'IN_PROGRESS' | 'COMPLETE' | 'FAILED';
export type StackAction = 'CREATE' | 'CREATE_ROLLBACK' | 'DELETE' | 'ROLLBACK' | 'UPDATE';
export type StackStatus = 'REVIEW_IN_PROGRESS' | `${StackAction}_${Progress}`;
export type ResourceAction = 'CREATE' | 'DELETE' | 'UPDATE';
export type ResourceStatus = 'INIT_COMPLETE' | `${ResourceAction}_${Progress}`;

export interface StackResource {
  /** The logical id. */
  readonly id: string;
  readonly type: ResourceType;
  readonly createdAtMs: number;
  updatedAtMs: number;
  deletionPolicy: 'Delete' | 'Retain';
  status: ResourceStatus;
  statusReason: string;
  /** Empty before it is first created; kept when it is deleted. */
  physicalId: string;
  /** As it was last created or updated; absent while it does not exist. */
  existing: { readonly state: ResourceState; readonly properties: ValueMap } | undefined;
}

export interface StackEvent {
  readonly eventId: string;
  readonly atMs: number;
  /** The stack's own events have its name, its id and `ALIYUN::ROS::Stack`. */
  readonly logicalId: string;
  readonly physicalId: string;
  readonly resourceType: string;
  readonly status: string;
  readonly statusReason: string;
}

export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  updatedAtMs: number | undefined;
  status: StackStatus;
  statusReason: string;
  readonly disableRollback: boolean;
  readonly timeoutMinutes: number;
  /** Last applied in full, or being created. */
  applied: AppliedTemplate;
  /** What is needed comes before what needs it. */
  resources: Map<string, StackResource>;
  /** Oldest first. */
  readonly events: StackEvent[];
}

export interface AppliedTemplate {
  readonly prepared: PreparedTemplate;
  /** Values as they were given, those of former calls too. */
  readonly given: ReadonlyMap<string, string>;
}

/** One that does not exist yet. */
export function newResource(definition: ResourceDefinition, nowMs: number): StackResource {
  return {
    id: definition.id,
    type: definition.type,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    deletionPolicy: definition.deletionPolicy,
    status: 'INIT_COMPLETE',
    statusReason: '',
    physicalId: '',
    existing: undefined,
  };
}

/** What the stack's resources have come to so far. */
export function knownOf(stack: Stack): Known {
  const stateOf = (id: string) => stack.resources.get(id)?.existing?.state;
  return {
    physicalId: (id) => stateOf(id)?.physicalId ?? UNKNOWN,
    attribute: (id, name) => stateOf(id)?.attributes[name] ?? UNKNOWN,
  };
}
