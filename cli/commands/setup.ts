import { readFile } from 'node:fs/promises';
import { defineCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { applyTemplate } from '../setup/apply-template.ts';
import { parseParameters } from '../setup/parameters.ts';
import { removeStack } from '../setup/remove-stack.ts';
import { outlineTemplate } from '../setup/template-outline.ts';

/** Beside `s.yaml`, in the sources as in the build. */
const TEMPLATE = new URL('../../stack.yaml', import.meta.url);

export const setup = defineCommand(
  {
    name: 'setup',

    declare: (command, { commands: { setup: texts } }) =>
      command
        .option('--dry-run', texts.options.dryRun)
        .option('--parameter <key=value...>', texts.options.parameter)
        .option('--stack <name>', texts.options.stack)
        .option('--remove', texts.options.remove)
        .option('--delete-results', texts.options.deleteResults)
        .option('--no-next', texts.options.noNext),
  },

  async (options, context) => {
    const { stack: stackName = 'account-onboarding', remove, dryRun: isDryRun = false } = options;
    const { deleteResults = false, logProject, parameter: given = [] } = options;
    if (deleteResults && !remove) throw new UsageError(({ usage }) => usage.deleteResultsAlone);
    if (remove && given.length > 0) throw new UsageError(({ usage }) => usage.parameterOfRemoval);
    const template = await readFile(TEMPLATE, 'utf8');
    const { parameters: known, retained } = outlineTemplate(template);
    const parameters = parseParameters(given, known);
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
    if (code === EXIT.ALL_COVERED && !isDryRun && options.next) {
      context.output.line(context.texts.setup.next);
    }
    return code;
  },
);
