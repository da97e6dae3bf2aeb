import { StackFailed } from '../../alicloud/resource-orchestration/stack-failed.ts';
import type { ChangeSet, LeftOverStack } from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { CommandContext } from '../command.ts';
import { Interrupted, unlessInterrupted } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Stack } from '../operator.ts';
import { renderTable } from '../table.ts';
import type { Texts } from '../texts/en.ts';
import { followEvents } from './follow-events.ts';
import { irreversible } from './irreversible.ts';
import { propertyChanges } from './property-changes.ts';
import { showChanges } from './show-changes.ts';

export interface TemplateApplication {
  readonly stackName: string;
  /** Its text. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isDryRun: boolean;
  /** What has to be done before it is applied, once that is wanted. */
  readonly prepare: () => Promise<void>;
}

/** Plans, shows the plan, and applies it to its end. Safe to repeat. */
export async function applyTemplate(
  application: TemplateApplication,
  context: CommandContext,
): Promise<ExitCode> {
  const { stackName, template, parameters, isDryRun, prepare } = application;
  const { operator, output, interrupted, texts } = context;
  const said = texts.setup;
  const stack = await operator.stack(stackName);
  output.progress(said.comparing(stackName));
  const plan = await stack.plan(template, parameters, interrupted).catch((error: unknown) => {
    throw interrupted.aborted ? new Interrupted() : error;
  });
  output.endProgress();
  if (plan.kind === 'nothing') {
    if (!isDryRun) await prepare();
    output.line(said.nothing(stackName));
    return EXIT.ALL_COVERED;
  }
  try {
    const isWanted =
      plan.kind === 'clear'
        ? await isClearingWanted(application, plan, context)
        : await isPlanWanted(application, stack, plan, context);
    output.line();
    if (isDryRun || interrupted.aborted || !isWanted) {
      await stack.discard(plan);
      if (isDryRun || interrupted.aborted) output.line(said.planOnly);
      if (interrupted.aborted) return EXIT.INTERRUPTED;
      return isWanted ? EXIT.ALL_COVERED : EXIT.ERROR;
    }
    if (plan.kind !== 'clear') await prepare();
  } catch (error) {
    // Interrupted at the question, or a role that can't be made: no change set stays behind.
    await stack.discard(plan).catch(() => undefined);
    throw error;
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

/** Says what is in the way, and asks where more goes than a name. */
async function isClearingWanted(
  { stackName, isDryRun }: TemplateApplication,
  { status, reason, isEmpty }: LeftOverStack,
  { output, confirm, texts: { setup: said } }: CommandContext,
): Promise<boolean> {
  if (isEmpty) {
    output.paragraph(said.clear(stackName, status));
    return true;
  }
  const consequence = said.clearRest(stackName, status, reason || said.noReason);
  if (!isDryRun) return confirm({ consequence });
  output.note(consequence);
  return true;
}

/** Shows the plan with all that can be found out before, and asks where it can't be taken back. */
async function isPlanWanted(
  { stackName, template, parameters, isDryRun }: TemplateApplication,
  stack: Stack,
  { kind, changes }: ChangeSet,
  context: CommandContext,
): Promise<boolean> {
  const { operator, output, interrupted, texts } = context;
  const said = texts.setup;
  const isNew = kind === 'create';
  const [deployed, accountId, region] = await unlessInterrupted(
    Promise.all([
      isNew ? undefined : stack.deployed(),
      operator.managementAccountId(),
      operator.region(),
    ]),
    interrupted,
  );
  const place = { accountId, region };
  const properties =
    deployed === undefined
      ? []
      : propertyChanges({ changes, deployed, template, parameters, place });
  output.line(isNew ? said.willBeCreated(stackName) : said.willBeUpdated(stackName));
  showChanges(changes, properties, context);

  const lost = irreversible(changes, properties, texts);
  if (lost.length === 0) return true;
  const consequence = [...lost, said.irreversible.cannotBeUndone].join(' ');
  if (isDryRun) {
    output.note(consequence);
    return true;
  }
  return context.confirm({ consequence });
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
  return [said.failed(what, message), said.failedIn(status)];
}
