import { accountFilter } from '../account-filter.ts';
import { defineCommand } from '../command.ts';
import { LOOK_ENVIRONMENT } from '../environment.ts';
import { UsageError, unlessInterrupted } from '../errors.ts';
import { limitOfOption, secondsOfOption } from '../numeric-options.ts';
import { exitCodeOfStatus, lookAtMembers, type Seen } from '../status/look-at-members.ts';
import { OPEN_STATES, STATES, type State } from '../status/member-status.ts';
import { type Shown, showStatus } from '../status/show-status.ts';
import { statusCsv, statusJson } from '../status/status-export.ts';
import { showChanges, watchStatus } from '../status/watch-status.ts';

const DEFAULT_INTERVAL_S = 30;

export const status = defineCommand(
  {
    name: 'status',
    environment: LOOK_ENVIRONMENT,

    declare: (command, { commands: { status: texts } }) =>
      command
        .option('--account <id...>', texts.options.account)
        .option('--folder <id>', texts.options.folder)
        .option('--uncovered', texts.options.uncovered)
        .option('--state <name...>', texts.options.state)
        .option('--limit <n>', texts.options.limit)
        .option('--csv', texts.options.csv)
        .option('--watch', texts.options.watch)
        .option('--interval <seconds>', texts.options.interval),
  },
  async (options, context) => {
    const { json, csv, watch, uncovered } = options;
    if (json && csv) throw new UsageError(({ usage }) => usage.jsonOrCsv);
    if (csv && watch) throw new UsageError(({ usage }) => usage.watchHasNoCsv);
    if (options.interval !== undefined && !watch) {
      throw new UsageError(({ usage }) => usage.intervalAlone);
    }
    const intervalMs = 1000 * secondsOfOption('--interval', options.interval, DEFAULT_INTERVAL_S);
    const limit = limitOfOption(options.limit);
    const states = statesOfOption(options.state, uncovered ?? false);
    const filter = accountFilter(options);
    const { output, interrupted, texts } = context;
    const look = () => lookAtMembers(filter, context);

    const show = (seen: Seen, before?: Seen) => {
      if (before === undefined) for (const remark of seen.remarks) output.note(remark);
      const shown = chooseMembers(seen, states, limit);
      if (json) output.json(statusJson(seen, shown.members, texts));
      else if (csv) output.raw(statusCsv(shown.members, seen, texts));
      else if (before === undefined) showStatus(seen, shown, context);
      else showChanges(seen, before, context);
    };
    output.progress(texts.status.looking);
    if (watch) return watchStatus({ look, intervalMs, show }, context);
    const seen = await unlessInterrupted(look(), interrupted);
    output.endProgress();
    show(seen);
    return exitCodeOfStatus(seen);
  },
);

/** `undefined`: whatever they are, in the directory's order. */
function statesOfOption(typed: readonly string[] = [], uncovered: boolean) {
  for (const name of typed) {
    if (STATES.some((state) => state === name)) continue;
    throw new UsageError(({ usage }) => usage.state(name, STATES.join(', ')));
  }
  if (typed.length > 0 && uncovered) throw new UsageError(({ usage }) => usage.stateOrUncovered);
  if (uncovered) return OPEN_STATES;
  return typed.length === 0 ? undefined : STATES.filter((state) => typed.includes(state));
}

/** Those in one of the states, worst first. */
function chooseMembers(
  { members }: Seen,
  states: readonly State[] | undefined,
  limit: number,
): Shown {
  const chosen =
    states === undefined
      ? members
      : states.flatMap((one) => members.filter(({ state }) => state === one));
  return {
    members: chosen.slice(0, limit),
    byCause: states !== undefined && !states.includes('covered'),
    left: Math.max(0, chosen.length - limit),
  };
}
