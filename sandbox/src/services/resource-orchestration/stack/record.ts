import { randomUUID } from 'node:crypto';
import type { SandboxClock } from '../../../world/clock.ts';
import type {
  ResourceStatus,
  Stack,
  StackAction,
  StackEvent,
  StackResource,
  StackStatus,
} from './stack.ts';

/** Sets the status of a stack or a resource, and keeps it as an event. */
export interface Record {
  stack(stack: Stack, status: StackStatus, reason: string): void;
  resource(stack: Stack, resource: StackResource, status: ResourceStatus, reason: string): void;
}

export function createRecord(clock: SandboxClock): Record {
  function event(stack: Stack, given: Omit<StackEvent, 'eventId' | 'atMs'>): void {
    stack.events.push({ eventId: randomUUID(), atMs: clock.now(), ...given });
  }

  return {
    stack(stack, status, statusReason) {
      stack.status = status;
      stack.statusReason = statusReason;
      event(stack, {
        logicalId: stack.name,
        physicalId: stack.id,
        resourceType: 'ALIYUN::ROS::Stack',
        status,
        statusReason,
      });
    },
    resource(stack, resource, status, statusReason) {
      resource.status = status;
      resource.statusReason = statusReason;
      resource.updatedAtMs = clock.now();
      event(stack, {
        logicalId: resource.id,
        physicalId: resource.physicalId,
        resourceType: resource.type.name,
        status,
        statusReason,
      });
    },
  };
}

export function startedReason(action: StackAction): string {
  return `Stack ${action} started`;
}

export function completedReason(action: StackAction): string {
  return `Stack ${action} completed successfully`;
}
