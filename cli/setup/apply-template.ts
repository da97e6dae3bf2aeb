import { StackFailed } from '../../alicloud/resource-orchestration/stack-failed.ts';
import type { ChangeSet } from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { CommandContext } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Interrupted, unlessInterrupted } from '../interruption.ts';
import type { Stack } from '../stack.ts';
import { renderTable } from '../table.ts';
import { followEvents } from './follow-events.ts';
import { showChanges } from './show-changes.ts';

export interface TemplateApplication {
  readonly stackName: string;
  /** Its text. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isDryRun: boolean;
}

/** Plans, shows the plan, and applies it to its end. Safe to repeat. */
export async function applyTemplate(
  application: TemplateApplication,
  context: CommandContext,
): Promise<ExitCode> {
  const { stackName, template, parameters, isDryRun } = application;
  const { operator, output, interrupted } = context;
  const stack = await operator.stack(stackName);
  output.progress(`comparing stack.yaml with the stack ${stackName}`);
  const plan = await stack.plan(template, parameters, interrupted).catch((error: unknown) => {
    throw interrupted.aborted ? new Interrupted() : error;
  });
  output.endProgress();
  if (plan.kind === 'nothing') {
    output.line(`Nothing to change: the stack ${stackName} is as stack.yaml says.`);
    return EXIT.ALL_COVERED;
  }
  if (plan.kind === 'clear') {
    output.paragraph(
      `The stack ${stackName} is in ${plan.status} and holds nothing: it will be deleted, and created anew from stack.yaml.`,
    );
  } else {
    output.line(`The stack ${stackName} will be ${plan.kind}d:`);
    showChanges(plan.changes, output);
  }
  output.line();

  if (isDryRun || interrupted.aborted) {
    await stack.discard(plan);
    output.line('That was the plan. Nothing was changed.');
    return EXIT.ALL_COVERED;
  }
  if (plan.kind === 'clear') {
    output.progress(`deleting the empty stack ${stackName}`);
    await unlessInterrupted(
      stack.execute(plan, () => undefined),
      interrupted,
    );
    output.endProgress();
    return applyTemplate(application, context);
  }
  return applyPlan(stackName, stack, plan, context);
}

async function applyPlan(
  stackName: string,
  stack: Stack,
  plan: ChangeSet,
  { output, interrupted }: CommandContext,
): Promise<ExitCode> {
  const events = followEvents(stackName, output, plan.changes.length);
  try {
    await unlessInterrupted(stack.execute(plan, events.onEvent), interrupted);
  } catch (error) {
    output.endProgress();
    if (interrupted.aborted) {
      output.note('ROS goes on without this command. Run onboard setup again to see how it ended.');
      return EXIT.ERROR;
    }
    if (!(error instanceof StackFailed)) throw error;
    for (const text of describeFailedStack(stackName, error)) output.note(text);
    return EXIT.ERROR;
  }
  output.endProgress();
  output.line(output.style.good(`The stack ${stackName} is complete.`));
  await showOutputs(stack, output);
  return EXIT.ALL_COVERED;
}

async function showOutputs(stack: Stack, output: CommandContext['output']): Promise<void> {
  const outputs = Object.entries((await stack.outputs()) ?? {});
  if (outputs.length === 0) return;
  output.line(
    renderTable(
      [
        { title: 'output', value: ([name]: readonly [string, string]) => name },
        { title: 'value', value: ([, value]) => value },
      ],
      outputs,
      output.style.dim,
      output.width,
    ),
  );
}

function describeFailedStack(stackName: string, error: StackFailed): string[] {
  const { logicalId, type, status, message } = error;
  const what =
    logicalId === undefined
      ? `The stack ${stackName} failed`
      : `${logicalId} (${type ?? 'unknown type'}) failed`;
  return [
    `${what}: ${message}`,
    `The stack is in ${status}. When the reason is gone, run onboard setup again.`,
    ...(type === 'ALIYUN::SLS::Project'
      ? [
          'If an earlier stack left the log project behind, go on with it: --parameter ResultStore=Existing',
        ]
      : []),
  ];
}
