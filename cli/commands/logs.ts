import type { FunctionLogLine } from '../../alicloud/log-service/function-logs.ts';
import { requestOfRunQuery } from '../../alicloud/log-service/queries.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { describeFailure } from '../describe-failure.ts';
import { describeDuration } from '../duration.ts';
import { UsageError, unlessInterrupted } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { DAY_MS, daysOfOption, limitOfOption } from '../numeric-options.ts';
import { AHEAD_S, queryResults } from '../result-rows.ts';
import { retryReads } from '../retry-reads.ts';

const DEFAULT_DAYS = 1;
/** As long as stack.yaml keeps them. */
const KEPT_DAYS = 30;
const FOLLOW_EVERY_MS = 3_000;
const ID = /^[\w-]{1,128}$/;

export const logs = defineCommand(
  {
    name: 'logs',
    environment: ['LOG_PROJECT', 'LOG_STORE', 'RETRY_BASE_SECONDS', 'RETRY_CAP_SECONDS'],

    declare: (command, { commands: { logs: texts } }) =>
      command
        .option('--run <id>', texts.options.run)
        .option('--days <n>', texts.options.days)
        .option('--limit <n>', texts.options.limit)
        .option('--follow', texts.options.follow),
  },
  async (options, context): Promise<ExitCode> => {
    const { run, follow, json } = options;
    if (run !== undefined && !ID.test(run))
      throw new UsageError(({ usage }) => usage.followId(run));
    const days = daysOfOption(options.days, run === undefined ? DEFAULT_DAYS : KEPT_DAYS);
    const limit = limitOfOption(options.limit);
    const { output, interrupted, operator, texts } = context;
    const [{ createUnseen, LOOK_BACK_S }, { lineJson, showLine }] = await Promise.all([
      import('../logs/follow-logs.ts'),
      import('../logs/show-logs.ts'),
    ]);
    const say = (line: FunctionLogLine) =>
      json ? output.json(lineJson(line)) : showLine(line, run === undefined, context);

    output.progress(texts.logs.looking);
    const requestId = run === undefined ? undefined : await requestOf(run, context);
    let fromS = Math.floor((operator.clock.now() - days * DAY_MS) / 1000);
    const unseen = createUnseen();
    const lines = unseen(await unlessInterrupted(read(requestId, fromS, context), interrupted));
    output.endProgress();
    for (const line of lines.slice(-limit)) say(line);
    if (lines.length === 0 && !json) output.note(texts.logs.none(days));
    while (follow) {
      output.progress(texts.logs.following(describeDuration(FOLLOW_EVERY_MS, texts)));
      await unlessInterrupted(operator.clock.sleep(FOLLOW_EVERY_MS), interrupted);
      // Only what a look goes back to is compared: before that, it was there in the first one.
      fromS = Math.max(fromS, Math.floor(operator.clock.now() / 1000) - LOOK_BACK_S);
      try {
        const found = await unlessInterrupted(read(requestId, fromS, context), interrupted);
        for (const line of unseen(found)) say(line);
      } catch (error) {
        if (interrupted.aborted) throw error;
        for (const text of describeFailure(error, texts)) output.note(text);
      }
    }
    return EXIT.ALL_COVERED;
  },
);

/** A run is found by its entry; what has none, or is no run, may be a request itself. */
async function requestOf(id: string, { operator, interrupted }: CommandContext): Promise<string> {
  const nowS = Math.floor(operator.clock.now() / 1000);
  const retryRead = await readsOf(operator);
  const rows = await unlessInterrupted(
    retryRead(({ timeoutMs }) =>
      queryResults(operator, {
        query: requestOfRunQuery(id),
        fromS: Math.max(0, nowS - (KEPT_DAYS * DAY_MS) / 1000),
        toS: nowS + AHEAD_S,
        timeoutMs,
      }),
    ),
    interrupted,
  );
  return rows[0]?.request_id ?? id;
}

async function read(
  requestId: string | undefined,
  fromS: number,
  { operator }: CommandContext,
): Promise<FunctionLogLine[]> {
  const [functionLogs, retryRead] = await Promise.all([operator.functionLogs(), readsOf(operator)]);
  const toS = Math.floor(operator.clock.now() / 1000) + AHEAD_S;
  return retryRead(({ timeoutMs }) => functionLogs.read({ requestId, fromS, toS, timeoutMs }));
}

async function readsOf({ settings, clock, random }: CommandContext['operator']) {
  return retryReads((await settings()).retry, clock, random);
}
