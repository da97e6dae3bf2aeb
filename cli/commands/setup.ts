import { readFile } from 'node:fs/promises';
import { defineCommand, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { applyTemplate } from '../setup/apply-template.ts';
import { parseParameters } from '../setup/parameters.ts';
import { removeStack } from '../setup/remove-stack.ts';
import { outlineTemplate } from '../setup/template-outline.ts';

/** Beside `s.yaml`, in the sources as in the build. */
const TEMPLATE = new URL('../../stack.yaml', import.meta.url);

export const setup = defineCommand({
  name: 'setup',
  summary: 'Creates or updates what the functions stand on',
  description:
    'Log store, dashboard, alerts, roles and queue are one ROS stack, stack.yaml. Plans a change set, shows it, and applies it; when it is repeated, it changes nothing. --remove deletes the stack and keeps the log project with the results.',
  options: {
    'dry-run': {
      type: 'boolean',
      help: 'Shows the plan, also that of --remove, and changes nothing',
    },
    parameter: {
      type: 'string',
      multiple: true,
      value: 'KEY=VALUE',
      help: 'A parameter of stack.yaml, for example RetentionDays=730',
    },
    stack: {
      type: 'string',
      value: 'NAME',
      help: 'Name of the stack (account-onboarding). The names of what it holds are fixed, so that an account can have one',
    },
    remove: { type: 'boolean', help: 'Deletes the stack, and keeps the results' },
    'delete-results': {
      type: 'boolean',
      help: 'With --remove: deletes the log project and all results too',
    },
    'log-project': {
      type: 'string',
      value: 'NAME',
      help: 'With --delete-results: names the log project, to delete it where there is no stack any more',
    },
    'no-next': { type: 'boolean', help: 'Does not say what to do next' },
  },
  examples: [
    { command: 'onboard setup --dry-run', does: 'Shows what would be created or changed.' },
    {
      command: 'onboard setup --parameter AlertActionPolicy=ops-dingtalk',
      does: 'Sends alerts where that action policy says.',
    },
    {
      command: 'onboard setup --remove --dry-run',
      does: 'Shows what would be deleted, and what would be kept.',
    },
    { command: 'onboard setup --remove', does: 'Deletes all but the results.' },
  ],
  async run(options, context) {
    const { stack: stackName = 'account-onboarding', remove, 'dry-run': isDryRun } = options;
    const { 'delete-results': deleteResults, 'log-project': logProject } = options;
    if (deleteResults && !remove) throw new UsageError('--delete-results goes with --remove only.');
    if (logProject !== undefined && !deleteResults) {
      throw new UsageError('--log-project goes with --delete-results only.');
    }
    if (remove && options.parameter.length > 0) {
      throw new UsageError('--parameter does not go with --remove.');
    }
    const template = await readFile(TEMPLATE, 'utf8');
    const { parameters: known, retained } = outlineTemplate(template);
    const parameters = parseParameters(options.parameter, known);
    if (remove) {
      return removeStack(
        {
          stackName,
          deleteResults,
          isDryRun,
          retained,
          ...(logProject === undefined ? {} : { logProject }),
        },
        context,
      );
    }
    const code = await applyTemplate({ stackName, template, parameters, isDryRun }, context);
    if (code === EXIT.ALL_COVERED && !isDryRun && !options['no-next']) {
      context.output.line('Next: npm run deploy puts the functions on it.');
    }
    return code;
  },
});
