import { failureReason, type PerformOptions, perform } from './perform.ts';
import { completedReason, startedReason } from './record.ts';
import { newResource, type Stack } from './stack.ts';
import { createTask, deleteTask } from './tasks.ts';

/**
 * Creates what the stack's template describes. After a failure what was created is deleted again,
 * unless the stack says not to; what has the deletion policy Retain stays even then.
 */
export function createStackResources(
  stack: Stack,
  options: PerformOptions & { readonly nowMs: number },
  done: () => void,
): void {
  const { record } = options;
  const { prepared } = stack.applied;
  const tasks = prepared.resources.map((definition) => {
    const resource = newResource(definition, options.nowMs);
    stack.resources.set(resource.id, resource);
    return createTask(stack, resource, prepared, definition);
  });

  record.stack(stack, 'CREATE_IN_PROGRESS', startedReason('CREATE'));
  perform(stack, tasks, options, (failure) => {
    if (failure === undefined) {
      record.stack(stack, 'CREATE_COMPLETE', completedReason('CREATE'));
      done();
      return;
    }
    record.stack(stack, 'CREATE_FAILED', failureReason(failure));
    if (stack.disableRollback) done();
    else rollBack(stack, failureReason(failure), options, done);
  });
}

function rollBack(stack: Stack, reason: string, options: PerformOptions, done: () => void): void {
  const { record } = options;
  const tasks = [...stack.resources.values()]
    .filter(({ deletionPolicy }) => deletionPolicy === 'Delete')
    .reverse()
    .map(deleteTask);
  record.stack(stack, 'CREATE_ROLLBACK_IN_PROGRESS', reason);
  perform(stack, tasks, options, (failure) => {
    if (failure === undefined) {
      record.stack(stack, 'CREATE_ROLLBACK_COMPLETE', completedReason('CREATE_ROLLBACK'));
    } else {
      record.stack(stack, 'CREATE_ROLLBACK_FAILED', failureReason(failure));
    }
    done();
  });
}
