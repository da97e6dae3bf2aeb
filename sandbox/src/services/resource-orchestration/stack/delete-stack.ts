import { failureReason, type PerformOptions, perform } from './perform.ts';
import { completedReason, startedReason } from './record.ts';
import type { Stack, StackResource } from './stack.ts';
import { deleteTask } from './tasks.ts';

/** Deletes the stack's resources, except those that `isRetained` names and their own policies. */
export function deleteStackResources(
  stack: Stack,
  isRetained: (resource: StackResource) => boolean,
  options: PerformOptions,
  done: () => void,
): void {
  const { record } = options;
  const tasks = [...stack.resources.values()]
    .filter((resource) => resource.deletionPolicy === 'Delete' && !isRetained(resource))
    .reverse()
    .map(deleteTask);
  record.stack(stack, 'DELETE_IN_PROGRESS', startedReason('DELETE'));
  perform(stack, tasks, options, (failure) => {
    if (failure === undefined) {
      record.stack(stack, 'DELETE_COMPLETE', completedReason('DELETE'));
    } else {
      record.stack(stack, 'DELETE_FAILED', failureReason(failure));
    }
    done();
  });
}
