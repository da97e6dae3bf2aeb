import type { World } from '../../../world/world.ts';
import type { ResourceTypes } from '../resources/resource-type.ts';
import type { Later } from './perform.ts';
import type { Record } from './record.ts';
import type { StackStore } from './stack-store.ts';

/** What working on stacks needs. */
export interface StackPorts {
  readonly world: World;
  /** The account that owns the stacks. */
  readonly accountId: string;
  readonly types: ResourceTypes;
  readonly stacks: StackStore;
  readonly record: Record;
  /** What one resource, or one change set, takes. */
  readonly later: Later;
}
