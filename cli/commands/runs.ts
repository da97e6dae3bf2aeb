import { defineCommand } from '../command.ts';
import { UsageError, unlessInterrupted } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { DAY_MS, daysOfOption, limitOfOption } from '../numeric-options.ts';

const DEFAULT_DAYS = 7;
const TRIGGERS = ['event', 'schedule', 'manual'];

export const runs = defineCommand(
  {
    name: 'runs',
    environment: ['LOG_PROJECT', 'LOG_STORE', 'RETRY_BASE_SECONDS', 'RETRY_CAP_SECONDS'],

    declare: (command, { commands: { runs: texts } }) =>
      command
        .option('--days <n>', texts.options.days)
        .option('--trigger <name>', texts.options.trigger)
        .option('--limit <n>', texts.options.limit),
  },
  async ({ json, trigger, ...options }, { output, interrupted, operator, texts }) => {
    const days = daysOfOption(options.days, DEFAULT_DAYS);
    const limit = limitOfOption(options.limit);
    if (trigger !== undefined && !TRIGGERS.includes(trigger)) {
      throw new UsageError(({ usage }) => usage.trigger(trigger));
    }
    const [{ readRuns }, { runsJson, showRuns }] = await Promise.all([
      import('../stored-entries.ts'),
      import('../runs/show-runs.ts'),
    ]);
    output.progress(texts.runs.looking);
    const sinceMs = operator.clock.now() - days * DAY_MS;
    const all = await unlessInterrupted(readRuns(operator, { sinceMs }), interrupted);
    output.endProgress();
    const found = all.filter((run) => trigger === undefined || run.trigger === trigger);
    const shown = found.slice(-limit);
    if (json) output.json(runsJson(shown, sinceMs));
    else showRuns({ found, shown }, days, { output, texts });
    return EXIT.ALL_COVERED;
  },
);
