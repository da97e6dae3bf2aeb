import type { CommandContext } from '../command.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { unlessInterrupted } from '../interruption.ts';
import { accountsInPlan, showPlan } from './plan-view.ts';
import type { RunState } from './run-state.ts';
import type { BackfillPayload, Runner } from './runner.ts';
import { showEnding } from './show-ending.ts';
import { storedRun } from './stored-run.ts';
import { type WatchOptions, watchRun } from './watch-run.ts';

export interface BackfillOptions {
  readonly runner: Runner;
  readonly dryRun: boolean;
  /** One JSON object on standard output instead of what people read. */
  readonly json: boolean;
  /** How long to wait for the run's end, at most. */
  readonly waitMs: number;
}

/** It lists the directory, at most 1,500 accounts a second, and asks again where it has to. */
const PLAN_TIMEOUT_MS = 120_000;
/** A run's results may have been stamped by a clock that is this far behind. */
const CLOCK_SKEW_S = 3_600;
/** As far back as a run may be picked up. */
const FOLLOW_BACK_S = 3600 * 86_400;

/** Plans, starts what was planned, and watches it to its end. */
export async function runBackfill(
  payload: BackfillPayload,
  { runner, dryRun, json, waitMs }: BackfillOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { output, operator, interrupted } = context;
  output.progress(`asking ${runner.where} for its plan`);
  const plan = await unlessInterrupted(runner.plan(payload, PLAN_TIMEOUT_MS), interrupted);
  output.endProgress();
  if (!json) showPlan(plan, output);
  if (dryRun) {
    if (json) output.line(JSON.stringify(plan));
    else output.note('\nNothing was changed: this was a dry run.');
    return exitCodeOf(plan.accounts);
  }

  const fromS = Math.floor(operator.clock.now() / 1000) - CLOCK_SKEW_S;
  // A run that nobody could see is not started: this rejects when there is no log store.
  await unlessInterrupted(storedRun(operator, { id: operator.newId(), fromS }).look(), interrupted);
  const { followId, running } = await runner.start(payload);
  output.note(
    `\nStarted in ${runner.where}. To watch it from anywhere, at any time:\n  ${followCommand(followId)}`,
  );
  if (!json) output.line();
  return watchToTheEnd(
    followId,
    fromS,
    {
      total: accountsInPlan(plan),
      waitMs,
      ...(running === undefined ? {} : { running }),
    },
    json,
    context,
  );
}

/** Picks up a run that was started before, here or elsewhere. */
export function followRun(
  followId: string,
  options: Pick<BackfillOptions, 'json' | 'waitMs'>,
  context: CommandContext,
): Promise<ExitCode> {
  const nowS = Math.floor(context.operator.clock.now() / 1000);
  const fromS = Math.max(0, nowS - FOLLOW_BACK_S);
  return watchToTheEnd(followId, fromS, { waitMs: options.waitMs }, options.json, context);
}

async function watchToTheEnd(
  followId: string,
  fromS: number,
  watch: WatchOptions,
  json: boolean,
  context: CommandContext,
): Promise<ExitCode> {
  const { operator, output } = context;
  const source = storedRun(operator, { id: followId, fromS });
  const watched = await watchRun(source, watch, context);
  if (watched.kind === 'over') return showEnding(watched.ending, source, context, { json });

  const { last } = watched;
  output.note(
    watched.kind === 'interrupted'
      ? interruptedNote(watch.running !== undefined)
      : outOfTimeNote(watch.waitMs, last),
  );
  output.note(`  ${followCommand(followId)}`);
  if (json) {
    output.line(
      JSON.stringify({ finished: false, follow: followId, ...(last && { accounts: last.counts }) }),
    );
  }
  return EXIT.PENDING;
}

function interruptedNote(isLocal: boolean): string {
  return isLocal
    ? 'Interrupted, and the run with it. What it had found is in the log store, what it had started goes on, and to run it again is safe. To see what it recorded:'
    : 'Interrupted; the run goes on. To pick it up again:';
}

function outOfTimeNote(waitMs: number, last: RunState | undefined): string {
  const waited = `After ${waitMs / 1000} s the run`;
  const isSilent =
    last === undefined || Object.values(last.counts).every((entries) => entries === 0);
  return isSilent
    ? `${waited} has recorded nothing under this id. If the id is right, its function was ended before it could: run the backfill again. To look again:`
    : `${waited} is not over. It goes on as long as its function may. To pick it up again:`;
}

function followCommand(followId: string): string {
  return `onboard backfill --follow ${followId}`;
}
