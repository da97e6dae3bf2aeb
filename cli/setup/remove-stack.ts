import type { RetryReads } from '../../alicloud/retry-reads.ts';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import { readPolicies, withRetries } from '../../workflows/onboarding/retry.ts';
import type { CommandContext } from '../command.ts';
import { UsageError, unlessInterrupted } from '../errors.ts';
import { renderTable } from '../table.ts';
import { followEvents } from './follow-events.ts';
import { openStack } from './open-stack.ts';
import type { ReportedChange, SetupReport } from './setup-report.ts';

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
  /** Of the event rule; else the one whose roles the functions have. */
  readonly isEventPath: boolean;
}

/**
 * Deletes the stack; then, if that is wanted, the log project that it keeps. Only the project that
 * stack.yaml names, whatever the environment says of another; and where the stack is not found,
 * perhaps because its name is mistyped, only when the project is named too. Safe to repeat.
 */
export async function removeStack(
  removal: StackRemoval,
  context: CommandContext,
): Promise<SetupReport> {
  const { stackName, deleteResults, logProject, isDryRun } = removal;
  const { operator, output, interrupted, texts } = context;
  const said = texts.setup.remove;
  const [stack, region, managementAccountId] = await Promise.all([
    openStack(stackName, context),
    operator.region(),
    operator.managementAccountId(),
  ]);
  const project = `account-onboarding-${managementAccountId}`;
  if (logProject !== undefined && logProject !== project) {
    throw new UsageError(({ usage }) => usage.notTheLogProject(logProject, project));
  }
  const found = await unlessInterrupted(stack.describe(), interrupted);
  const deletesProject = deleteResults && (found !== undefined || logProject !== undefined);
  const holdsResults = removal.retained.length > 0;
  const kept = deletesProject ? [] : removal.retained;
  const changes = (found?.resources ?? []).map(
    (resource): ReportedChange => ({
      ...resource,
      action: kept.includes(resource.logicalId) ? 'Keep' : 'Remove',
    }),
  );
  const users =
    found === undefined || removal.isEventPath
      ? []
      : await unlessInterrupted(functionsThatStandOnIt(managementAccountId, context), interrupted);
  const consequences = [
    ...(found === undefined ? [] : [said.willBeDeleted(stackName)]),
    ...users,
    ...(deletesProject ? [said.projectWillGo(project)] : []),
  ];
  const planned: Omit<SetupReport, 'result'> = {
    plan: consequences.length === 0 ? 'nothing' : 'remove',
    changes,
    irreversible: consequences,
    ...(holdsResults && {
      logProject: { name: project, action: deletesProject ? 'delete' : 'keep' },
    }),
  };

  if (found === undefined) {
    output.paragraph(said.none(stackName, region));
    if (deleteResults && !deletesProject) {
      output.note(`${said.keptAsAnothers(project)}\n  ${deletionOf(project)}`);
      return { ...planned, result: 'refused' };
    }
  } else if (isDryRun) {
    showRemoval(stackName, changes, context);
    for (const text of users) output.note(text);
  }
  if (isDryRun) {
    if (holdsResults) {
      output.paragraph(
        deletesProject ? said.projectWouldGo(project) : said.projectWouldStay(project),
      );
    }
    output.line(texts.setup.planOnly);
    return { ...planned, result: 'planned' };
  }

  if (consequences.length > 0) {
    const isWanted = await context.confirm({
      consequence: consequences.join('\n'),
      ...(deletesProject ? { phrase: project } : {}),
    });
    if (!isWanted) return { ...planned, result: 'refused' };
  }

  if (found !== undefined) {
    output.progress(said.removing(stackName));
    const going = found.resources.filter(({ logicalId }) => !removal.retained.includes(logicalId));
    const removing = stack.remove(followEvents(stackName, context, going.length).onEvent);
    try {
      await unlessInterrupted(removing, interrupted);
    } catch (error) {
      if (!interrupted.aborted) throw error;
      output.endProgress();
      output.note(`${said.interrupted}\n  ${resumptionOf(removal, deletesProject, project)}`);
      return { ...planned, result: 'interrupted' };
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
  return { ...planned, result: consequences.length === 0 ? 'unchanged' : 'applied' };
}

/** The project by its name, as the stack may be gone by then. */
function resumptionOf(
  { stackName, isEventPath }: StackRemoval,
  deletesProject: boolean,
  project: string,
): string {
  return [
    'onboard setup --remove',
    ...(isEventPath ? ['--event-rule'] : []),
    `--stack ${stackName}`,
    ...(deletesProject ? [`--delete-results --log-project ${project}`] : []),
  ].join(' ');
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
    return deployed.length === 0 ? [] : [said.functionsUseIt(deployed)];
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
  changes: readonly ReportedChange[],
  { output, texts }: CommandContext,
): void {
  const { columns, actions, remove: said } = texts.setup;
  output.line(said.wouldBeDeleted(stackName));
  output.line(
    renderTable(
      [
        {
          title: columns.action,
          value: ({ action }: ReportedChange) =>
            action === 'Keep' ? actions.keep : actions.delete,
        },
        { title: columns.resource, value: ({ logicalId }) => logicalId },
        { title: columns.type, value: ({ type }) => type },
      ],
      changes,
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
