import { listAccountsInScope } from '../../workflows/onboarding/list-accounts.ts';
import { declareRunOptions, functionNameOf, waitMsOf } from '../backfill/options.ts';
import { type BackfillOptions, runBackfill } from '../backfill/run-backfill.ts';
import { deployedRunner, localRunner } from '../backfill/runner.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { RUN_ENVIRONMENT } from '../environment.ts';
import { unlessInterrupted } from '../errors.ts';
import { EXIT, type ExitCode, worstOf } from '../exit-codes.ts';
import { isOpen, type LastResult, readLastResults } from '../last-results.ts';
import { type JsonResult, styleOfOutcome } from '../output.ts';
import { readRetryContext } from '../retry-reads.ts';
import { exitCodeOfStatus, lookAtMembers } from '../status/look-at-members.ts';
import { renderTable } from '../table.ts';

export const replay = defineCommand(
  {
    name: 'replay',
    environment: RUN_ENVIRONMENT,

    declare: (command, { commands: { replay: texts } }) =>
      declareRunOptions(command, texts.options),
  },
  async (options, context) => {
    const { output, interrupted, texts } = context;
    const said = texts.run.replay;
    const waitMs = waitMsOf(options.wait);
    const functionName = functionNameOf(options.function, options.local);
    output.progress(said.looking);
    const { members, gone } = await unlessInterrupted(
      findOpen(context),
      interrupted,
      ({ run }) => run.interruptedBefore,
    );
    output.endProgress();
    if (gone.length > 0) {
      output.note(said.gone(gone.map(({ accountId }) => accountId).join(', ')));
    }
    const { json = false } = options;
    const runs: JsonResult[] = [];
    const say = () => output.json({ schemaVersion: 1, accounts: members, left: gone, runs });
    if (members.length === 0) {
      if (json) say();
      else output.paragraph(said.nothing);
      return unlessInterrupted(endWithoutRun(context), interrupted);
    }
    if (!json) showOpen(members, context);
    const exitCode = await replayInOrder(
      cutIntoRuns(members.map(({ accountId }) => accountId)),
      {
        runner: options.local ? localRunner(context) : deployedRunner(functionName, context),
        dryRun: options.dryRun ?? false,
        json,
        waitMs,
      },
      // What each run says is a part of the one object.
      { ...context, output: { ...output, json: (result) => runs.push(result) } },
    );
    if (json) say();
    return exitCode;
  },
);

/** No result is open, which does not say that all is covered: `onboard status` has the last word. */
async function endWithoutRun(context: CommandContext): Promise<ExitCode> {
  const seen = await lookAtMembers({ accounts: [], exclude: [] }, context);
  const exitCode = exitCodeOfStatus(seen);
  if (exitCode !== EXIT.ALL_COVERED) {
    context.output.note(context.texts.run.replay.notAllCovered);
  }
  return exitCode;
}

/** The rest is in `onboard status`. */
const MOST_SHOWN = 50;

async function findOpen(context: CommandContext) {
  const { operator } = context;
  const [ports, managementAccountId] = await Promise.all([
    operator.onboarding(),
    operator.managementAccountId(),
  ]);
  const directory = await ports.directory();
  const retry = await readRetryContext(operator);
  const scope = { kind: 'directory', excludedAccountIds: [] } as const;
  const [last, listed] = await Promise.all([
    readLastResults(operator, retry),
    listAccountsInScope(scope, directory, managementAccountId, retry),
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

function showOpen(open: readonly LastResult[], { output, texts }: CommandContext): void {
  const { style } = output;
  const { columns } = texts.status;
  const said = texts.run.replay;
  output.line(
    renderTable<LastResult>(
      [
        { title: columns.account, value: ({ accountId }) => accountId },
        { title: columns.name, value: ({ accountName }) => accountName ?? '', fit: 'truncate' },
        {
          title: columns.lastResult,
          value: ({ outcome }) => styleOfOutcome(outcome, style)(outcome),
        },
        { title: columns.because, value: reasonOf, fit: 'wrap' },
      ],
      open.slice(0, MOST_SHOWN),
      { output, texts },
    ),
  );
  if (open.length > MOST_SHOWN) output.line(said.more(open.length - MOST_SHOWN));
  output.line();

  function reasonOf({ errorCode, errorMessage, recorderStatus }: LastResult): string {
    if (errorCode !== undefined) return `${errorCode}: ${errorMessage ?? ''}`;
    return recorderStatus === undefined ? said.notInGroup : said.recorder(recorderStatus);
  }
}

/** The exit code is the worst of the runs'. After an interruption no further one is started. */
async function replayInOrder(
  runs: readonly (readonly string[])[],
  options: BackfillOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { output, interrupted, texts } = context;
  const said = texts.run.replay;
  const codes: ExitCode[] = [];
  for (const [at, accounts] of runs.entries()) {
    if (runs.length > 1) output.note(said.run(at + 1, runs.length, accounts.length));
    codes.push(await runBackfill({ accounts }, options, context));
    if (interrupted.aborted) {
      if (at + 1 < runs.length) output.note(said.notStarted(runs.length - at - 1));
      break;
    }
  }
  return worstOf(codes);
}

/** An asynchronous invocation takes 128 KB; the rest of the input is a few bytes. */
const LARGEST_INPUT_BYTES = 120 * 1024;

/** The accounts in order, cut so that each part fits into one invocation. */
export function cutIntoRuns(
  accountIds: readonly string[],
  largestBytes = LARGEST_INPUT_BYTES,
): string[][] {
  const runs: string[][] = [];
  let room = 0;
  for (const accountId of accountIds) {
    // In JSON: two quotes and a comma.
    const bytes = accountId.length + 3;
    if (room < bytes) {
      runs.push([]);
      room = largestBytes;
    }
    runs.at(-1)?.push(accountId);
    room -= bytes;
  }
  return runs;
}
