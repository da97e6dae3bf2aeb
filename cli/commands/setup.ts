import { readFile } from 'node:fs/promises';
import { defineCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { withoutResult } from '../output.ts';
import { parseParameters } from '../setup/parameters.ts';
import { removeStack } from '../setup/remove-stack.ts';
import { findResultStore } from '../setup/result-store.ts';
import { EVENT_ROLES, FOUNDATION_ROLES, nameMissingRoles } from '../setup/service-linked-roles.ts';
import { exitCodeOfSetup, setupJson } from '../setup/setup-report.ts';

/** What there is to set up, each a stack of its own. The templates stand beside `s.yaml`. */
const FOUNDATIONS = {
  file: new URL('../../stack.yaml', import.meta.url),
  stackName: 'account-onboarding',
  roles: FOUNDATION_ROLES,
};
const EVENT_PATH = {
  file: new URL('../../event-rule.yaml', import.meta.url),
  stackName: 'account-onboarding-events',
  roles: EVENT_ROLES,
};

export const setup = defineCommand(
  {
    name: 'setup',

    declare: (command, { commands: { setup: texts } }) =>
      command
        .option('--dry-run', texts.options.dryRun)
        .option('--event-rule', texts.options.eventRule)
        .option('--parameter <key=value...>', texts.options.parameter)
        .option('--stack <name>', texts.options.stack)
        .option('--remove', texts.options.remove)
        .option('--delete-results', texts.options.deleteResults)
        .option('--no-next', texts.options.noNext),
  },

  async (options, given) => {
    const { remove, dryRun: isDryRun = false, eventRule: isEventPath = false } = options;
    const { file, stackName: ownName, roles } = isEventPath ? EVENT_PATH : FOUNDATIONS;
    const { stack: stackName = ownName } = options;
    const { deleteResults = false, logProject, parameter = [], json = false } = options;
    if (deleteResults && !remove) throw new UsageError(({ usage }) => usage.deleteResultsAlone);
    if (remove && parameter.length > 0) {
      throw new UsageError(({ usage }) => usage.parameterOfRemoval);
    }
    // They bring a parser, which no other command needs.
    const [template, { outlineTemplate }, { applyTemplate }] = await Promise.all([
      readFile(file, 'utf8'),
      import('../setup/template-outline.ts'),
      import('../setup/apply-template.ts'),
    ]);
    const { parameters: known, retained } = outlineTemplate(template);
    const parameters = parseParameters(parameter, known);
    const { output, operator, texts } = given;
    const context = json ? { ...given, output: withoutResult(output) } : given;

    const found = () => (isEventPath ? {} : findResultStore(stackName, context));
    const report = remove
      ? await removeStack(
          { stackName, deleteResults, isDryRun, retained, logProject, isEventPath },
          context,
        )
      : await applyTemplate(
          {
            stackName,
            template,
            parameters: { ...(await found()), ...parameters },
            isDryRun,
            isPart: !options.next,
            missing: await nameMissingRoles(roles, context),
          },
          context,
        );
    if (json) {
      const region = await operator.region();
      output.json(setupJson({ stack: stackName, region, dryRun: isDryRun }, report));
    }
    const code = exitCodeOfSetup(report);
    if (code === EXIT.ALL_COVERED && !remove && !isDryRun && options.next && !isEventPath) {
      context.output.line(texts.setup.next);
    }
    return code;
  },
);
