import { StackFailed } from '../../alicloud/resource-orchestration/stack-failed.ts';
import type { ChangeSet } from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { CommandContext } from '../command.ts';
import { Interrupted, unlessInterrupted } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Stack } from '../operator.ts';
import { renderTable } from '../table.ts';
import type { Texts } from '../texts/en.ts';
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
  const { operator, output, interrupted, texts } = context;
  const said = texts.setup;
  const stack = await operator.stack(stackName);
  output.progress(said.comparing(stackName));
  const plan = await stack.plan(template, parameters, interrupted).catch((error: unknown) => {
    throw interrupted.aborted ? new Interrupted() : error;
  });
  output.endProgress();
  if (plan.kind === 'nothing') {
    output.line(said.nothing(stackName));
    return EXIT.ALL_COVERED;
  }
  if (plan.kind === 'clear') {
    output.paragraph(said.clear(stackName, plan.status));
  } else {
    const isNew = plan.kind === 'create';
    output.line(isNew ? said.willBeCreated(stackName) : said.willBeUpdated(stackName));
    showChanges(plan.changes, context);
  }
  output.line();

  if (isDryRun || interrupted.aborted) {
    await stack.discard(plan);
    output.line(said.planOnly);
    return interrupted.aborted ? EXIT.INTERRUPTED : EXIT.ALL_COVERED;
  }
  if (plan.kind === 'clear') {
    output.progress(said.clearing(stackName));
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
  context: CommandContext,
): Promise<ExitCode> {
  const { output, interrupted, texts } = context;
  const events = followEvents(stackName, context, plan.changes.length);
  try {
    await unlessInterrupted(stack.execute(plan, events.onEvent), interrupted);
  } catch (error) {
    output.endProgress();
    if (interrupted.aborted) {
      output.note(texts.setup.goesOn);
      return EXIT.INTERRUPTED;
    }
    if (!(error instanceof StackFailed)) throw error;
    for (const text of describeFailedStack(stackName, error, texts)) output.note(text);
    return EXIT.ERROR;
  }
  output.endProgress();
  output.line(output.style.good(texts.setup.complete(stackName)));
  await showOutputs(stack, context);
  return EXIT.ALL_COVERED;
}

async function showOutputs(stack: Stack, { output, texts }: CommandContext): Promise<void> {
  const { columns } = texts.setup;
  const outputs = Object.entries((await stack.outputs()) ?? {});
  if (outputs.length === 0) return;
  output.line(
    renderTable(
      [
        { title: columns.output, value: ([name]: readonly [string, string]) => name },
        { title: columns.value, value: ([, value]) => value },
      ],
      outputs,
      { output, texts },
    ),
  );
}

function describeFailedStack(
  stackName: string,
  error: StackFailed,
  { setup: said }: Texts,
): string[] {
  const { logicalId, type, status, message } = error;
  const what =
    logicalId === undefined ? said.stackFailed(stackName) : said.resourceFailed(logicalId, type);
  return [
    said.failed(what, message),
    said.failedIn(status),
    ...(type === 'ALIYUN::SLS::Project' ? [said.leftBehind] : []),
  ];
}
