import { StackFailed } from '../../alicloud/resource-orchestration/stack-failed.ts';
import type { StackPlan } from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { CommandContext } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { unlessInterrupted } from '../interruption.ts';
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
  { stackName, template, parameters, isDryRun }: TemplateApplication,
  { operator, output, interrupted }: CommandContext,
): Promise<ExitCode> {
  const stack = await operator.stack(stackName);
  output.progress(`Comparing stack.yaml with the stack ${stackName}`);
  const plan = await stack.plan(template, parameters);
  output.endProgress();
  if (plan.kind === 'nothing') {
    output.line(`Nothing to change: the stack ${stackName} is as stack.yaml says.`);
    return EXIT.ALL_COVERED;
  }
  output.line(
    plan.kind === 'create'
      ? `The stack ${stackName} will be created:`
      : `The stack ${stackName} will be updated:`,
  );
  showChanges(plan.changes, output);

  if (isDryRun || interrupted.aborted) {
    await stack.discard(plan);
    output.line('That was the plan. Nothing was changed.');
    return EXIT.ALL_COVERED;
  }
  const events = followEvents(stackName, output, plan.changes.length);
  const isDone = await execute(stack, plan, events.onEvent, interrupted).catch((error: unknown) => {
    output.endProgress();
    if (!(error instanceof StackFailed)) throw error;
    for (const text of describeFailedStack(stackName, error)) output.note(text);
    return undefined;
  });
  if (isDone === undefined) return EXIT.ERROR;
  output.endProgress();
  if (!isDone) {
    output.note('ROS goes on without this command. Run onboard setup again to see how it ended.');
    return EXIT.ERROR;
  }
  output.line();
  output.line(output.style.good(`The stack ${stackName} is complete.`));
  await showOutputs(stack, output);
  output.line('Next: npm run deploy puts the functions on it.');
  return EXIT.ALL_COVERED;
}

/** `false` when the person goes before it is done: the service goes on. */
async function execute(
  stack: Stack,
  plan: StackPlan,
  onEvent: Parameters<Stack['execute']>[1],
  interrupted: AbortSignal,
): Promise<boolean> {
  try {
    await unlessInterrupted(stack.execute(plan, onEvent), interrupted);
    return true;
  } catch (error) {
    if (interrupted.aborted) return false;
    throw error;
  }
}

async function showOutputs(stack: Stack, output: CommandContext['output']): Promise<void> {
  const outputs = Object.entries((await stack.outputs()) ?? {});
  if (outputs.length === 0) return;
  output.line(
    renderTable(
      [
        { title: 'Output', value: ([name]: readonly [string, string]) => name },
        { title: 'Value', value: ([, value]) => value },
      ],
      outputs,
      output.style.bold,
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
