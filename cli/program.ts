import {
  type Command as Commander,
  CommanderError,
  type CommandUnknownOpts,
  Help,
  type Option,
  Command as Program,
} from '@commander-js/extra-typings';
import stringWidth from 'fast-string-width';
import type { Command, CommonOptions, RunCommand } from './command.ts';
import { CONNECTION, type EnvironmentName } from './environment.ts';
import { UsageError } from './errors.ts';
import type { Output } from './output.ts';
import { wrapText } from './terminal-text.ts';
import type { Texts } from './texts/en.ts';

export interface ProgramOptions {
  readonly commands: readonly Command[];
  readonly version: string;
  readonly output: Output;
  readonly texts: Texts;
}

/** What was typed: `undefined` where it was help or the version, which was said. */
export interface Typed {
  readonly common: CommonOptions;
  readonly program: CommandUnknownOpts;
  readonly run: RunCommand;
}

const WIDEST_HELP = 100;

/** Reads the arguments behind `onboard`, or says the help. Throws a `UsageError`. */
export function parseArguments(
  args: readonly string[],
  options: ProgramOptions,
): Typed | undefined {
  let run: RunCommand | undefined;
  const program = createProgram(options, (chosen) => {
    run = chosen;
  });
  try {
    program.parse(args.length === 0 ? ['--help'] : args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw usageError(error, options.commands);
  }
  return run === undefined ? undefined : { run, program, common: program.opts() };
}

/** The whole command, for its help and its completion too. */
export function createProgram(
  { commands, version, output, texts }: ProgramOptions,
  start: (run: RunCommand) => void,
) {
  const { help } = texts;
  const program = new Program('onboard');
  // Before the subcommands are made, which inherit it.
  program
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.raw(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(WIDEST_HELP, output.width),
      getOutHasColors: () => true,
    })
    .configureHelp(helpOf(commands, texts, output))
    .helpOption('-h, --help', help.helpOption);
  for (const command of commands) {
    const { name } = command;
    const { summary, description } = texts.commands[name];
    const sub = program
      .command(name)
      .usage('[options]')
      .summary(summary)
      .description([`${summary}.`, ...description].join('\n\n'))
      .allowExcessArguments()
      .hook('preAction', refuseExcess);
    command.attach(sub, texts, start);
    refuseWrongValues(sub);
  }
  const { commonOptions } = help;
  const declared = program
    .description(help.about)
    .usage(help.usage)
    .version(version, '--version', help.versionOption)
    .helpCommand('help [command]', help.helpCommand)
    .option('--profile <name>', commonOptions.profile)
    .option('--region <id>', commonOptions.region)
    .option('--lang <en|zh>', commonOptions.lang)
    .option('--json', commonOptions.json)
    .option('--account-group <id>', commonOptions.accountGroup)
    .option('--log-project <name>', commonOptions.logProject)
    .option('--yes', commonOptions.yes)
    .option('--debug', commonOptions.debug);
  refuseWrongValues(declared);
  return declared;
}

/** Commander refuses it, too, without saying which it is. */
function refuseExcess({ args, registeredArguments }: CommandUnknownOpts): void {
  const [excess] = args.slice(registeredArguments.length);
  if (excess === undefined) return;
  throw new UsageError(({ usage }) => usage.unexpectedArgument(excess));
}

/**
 * An option of one value that is given twice, or whose value was forgotten, is refused: of two
 * values one would be lost without a word, and of `--account --json` both.
 */
function refuseWrongValues(command: { readonly options: readonly Option[] }): void {
  for (const option of command.options) {
    if (!option.required) continue;
    const name = option.long ?? option.flags;
    const isFirst = option.defaultValue;
    option.argParser((value: string, previous: unknown) => {
      if (value === '' || value.startsWith('-')) {
        throw new UsageError(({ usage }) => usage.needsValue(`${name} ${placeholderOf(option)}`));
      }
      if (option.variadic) return [...(Array.isArray(previous) ? previous : []), value];
      if (previous !== isFirst) throw new UsageError(({ usage }) => usage.givenTwice(name));
      return value;
    });
  }
}

