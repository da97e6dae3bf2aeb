import { ServiceError } from '../../../protocols/service-error.ts';
import type { SandboxClock } from '../../../world/clock.ts';
import type { ValueMap } from '../template/value.ts';
import type { Record } from './record.ts';
import type { ResourceAction, Stack, StackResource } from './stack.ts';

/** One change of one resource. */
export interface Task {
  readonly resource: StackResource;
  readonly action: ResourceAction;
  /** As they are going to be, once that is known; of a deletion as they were. */
  properties(): ValueMap;
  /** False when there is nothing to do. Throws a `ServiceError` for a change that can't be made. */
  isNeeded(): boolean;
  /** Throws the `ServiceError` of the service that refuses. */
  apply(): void;
}

export interface Failure {
  readonly task: Task;
  readonly error: ServiceError;
}

/** Calls back when the time that one resource takes is over. */
export type Later = (callback: () => void) => void;

export const atOnce: Later = (callback) => callback();

export function onClock(clock: SandboxClock, resourceMs: number): Later {
  return (callback) => {
    clock.at(clock.now() + resourceMs, callback);
  };
}

export interface PerformOptions {
  readonly record: Record;
  readonly later: Later;
  /** Says what whoever works on the stack may do; absent: everything. */
  readonly requirePermission?: (task: Task) => void;
}

/** One task after the other, up to the first that fails. */
export function perform(
  stack: Stack,
  tasks: readonly Task[],
  { record, later, requirePermission = () => {} }: PerformOptions,
  done: (failure: Failure | undefined) => void,
): void {
  const fail = (task: Task, error: unknown): void => {
    if (!(error instanceof ServiceError)) throw error;
    const reason = `${error.code}: ${error.message}`;
    record.resource(stack, task.resource, `${task.action}_FAILED`, reason);
    done({ task, error });
  };

  function next(index: number): void {
    const task = tasks[index];
    if (task === undefined) {
      done(undefined);
      return;
    }
    const { resource, action } = task;
    let isNeeded: boolean;
    try {
      isNeeded = task.isNeeded();
    } catch (error) {
      fail(task, error);
      return;
    }
    if (!isNeeded) {
      next(index + 1);
      return;
    }
    record.resource(stack, resource, `${action}_IN_PROGRESS`, 'state changed');
    later(() => {
      try {
        requirePermission(task);
        task.apply();
      } catch (error) {
        fail(task, error);
        return;
      }
      record.resource(stack, resource, `${action}_COMPLETE`, 'state changed');
      next(index + 1);
    });
  }

  next(0);
}

/** As the stack's reason says it. */
export function failureReason({ task, error }: Failure): string {
  return `Resource ${task.action} failed: Exception: resources.${task.resource.id}: ${error.code}: ${error.message}`;
}
