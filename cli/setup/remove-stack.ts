import type { StackResource } from '../../alicloud/resource-orchestration/stack-resources.ts';
import { type CommandContext, UsageError } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { unlessInterrupted } from '../interruption.ts';
import { renderTable } from '../table.ts';
import { followEvents } from './follow-events.ts';

export interface StackRemoval {
  readonly stackName: string;
  readonly deleteResults: boolean;
  /** The log project by its name: then it is deleted even where there is no such stack. */
  readonly logProject?: string;
  readonly isDryRun: boolean;
  /** Resources that ROS itself never deletes, since the template retains them. */
  readonly retained: readonly string[];
}

/**
 * Deletes the stack; then, if that is wanted, the log project that it keeps. Only the project that
 * stack.yaml names, whatever the environment says of another; and where the stack is not found,
 * perhaps because its name is mistyped, only when the project is named too. Safe to repeat.
 */
export async function removeStack(
  removal: StackRemoval,
  context: CommandContext,
): Promise<ExitCode> {
  const { stackName, deleteResults, logProject, isDryRun } = removal;
  const { operator, output, interrupted } = context;
  const [stack, region, managementAccountId] = await Promise.all([
    operator.stack(stackName),
    operator.region(),
    operator.managementAccountId(),
  ]);
  const project = `account-onboarding-${managementAccountId}`;
  if (logProject !== undefined && logProject !== project) {
    throw new UsageError(
      `--log-project ${logProject} is not the log project, which is ${project}.`,
    );
  }
  const found = await unlessInterrupted(stack.describe(), interrupted);
  const deletesProject = deleteResults && (found !== undefined || logProject !== undefined);

  if (found === undefined) {
    output.paragraph(`There is no stack ${stackName} in ${region}: nothing to remove.`);
    if (deleteResults && !deletesProject) {
      output.note(
        `The log project ${project} is kept: the results in it may be those of a stack with another name. To delete it all the same:\n  ${deletionOf(project)}`,
      );
      return EXIT.ERROR;
    }
  } else if (isDryRun) {
    showRemoval(stackName, found.resources, deletesProject ? [] : removal.retained, output);
  }
  if (isDryRun) {
    output.paragraph(
      deletesProject
        ? `The log project ${project} would be deleted, with all results in it.`
        : `The log project ${project} would be kept, with its results.`,
    );
    output.line('That was the plan. Nothing was changed.');
    return EXIT.ALL_COVERED;
  }

  if (found !== undefined) {
    output.progress(`removing the stack ${stackName}`);
    const removing = stack.remove(followEvents(stackName, output).onEvent);
    try {
      await unlessInterrupted(removing, interrupted);
    } catch (error) {
      if (!interrupted.aborted) throw error;
      output.endProgress();
      output.note(
        `Interrupted. What was begun, ROS goes on deleting; the log project is kept. To look again, and go on:\n  onboard setup --remove --stack ${stackName}`,
      );
      return EXIT.ERROR;
    }
    output.endProgress();
    output.line(`The stack ${stackName} is removed.`);
  }
  if (deletesProject) {
    await deleteProject(project, context);
  } else {
    output.paragraph(
      `The log project ${project} and its results are kept, if there are any. To delete them:`,
    );
    output.line(`  ${deletionOf(project)}`);
  }
  return EXIT.ALL_COVERED;
}

function deletionOf(project: string): string {
  return `onboard setup --remove --delete-results --log-project ${project}`;
}

function showRemoval(
  stackName: string,
  resources: readonly StackResource[],
  retained: readonly string[],
  output: CommandContext['output'],
): void {
  output.line(`The stack ${stackName} would be deleted:`);
  output.line(
    renderTable(
      [
        {
          title: 'action',
          value: ({ logicalId }: StackResource) =>
            retained.includes(logicalId) ? 'keep' : 'delete',
        },
        { title: 'resource', value: ({ logicalId }) => logicalId },
        { title: 'type', value: ({ type }) => type },
      ],
      resources,
      output.style.dim,
      output.width,
    ),
  );
  output.line();
}

async function deleteProject(project: string, { operator, output }: CommandContext): Promise<void> {
  output.progress(`deleting the log project ${project}`);
  const wasThere = await operator.removeLogProject(project);
  output.endProgress();
  output.paragraph(
    wasThere
      ? `The log project ${project} is deleted, with all results in it.`
      : `There is no log project ${project}: nothing to delete.`,
  );
}
