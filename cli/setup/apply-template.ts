import { StackFailed } from '../../alicloud/resource-orchestration/stack-failed.ts';
import type {
  ChangeSet,
  LeftOverStack,
  StackChange,
} from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { CommandContext } from '../command.ts';
import { Interrupted, unlessInterrupted } from '../errors.ts';
import type { Stack } from '../operator.ts';
import { renderTable } from '../table.ts';
import type { Texts } from '../texts/en.ts';
import { followEvents } from './follow-events.ts';
import { irreversible } from './irreversible.ts';
import { openStack } from './open-stack.ts';
import { type PropertyChange, propertyChanges } from './property-changes.ts';
import type { MissingRoles } from './service-linked-roles.ts';
import type { SetupReport } from './setup-report.ts';
import { showChanges } from './show-changes.ts';

export interface TemplateApplication {
  readonly stackName: string;
  /** Its text. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isDryRun: boolean;
  /** Of a plan that has more parts: whoever shows them says in the end that it was the plan. */
  readonly isPart?: boolean;
  /** They are created before it is applied, once that is wanted. */
  readonly missing: MissingRoles;
}

/** What can be found out about a plan before it is applied. */
interface PlanFindings {
  readonly changes: readonly StackChange[];
  readonly properties?: readonly PropertyChange[];
  readonly irreversible: readonly string[];
}

/** Plans, shows the plan, and applies it to its end. Safe to repeat. */
export async function applyTemplate(
  application: TemplateApplication,
  context: CommandContext,
): Promise<SetupReport> {
  const { stackName, template, parameters, isDryRun, isPart, missing } = application;
  const { output, interrupted, texts } = context;
  const said = texts.setup;
  const stack = await openStack(stackName, context);
  output.progress(said.comparing(stackName));
  const plan = await stack.plan(template, parameters, interrupted).catch((error: unknown) => {
    throw interrupted.aborted ? new Interrupted() : error;
  });
  output.endProgress();
  if (plan.kind === 'nothing') {
    if (!isDryRun) await missing.create();
    output.line(said.nothing(stackName));
    return { plan: plan.kind, changes: [], roles: missing.names, result: 'unchanged' };
  }
  let planned: Omit<SetupReport, 'result'> = {
    plan: plan.kind,
    changes: [],
    roles: missing.names,
  };
  try {
    const found =
      plan.kind === 'clear'
        ? sayWhatIsLeft(stackName, plan, context)
        : await findOut(application, stack, plan, context);
    planned = { ...planned, ...found };
    output.line();
    const isWanted = await isPlanWanted(application, found, context);
    if (isDryRun || interrupted.aborted || !isWanted) {
      await stack.discard(plan);
      if ((isDryRun && !isPart) || interrupted.aborted) output.line(said.planOnly);
      if (interrupted.aborted) return { ...planned, result: 'interrupted' };
      return { ...planned, result: isWanted ? 'planned' : 'refused' };
    }
    if (plan.kind !== 'clear') await missing.create();
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
  return { ...planned, ...(await applyPlan(stackName, stack, plan, context)) };
}

/** What is in the way, and goes. */
function sayWhatIsLeft(
  stackName: string,
  { status, reason, isEmpty }: LeftOverStack,
  { output, texts: { setup: said } }: CommandContext,
): PlanFindings {
  if (!isEmpty) {
    const lost = said.clearRest(stackName, status, reason || said.noReason);
    return { changes: [], irreversible: [lost] };
  }
  output.paragraph(said.clear(stackName, status));
  return { changes: [], irreversible: [] };
}

/** Shows the plan with the values that it changes. */
async function findOut(
  { stackName, template, parameters }: TemplateApplication,
  stack: Stack,
  { kind, changes }: ChangeSet,
  { operator, output, interrupted, texts }: CommandContext,
): Promise<PlanFindings> {
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
  showChanges(changes, properties, { output, texts });
  return { changes, properties, irreversible: irreversible(changes, properties, texts) };
}

/** Whether it is agreed to, where it can't be taken back. */
async function isPlanWanted(
  { isDryRun }: TemplateApplication,
  { irreversible: lost }: PlanFindings,
  { confirm, output, texts: { setup: said } }: CommandContext,
): Promise<boolean> {
  if (lost.length === 0) return true;
  const consequence = said.irreversible.all(lost);
  if (isDryRun) {
    output.note(consequence);
    return true;
  }
  return confirm({ consequence });
}

async function applyPlan(
  stackName: string,
  stack: Stack,
  plan: ChangeSet,
  context: CommandContext,
): Promise<Pick<SetupReport, 'result' | 'outputs' | 'failure'>> {
  const { output, interrupted, texts } = context;
  const events = followEvents(stackName, context, plan.changes.length);
  try {
    await unlessInterrupted(stack.execute(plan, events.onEvent), interrupted);
  } catch (error) {
    output.endProgress();
    if (interrupted.aborted) {
      output.note(texts.setup.goesOn);
      return { result: 'interrupted' };
    }
    if (!(error instanceof StackFailed)) throw error;
    for (const text of describeFailedStack(stackName, error, texts)) output.note(text);
    const { status, message, logicalId, type } = error;
    return { result: 'failed', failure: { status, message, logicalId, type } };
  }
  output.endProgress();
  output.line(output.style.good(texts.setup.complete(stackName)));
  const outputs = (await stack.outputs()) ?? {};
  showOutputs(outputs, context);
  return { result: 'applied', outputs };
}

function showOutputs(
  outputs: Readonly<Record<string, string>>,
  { output, texts }: CommandContext,
): void {
  const { columns } = texts.setup;
  const rows = Object.entries(outputs);
  if (rows.length === 0) return;
  output.line(
    renderTable(
      [
        { title: columns.output, value: ([name]: readonly [string, string]) => name },
        { title: columns.value, value: ([, value]) => value },
      ],
      rows,
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
