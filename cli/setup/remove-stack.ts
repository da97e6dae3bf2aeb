import type { StackResource } from '../../alicloud/resource-orchestration/stack-resources.ts';
import type { RetryReads } from '../../alicloud/retry-reads.ts';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import { readPolicies, withRetries } from '../../workflows/onboarding/retry.ts';
import type { CommandContext } from '../command.ts';
import { UsageError, unlessInterrupted } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { renderTable } from '../table.ts';
import { followEvents } from './follow-events.ts';

export interface StackRemoval {
  readonly stackName: string;
  readonly deleteResults: boolean;
  /** The log project by its name: then it is deleted even where there is no such stack. */
  readonly logProject?: string;
  readonly isDryRun: boolean;
  /**
   * Resources that ROS itself never deletes, since the template retains them: the results. A stack
   * without any has nothing to do with the log project.
   */
  readonly retained: readonly string[];
  /** Whether functions stand on it. */
  readonly holdsRoles: boolean;
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
  const { operator, output, interrupted, texts } = context;
  const said = texts.setup.remove;
  const [stack, region, managementAccountId] = await Promise.all([
    operator.stack(stackName),
    operator.region(),
    operator.managementAccountId(),
  ]);
  const project = `account-onboarding-${managementAccountId}`;
  if (logProject !== undefined && logProject !== project) {
    throw new UsageError(({ usage }) => usage.notTheLogProject(logProject, project));
  }
  const found = await unlessInterrupted(stack.describe(), interrupted);
  const deletesProject = deleteResults && (found !== undefined || logProject !== undefined);

  if (found === undefined) {
    output.paragraph(said.none(stackName, region));
    if (deleteResults && !deletesProject) {
      output.note(`${said.keptAsAnothers(project)}\n  ${deletionOf(project)}`);
      return EXIT.ERROR;
    }
  } else if (isDryRun) {
    showRemoval(stackName, found.resources, deletesProject ? [] : removal.retained, context);
  }
  const holdsResults = removal.retained.length > 0;
  if (isDryRun) {
    if (holdsResults) {
      output.paragraph(
        deletesProject ? said.projectWouldGo(project) : said.projectWouldStay(project),
      );
    }
    output.line(texts.setup.planOnly);
    return EXIT.ALL_COVERED;
  }

  if (found !== undefined || deletesProject) {
    const consequences = [
      ...(found === undefined ? [] : [said.willBeDeleted(stackName)]),
      ...(found === undefined || !removal.holdsRoles
        ? []
        : await unlessInterrupted(
            functionsThatStandOnIt(managementAccountId, context),
            interrupted,
          )),
      ...(deletesProject ? [said.projectWillGo(project)] : []),
    ];
    const isWanted = await context.confirm({
      consequence: consequences.join('\n'),
      ...(deletesProject ? { phrase: project } : {}),
    });
    if (!isWanted) return EXIT.ERROR;
  }

  if (found !== undefined) {
    output.progress(said.removing(stackName));
    const removing = stack.remove(followEvents(stackName, context).onEvent);
    try {
      await unlessInterrupted(removing, interrupted);
    } catch (error) {
      if (!interrupted.aborted) throw error;
      output.endProgress();
      output.note(`${said.interrupted}\n  onboard setup --remove --stack ${stackName}`);
      return EXIT.INTERRUPTED;
    }
    output.endProgress();
    output.line(said.removed(stackName));
  }
  if (deletesProject) {
    await deleteProject(project, context);
  } else if (holdsResults) {
    output.paragraph(said.kept(project));
    output.line(`  ${deletionOf(project)}`);
  }
  return EXIT.ALL_COVERED;
}

/** A remark is not worth more. */
const LONGEST_LOOK_MS = 5_000;

/** What is still deployed and acts in the stack's roles, said in a sentence. */
async function functionsThatStandOnIt(
  accountId: string,
  { operator, texts }: CommandContext,
): Promise<string[]> {
  const said = texts.setup.remove;
  const { settings, clock, random } = operator;
  const { readDeployment } = await import('../doctor/deployment.ts');
  const { variables } = await operator.deploymentSettings();
  const policies = readPolicies((await settings()).retry);
  const deadlineMs = clock.now() + LONGEST_LOOK_MS;
  const reads: RetryReads = (read) => withRetries(read, { policies, clock, random, deadlineMs });
  const names = (await readDeployment(variables)).functions(accountId).map(({ name }) => name);
  try {
    const inspection = await operator.inspection(reads);
    const found = await Promise.all(names.map((name) => inspection.function(name)));
    const deployed = names.filter((_, index) => found[index] !== undefined);
    return deployed.length === 0 ? [] : [said.functionsUseIt(deployed.join(', '))];
  } catch (error) {
    if (!isCloudError(error)) throw error;
    return [said.functionsUnknown(`${error.operation}: ${error.code}`)];
  }
}

function deletionOf(project: string): string {
  return `onboard setup --remove --delete-results --log-project ${project}`;
}

function showRemoval(
  stackName: string,
  resources: readonly StackResource[],
  retained: readonly string[],
  { output, texts }: CommandContext,
): void {
  const { columns, actions, remove: said } = texts.setup;
  output.line(said.wouldBeDeleted(stackName));
  output.line(
    renderTable(
      [
        {
          title: columns.action,
          value: ({ logicalId }: StackResource) =>
            retained.includes(logicalId) ? actions.keep : actions.delete,
        },
        { title: columns.resource, value: ({ logicalId }) => logicalId },
        { title: columns.type, value: ({ type }) => type },
      ],
      resources,
      { output, texts },
    ),
  );
  output.line();
}

async function deleteProject(
  project: string,
  { operator, output, texts }: CommandContext,
): Promise<void> {
  const said = texts.setup.remove;
  output.progress(said.deletingProject(project));
  const wasThere = await operator.removeLogProject(project);
  output.endProgress();
  output.paragraph(wasThere ? said.projectGone(project) : said.noProject(project));
}
