import { withRetries } from '../../workflows/onboarding/retry.ts';
import type { CommandContext } from '../command.ts';
import { Interrupted, unlessInterrupted } from '../errors.ts';
import { readRetryContext } from '../retry-reads.ts';
import type { Texts } from '../texts/en.ts';
import { openStack } from './open-stack.ts';

/** Of stack.yaml: the logstore's name, and the parameter that says what of it all is there. */
const LOGSTORE = 'results';
type Found = { readonly ResultStore?: keyof Texts['setup']['resultStore'] };

/**
 * What of the log store of results is there without a stack, as the template's parameter: ROS keeps
 * it, whatever ends a stack, and a new one can only go on with it. Says so. Nothing where there is a
 * stack, or no log project. Safe to repeat; rejects with a `CloudError`.
 */
export async function findResultStore(stackName: string, context: CommandContext): Promise<Found> {
  const { operator, output, interrupted, texts } = context;
  const stack = await openStack(stackName, context);
  output.progress(texts.setup.comparing(stackName));
  const isSetUp = await stack.isSetUp(interrupted).catch((error: unknown) => {
    throw interrupted.aborted ? new Interrupted() : error;
  });
  const project = `account-onboarding-${await operator.managementAccountId()}`;
  const ResultStore = isSetUp
    ? undefined
    : await unlessInterrupted(whatIsThere(project, context), interrupted);
  output.endProgress();
  if (ResultStore === undefined) return {};
  output.paragraph(texts.setup.resultStore[ResultStore](project));
  return { ResultStore };
}

async function whatIsThere(
  project: string,
  { operator }: CommandContext,
): Promise<Found['ResultStore']> {
  const inspection = await operator.inspection(async (read) =>
    withRetries(read, await readRetryContext(operator)),
  );
  if (!(await inspection.hasLogProject(project))) return undefined;
  if ((await inspection.logstore(project, LOGSTORE)) === undefined) return 'ExistingProject';
  const index = await inspection.logIndex(project, LOGSTORE);
  return index === undefined ? 'ExistingLogstore' : 'Existing';
}
