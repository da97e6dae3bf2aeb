import type { CommandContext } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { unlessInterrupted } from '../interruption.ts';
import { followEvents } from './follow-events.ts';

/**
 * Deletes the stack; then, if that is wanted, the log project that it keeps: ROS itself never
 * deletes what the template retains. Only the project that stack.yaml names, whatever the
 * environment says of another. Safe to repeat.
 */
export async function removeStack(
  { stackName, deleteResults }: { readonly stackName: string; readonly deleteResults: boolean },
  { operator, output, interrupted }: CommandContext,
): Promise<ExitCode> {
  const stack = await operator.stack(stackName);
  const project = `account-onboarding-${await operator.managementAccountId()}`;
  const isThere = (await stack.outputs()) !== undefined;
  const events = followEvents(stackName, output);
  output.progress(`Removing the stack ${stackName}`);
  await unlessInterrupted(stack.remove({ keep: [] }, events.onEvent), interrupted);
  output.endProgress();
  output.line(
    isThere || events.seen > 0
      ? `The stack ${stackName} is removed.`
      : `There is no stack ${stackName}: nothing to remove.`,
  );
  if (!deleteResults) {
    output.line(
      `The log project ${project} and its results are kept, if there are any: --remove --delete-results deletes them.`,
    );
    return EXIT.ALL_COVERED;
  }
  output.progress(`Deleting the log project ${project}`);
  const wasThere = await operator.removeLogProject(project);
  output.endProgress();
  output.line(
    wasThere
      ? `The log project ${project} is deleted, with all results in it.`
      : `There is no log project ${project}: nothing to delete.`,
  );
  return EXIT.ALL_COVERED;
}