function placeholderOf({ flags }: Option): string {
  return /<.*>/.exec(flags)?.[0] ?? '';
}

/** Commander's own errors, in our words: it says what it is about in quotes. */
function usageError(error: CommanderError, commands: readonly Command[]): UsageError {
  const about = /'(.*?)'/.exec(error.message)?.[1] ?? '';
  const meant = /Did you mean (?:one of )?(.*)\?\)/.exec(error.message)?.[1];
  return new UsageError(({ usage }) => {
    const hint = meant === undefined ? '' : usage.didYouMean(meant);
    switch (error.code) {
      case 'commander.help':
        return usage.noCommand(commands.map(({ name }) => name).join(', '));
      case 'commander.unknownCommand':
        return `${usage.unknownCommand(about)}${hint}`;
      case 'commander.unknownOption':
        return `${usage.unknownOption(about)}${hint}`;
      case 'commander.optionMissingArgument':
        return usage.needsValue(about);
      case 'commander.missingArgument':
        return usage.missingArgument(about);
      default:
        return error.message;
    }
  });
}

/** Commander's help, in the reader's language, with what it does not know of: what stands below. */
function helpOf(
  commands: readonly Command[],
  { help, commands: ofCommands }: Texts,
  output: Output,
) {
  const { style } = output;
  const titles: Readonly<Record<string, string>> = {
    'Usage:': help.titles.usage,
    'Arguments:': help.titles.arguments,
    'Options:': help.titles.options,
    'Global Options:': help.titles.commonOptions,
    'Commands:': help.titles.commands,
  };
  const list = (helper: Help, title: string, items: readonly (readonly [string, string])[]) => {
    if (items.length === 0) return [];
    const widest = Math.max(...items.map(([term]) => stringWidth(term)));
    return helper.formatItemList(
      title,
      items.map(([term, text]) => helper.formatItem(term, widest, text, helper)),
      helper,
    );
  };
  const environment = (names: readonly EnvironmentName[]) =>
    names.map((name) => [name, help.environment[name]] as const);
  const exitCodes = Object.entries(help.exitCodes);

  return {
    showGlobalOptions: true,
    subcommandTerm: (command: CommandUnknownOpts) => command.name(),
    displayWidth: stringWidth,
    styleTitle: (title: string) => style.bold(titles[title] ?? title),
    boxWrap: (text: string, width: number) =>
      text
        .split('\n')
        .flatMap((line) => (line === '' ? [''] : wrapText(line, width)))
        .join('\n'),
    optionDescription: (option: Option) =>
      option.variadic ? `${option.description} (${help.mayBeRepeated})` : option.description,
    formatHelp(command: Commander, helper: Help): string {
      const shown = commands.find(({ name }) => name === command.name());
      const above = new Help().formatHelp.call(helper, command, helper);
      const below =
        shown === undefined
          ? [
              ...list(helper, help.titles.firstSteps, pairs(help.firstSteps)),
              ...list(helper, help.titles.environment, Object.entries(help.environment)),
              ...list(helper, help.titles.exitCodes, exitCodes),
              help.more,
              '',
            ]
          : [
              ...list(
                helper,
                help.titles.environment,
                environment([...CONNECTION, ...shown.environment]),
              ),
              ...examples(helper, ofCommands[shown.name].examples),
              ...list(helper, help.titles.exitCodes, exitCodes),
            ];
      return [above, ...below].join('\n');
    },
  };

  function examples(helper: Help, all: Texts['commands']['status']['examples']): string[] {
    const width = (helper.helpWidth ?? 80) - 4;
    return [
      helper.styleTitle(help.titles.examples),
      ...all.flatMap(({ command, does }) => [
        `  ${command}`,
        ...wrapText(does, width).map((line) => style.dim(`    ${line}`)),
      ]),
      '',
    ];
  }
}

function pairs(all: Texts['help']['firstSteps']): (readonly [string, string])[] {
  return all.map(({ command, does }) => [command, does]);
}
