import { type Failure, failureReason, type PerformOptions, perform, type Task } from './perform.ts';
import { completedReason, startedReason } from './record.ts';
import { type AppliedTemplate, newResource, type Stack } from './stack.ts';
import { createTask, deleteTask, recreateTask, revertTask, updateTask } from './tasks.ts';

/**
 * Changes the stack to a new template: creations and updates in the order of what needs what, then
 * deletions. After a failure everything that was changed is changed back.
 */
export function updateStackResources(
  stack: Stack,
  next: AppliedTemplate,
  options: PerformOptions & { readonly nowMs: number },
  done: () => void,
): void {
  const { record } = options;
  /** What undoes each change, the last one first. */
  const undo: Task[] = [];
  const policiesBefore = new Map(
    [...stack.resources.values()].map((resource) => [resource, resource.deletionPolicy]),
  );

  const wanted = next.prepared.resources.map((definition) => {
    const { id, deletionPolicy } = definition;
    const found = stack.resources.get(id);
    if (found?.existing !== undefined) {
      found.deletionPolicy = deletionPolicy;
      return undoable(updateTask(stack, found, next.prepared, definition), undo);
    }
    const resource = newResource(definition, options.nowMs);
    stack.resources.set(id, resource);
    return undoable(createTask(stack, resource, next.prepared, definition), undo);
  });
  const isWanted = (id: string) => wanted.some(({ resource }) => resource.id === id);
  const unwanted = [...stack.resources.values()].filter(({ id }) => !isWanted(id)).reverse();
  const removed = unwanted
    .filter(({ deletionPolicy }) => deletionPolicy === 'Delete')
    .map((resource) => undoable(deleteTask(resource), undo));

  record.stack(stack, 'UPDATE_IN_PROGRESS', startedReason('UPDATE'));
  perform(stack, [...wanted, ...removed], options, (failure) => {
    if (failure === undefined) {
      stack.applied = next;
      stack.resources = new Map(wanted.map(({ resource }) => [resource.id, resource]));
      record.stack(stack, 'UPDATE_COMPLETE', completedReason('UPDATE'));
      done();
      return;
    }
    record.stack(stack, 'UPDATE_FAILED', failureReason(failure));
    for (const [resource, policy] of policiesBefore) resource.deletionPolicy = policy;
    rollBack(stack, undo, failure, options, () => {
      stack.resources = new Map(
        [...stack.resources].filter(([, resource]) => policiesBefore.has(resource)),
      );
      done();
    });
  });
}

function rollBack(
  stack: Stack,
  undo: readonly Task[],
  cause: Failure,
  options: PerformOptions,
  done: () => void,
): void {
  const { record } = options;
  record.stack(stack, 'ROLLBACK_IN_PROGRESS', failureReason(cause));
  perform(stack, undo, options, (failure) => {
    if (failure === undefined) {
      record.stack(stack, 'ROLLBACK_COMPLETE', completedReason('ROLLBACK'));
    } else {
      record.stack(stack, 'ROLLBACK_FAILED', failureReason(failure));
    }
    done();
  });
}

/** Notes what undoes the task, when it is applied; an update may fail halfway, so before that. */
function undoable(task: Task, undo: Task[]): Task {
  return {
    ...task,
    apply() {
      const { resource, action } = task;
      const before = resource.existing?.properties;
      if (action === 'UPDATE' && before !== undefined) undo.unshift(revertTask(resource, before));
      task.apply();
      if (action === 'CREATE' && resource.deletionPolicy === 'Delete') {
        undo.unshift(deleteTask(resource));
      }
      if (action === 'DELETE' && before !== undefined) {
        undo.unshift(recreateTask(resource, before));
      }
    },
  };
}
