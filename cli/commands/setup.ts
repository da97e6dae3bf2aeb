import { readFile } from 'node:fs/promises';
import { defineCommand, UsageError } from '../command.ts';
import { applyTemplate } from '../setup/apply-template.ts';
import { parseParameters } from '../setup/parameters.ts';
import { removeStack } from '../setup/remove-stack.ts';

/** Beside `s.yaml`, in the sources as in the build. */
const TEMPLATE = new URL('../../stack.yaml', import.meta.url);

export const setup = defineCommand({
  name: 'setup',
  summary: 'Creates or updates what the functions stand on',
  description:
    'Log store, dashboard, alerts, roles and queue are one ROS stack, stack.yaml. Setting up plans a change set, shows it, and applies it; again, it changes nothing. Removing keeps the log project with the results.',
  options: {
    'dry-run': { type: 'boolean', help: 'Show the plan and change nothing' },
    parameter: {
      type: 'string',
      multiple: true,
      value: 'KEY=VALUE',
      help: 'A parameter of stack.yaml, for example RetentionDays=730',
    },
    stack: { type: 'string', value: 'NAME', help: 'Name of the stack (account-onboarding)' },
    remove: { type: 'boolean', help: 'Delete the stack, and keep the results' },
    'delete-results': {
      type: 'boolean',
      help: 'With --remove: delete the log project and all results too',
    },
  },
  examples: [
    { command: 'onboard setup --dry-run', does: 'what would be created or changed' },
    {
      command: 'onboard setup --parameter AlertActionPolicy=ops-dingtalk',
      does: 'alerts go where that action policy sends them',
    },
    { command: 'onboard setup --remove', does: 'all gone but for the results' },
  ],
  async run(options, context) {
    const isRemoval = options.remove;
    if (options['delete-results'] && !isRemoval) {
      throw new UsageError('--delete-results goes with --remove only.');
    }
    if (isRemoval && (options['dry-run'] || options.parameter.length > 0)) {
      throw new UsageError('--remove goes with neither --dry-run nor --parameter.');
    }
    const parameters = parseParameters(options.parameter);
    const stackName = options.stack ?? 'account-onboarding';
    if (isRemoval) {
      return removeStack({ stackName, deleteResults: options['delete-results'] }, context);
    }
    const template = await readFile(TEMPLATE, 'utf8');
    return applyTemplate(
      { stackName, template, parameters, isDryRun: options['dry-run'] },
      context,
    );
  },
});
