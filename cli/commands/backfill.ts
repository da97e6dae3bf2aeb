import { accountFilter } from '../account-filter.ts';
import { declareRunOptions, functionNameOf, waitMsOf } from '../backfill/options.ts';
import { followRun, runBackfill } from '../backfill/run-backfill.ts';
import { deployedRunner, localRunner } from '../backfill/runner.ts';
import { defineCommand } from '../command.ts';
import { RUN_ENVIRONMENT } from '../environment.ts';
import { UsageError } from '../errors.ts';

const FOLLOW_ID = /^[\w-]{1,128}$/;

export const backfill = defineCommand(
  {
    name: 'backfill',
    environment: RUN_ENVIRONMENT,

    declare(command, { commands: { backfill: texts } }) {
      const filtered = command
        .option('--account <id...>', texts.options.account)
        .option('--folder <id>', texts.options.folder)
        .option('--exclude <id...>', texts.options.exclude);
      return declareRunOptions(filtered, texts.options).option(
        '--follow <id>',
        texts.options.follow,
      );
    },
  },
  async (options, context) => {
    const { local, follow, json = false, dryRun = false } = options;
    const waitMs = waitMsOf(options.wait);
    const functionName = functionNameOf(options.function, local);
    const filter = accountFilter(options);
    if (follow !== undefined) {
      if (!FOLLOW_ID.test(follow)) throw new UsageError(({ usage }) => usage.followId(follow));
      const isFiltered = filter.accounts.length + filter.exclude.length > 0 || filter.folder;
      if (isFiltered || local || dryRun || options.function !== undefined) {
        throw new UsageError(({ usage }) => usage.followAlone);
      }
      return followRun(follow, { json, waitMs }, context);
    }
    const { accounts, folder, exclude } = filter;
    return runBackfill(
      {
        ...(accounts.length === 0 ? {} : { accounts }),
        folder,
        ...(exclude.length === 0 ? {} : { exclude }),
      },
      {
        runner: local ? localRunner(context) : deployedRunner(functionName, context),
        dryRun,
        json,
        waitMs,
      },
      context,
    );
  },
);
