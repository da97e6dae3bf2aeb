import { isBuilding, isEnabled } from '../../workflows/onboarding/coverage.ts';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import { withRetries } from '../../workflows/onboarding/retry.ts';
import type { CommandContext } from '../command.ts';
import { type Say, unlessInterrupted } from '../errors.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { readRetryContext } from '../retry-reads.ts';
import { accountsInPlan, accountsToBuild, type PlanAnswer, showPlan } from './plan-view.ts';
import { interruptedNote, type NotedRun, outOfTimeNote, startedNote } from './run-notes.ts';
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

/** It lists the directory, at most 1,500 accounts a second, and reads again where it has to. */
const PLAN_TIMEOUT_MS = 120_000;
/** A run's results may have been stamped by a clock that is this far behind. */
const CLOCK_SKEW_S = 3_600;
const COUNT_TIMEOUT_MS = 5_000;
/** Log Service says 3 seconds. */
const READABLE_AFTER_MS = 15_000;
/** As far back as a run may be picked up. */
const FOLLOW_BACK_S = 3600 * 86_400;

const NOTHING_STARTED: Say = ({ run }) => run.interruptedBefore;

/** Plans, starts what was planned, and watches it to its end. */
export async function runBackfill(
  payload: BackfillPayload,
  { runner, dryRun, json, waitMs }: BackfillOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { output, operator, interrupted, texts } = context;
  output.progress(texts.run.planning(runner.where));
  const plan = await unlessInterrupted(
    runner.plan(payload, PLAN_TIMEOUT_MS),
    interrupted,
    NOTHING_STARTED,
  );
  output.endProgress();
  if (!json) {
    showPlan(plan, context);
    // Whatever comes next, an error too, stands apart.
    output.line();
  }
  if (dryRun) {
    if (json) output.json({ schemaVersion: 1, ...plan });
    else output.note(texts.run.dryRun);
    return exitCodeOf(plan.accounts);
  }

  const fromS = Math.floor(operator.clock.now() / 1000) - CLOCK_SKEW_S;
  const { look } = storedRun(operator, { id: operator.newId(), fromS });
  // A run that nobody could see is not started: this rejects when there is no log store.
  await unlessInterrupted(
    withRetries(look, await readRetryContext(operator)),
    interrupted,
    NOTHING_STARTED,
  );
  if (!(await isStartWanted(plan, context))) return EXIT.ERROR;

  const { followId, running, lastRetry } = await runner.start(payload, waitMs);
  const noted = { followId, isLocal: running !== undefined };
  output.note(startedNote(noted, runner.where, texts));
  const watch = {
    total: accountsInPlan(plan),
    toBuild: accountsToBuild(plan),
    waitMs,
    running,
    lastRetry,
  };
  return watchToTheEnd(noted, fromS, watch, json, context);
}

/** Enterprise mode is for the whole organization, and for good: the first start is asked for. */
async function isStartWanted(
  { plan, organizationStatus = '' }: PlanAnswer,
  { confirm, texts }: CommandContext,
): Promise<boolean> {
  const isOn = isEnabled(organizationStatus) || isBuilding(organizationStatus);
  if (!plan.startRecorder || isOn) return true;
  return confirm({ consequence: texts.run.firstStart });
}

/** Picks up a run that was started before, here or elsewhere. */
export async function followRun(
  followId: string,
  { json, waitMs }: Pick<BackfillOptions, 'json' | 'waitMs'>,
  context: CommandContext,
): Promise<ExitCode> {
  const nowS = Math.floor(context.operator.clock.now() / 1000);
  const fromS = Math.max(0, nowS - FOLLOW_BACK_S);
  const members = await unlessInterrupted(countMembers(context), context.interrupted);
  return watchToTheEnd({ followId, isLocal: false }, fromS, { members, waitMs }, json, context);
}

/** How many there could be; a remark, for which nothing is asked twice. */
async function countMembers({ operator }: CommandContext): Promise<number | undefined> {
  try {
    const directory = await (await operator.onboarding()).directory();
    const { totalCount } = await directory.listAccounts(1, { timeoutMs: COUNT_TIMEOUT_MS });
    return totalCount;
  } catch (error) {
    if (isCloudError(error)) return undefined;
    throw error;
  }
}

async function watchToTheEnd(
  noted: NotedRun,
  fromS: number,
  watch: WatchOptions,
  json: boolean,
  context: CommandContext,
): Promise<ExitCode> {
  const { operator, output, texts } = context;
  const { followId, isLocal } = noted;
  const { waitMs } = watch;
  const source = storedRun(operator, { id: followId, fromS });
  const watched = await watchRun(
    source,
    // A run in this process has recorded by the end of the wait: then that has to be read.
    isLocal ? { ...watch, waitMs: waitMs + READABLE_AFTER_MS } : watch,
    context,
  );
  if (watched.kind === 'over') return showEnding(watched.ending, source, context, { json });

  const { last } = watched;
  output.note(
    watched.kind === 'interrupted'
      ? interruptedNote(noted, texts)
      : outOfTimeNote(noted, waitMs, watched, texts),
  );
  if (json) {
    output.json({
      schemaVersion: 1,
      finished: false,
      follow: followId,
      ...(last && { accounts: last.counts }),
    });
  }
  return watched.kind === 'interrupted' ? EXIT.INTERRUPTED : EXIT.PENDING;
}
