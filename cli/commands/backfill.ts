import { accountFilter } from '../account-filter.ts';
import { functionNameOf, RUN_OPTIONS, waitMsOf } from '../backfill/options.ts';
import { followRun, runBackfill } from '../backfill/run-backfill.ts';
import { deployedRunner, localRunner } from '../backfill/runner.ts';
import { defineCommand, UsageError } from '../command.ts';
import { RUN_ENVIRONMENT } from '../environment.ts';

const FOLLOW_ID = /^[\w-]{1,128}$/;

export const backfill = defineCommand({
  name: 'backfill',
  summary: 'Makes sure that every member is recorded by Cloud Config, and watches it happen',
  description: [
    'First asks for the plan and shows it, then starts the run: in the deployed function, or here with --local. The run starts the recorder if anything is missing, once for the whole organization, waits until each account is verified, and stores a result for each in the log store. To repeat it is safe: it looks first, and does only what is missing.',
    'The run does not need this command. Interrupt it, or lose the connection, and the run goes on; --follow picks it up again, from any machine, by the id that was shown.',
  ].join('\n\n'),
  options: {
    account: { type: 'string', multiple: true, value: 'ID', help: 'Only this account' },
    folder: { type: 'string', value: 'ID', help: 'Only this folder and those below it' },
    exclude: { type: 'string', multiple: true, value: 'ID', help: 'All but this account' },
    ...RUN_OPTIONS,
    follow: {
      type: 'string',
      value: 'ID',
      help: 'Watches a run that was started before: its run id, or the request id that was shown',
    },
    json: { type: 'boolean', help: 'One JSON object on standard output, for scripts' },
  },
  environment: RUN_ENVIRONMENT,
  examples: [
    {
      command: 'onboard backfill --dry-run',
      does: 'Says whether the recorder would be started, and why, and how many accounts are in which state.',
    },
    { command: 'onboard backfill', does: 'Onboards every member and shows what needs attention.' },
    {
      command: 'onboard backfill --folder fd-sandboxes --exclude 1000000000000002',
      does: 'Onboards a folder, all but one account.',
    },
    {
      command: 'onboard backfill --function onboarding/backfill',
      does: 'The same through a function of Function Compute 2.0.',
    },
    {
      command: 'onboard backfill --follow 1F5B0A6C-0F5E-4C1E-8B7C-3C7E2D4A9B10',
      does: 'Goes on watching a run.',
    },
  ],

  async run(options, context) {
    const { local, follow, json } = options;
    const waitMs = waitMsOf(options.wait);
    const functionName = functionNameOf(options.function, local);
    const filter = accountFilter(options);
    if (follow !== undefined) {
      if (!FOLLOW_ID.test(follow)) {
        throw new UsageError(`${follow} is no run id and no request id.`);
      }
      const isFiltered = filter.accounts.length + filter.exclude.length > 0 || filter.folder;
      if (isFiltered || local || options['dry-run'] || options.function !== undefined) {
        throw new UsageError(
          '--follow watches a run as it was started: nothing else goes with it.',
        );
      }
      return followRun(follow, { json, waitMs }, context);
    }
    const { accounts, folder, exclude } = filter;
    return runBackfill(
      {
        ...(accounts.length === 0 ? {} : { accounts }),
        ...(folder === undefined ? {} : { folder }),
        ...(exclude.length === 0 ? {} : { exclude }),
      },
      {
        runner: local ? localRunner(context) : deployedRunner(functionName, context),
        dryRun: options['dry-run'],
        json,
        waitMs,
      },
      context,
    );
  },
});
