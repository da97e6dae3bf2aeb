import { listAccountsInScope } from '../../workflows/onboarding/list-accounts.ts';
import { functionNameOf, RUN_OPTIONS, waitMsOf } from '../backfill/options.ts';
import { type BackfillOptions, runBackfill } from '../backfill/run-backfill.ts';
import { deployedRunner, localRunner } from '../backfill/runner.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { RUN_ENVIRONMENT } from '../environment.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { unlessInterrupted } from '../interruption.ts';
import { isOpen, type LastResult, readLastResults } from '../last-results.ts';
import { styleOfOutcome } from '../outcome-style.ts';
import type { Output } from '../output.ts';
import { patienceOf } from '../patience.ts';
import { cutIntoRuns } from '../replay/cut-into-runs.ts';
import { exitCodeOfStatus, lookAtMembers } from '../status/look-at-members.ts';
import { renderTable } from '../table.ts';

export const replay = defineCommand({
  name: 'replay',
  summary: 'Runs again what failed, is pending or is overdue',
  description:
    'Takes the accounts whose last result in the log store is failed, pending or overdue, as onboard status shows it, and runs a backfill for them. Accounts that have left the directory are named and left out. To repeat it is safe. What is more than one invocation takes is cut into several runs, one after the other.',
  options: RUN_OPTIONS,
  environment: RUN_ENVIRONMENT,
  examples: [
    { command: 'onboard replay --dry-run', does: 'Names the accounts, and shows the plan.' },
    { command: 'onboard replay', does: 'Runs them again, and shows what still needs attention.' },
    {
      command: 'onboard replay --local',
      does: 'Runs them from here, for example while the function has a role that lacks a permission.',
    },
  ],

  async run(options, context) {
    const { output, interrupted } = context;
    const waitMs = waitMsOf(options.wait);
    const functionName = functionNameOf(options.function, options.local);
    output.progress('looking for what is open');
    const { members, gone } = await unlessInterrupted(findOpen(context), interrupted);
    output.endProgress();
    if (gone.length > 0) {
      const ids = gone.map(({ accountId }) => accountId).join(', ');
      output.note(`No longer members, and left out: ${ids}`);
    }
    if (members.length === 0) {
      output.paragraph(
        "Nothing to replay: in the log store no member's last result is failed, pending or overdue.",
      );
      return unlessInterrupted(endWithoutRun(context), interrupted);
    }
    showOpen(members, output);
    return replayInOrder(
      cutIntoRuns(members.map(({ accountId }) => accountId)),
      {
        runner: options.local ? localRunner(context) : deployedRunner(functionName, context),
        dryRun: options['dry-run'],
        json: false,
        waitMs,
      },
      context,
    );
  },
});

/** No result is open, which does not say that all is covered: `onboard status` has the last word. */
async function endWithoutRun(context: CommandContext): Promise<ExitCode> {
  const seen = await lookAtMembers({ accounts: [], exclude: [] }, context);
  const exitCode = exitCodeOfStatus(seen);
  if (exitCode !== EXIT.ALL_COVERED) {
    context.output.note(
      'Not all is covered, though: onboard status says what is not, and onboard backfill onboards it.',
    );
  }
  return exitCode;
}

/** The rest is in `onboard status`. */
const MOST_SHOWN = 50;

async function findOpen(context: CommandContext) {
  const { operator } = context;
  const [patience, ports, managementAccountId] = await Promise.all([
    patienceOf(operator),
    operator.onboarding(),
    operator.managementAccountId(),
  ]);
  const directory = await ports.directory();
  const scope = { kind: 'directory', excludedAccountIds: [] } as const;
  const [last, listed] = await Promise.all([
    readLastResults(operator, patience),
    listAccountsInScope(scope, directory, managementAccountId, patience),
  ]);
  const memberIds = new Set(
    listed.filter(({ skipReason }) => skipReason === undefined).map(({ accountId }) => accountId),
  );
  const open = [...last.values()].filter(isOpen);
  return {
    members: open.filter(({ accountId }) => memberIds.has(accountId)),
    gone: open.filter(({ accountId }) => !memberIds.has(accountId)),
  };
}

function showOpen(open: readonly LastResult[], output: Output): void {
  const { style } = output;
  output.line(
    renderTable<LastResult>(
      [
        { title: 'account', value: ({ accountId }) => accountId },
        { title: 'name', value: ({ accountName }) => accountName ?? '', fit: 'truncate' },
        { title: 'last result', value: ({ outcome }) => styleOfOutcome(outcome, style)(outcome) },
        { title: 'because', value: reasonOf, fit: 'wrap' },
      ],
      open.slice(0, MOST_SHOWN),
      style.dim,
      output.width,
    ),
  );
  if (open.length > MOST_SHOWN) output.line(`and ${open.length - MOST_SHOWN} more.`);
  output.line();
}

function reasonOf({ errorCode, errorMessage, recorderStatus }: LastResult): string {
  if (errorCode !== undefined) return `${errorCode}: ${errorMessage ?? ''}`;
  return recorderStatus === undefined ? 'not in the account group' : `recorder ${recorderStatus}`;
}

/** The exit code is the worst of the runs'. After an interruption no further one is started. */
async function replayInOrder(
  runs: readonly (readonly string[])[],
  options: BackfillOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { output, interrupted } = context;
  const codes: ExitCode[] = [];
  for (const [at, accounts] of runs.entries()) {
    if (runs.length > 1)
      output.note(`Run ${at + 1} of ${runs.length}: ${accounts.length} accounts`);
    codes.push(await runBackfill({ accounts }, options, context));
    if (interrupted.aborted) {
      if (at + 1 < runs.length) {
        output.note(
          `${runs.length - at - 1} more runs were not started: run onboard replay again.`,
        );
      }
      break;
    }
  }
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.ALL_COVERED;
}

const WORST_FIRST: readonly ExitCode[] = [EXIT.ERROR, EXIT.ATTENTION, EXIT.PENDING];
