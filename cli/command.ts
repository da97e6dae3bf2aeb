import type {
  Command as Commander,
  CommandUnknownOpts,
  OptionValues,
} from '@commander-js/extra-typings';
import type { Confirm } from './confirm.ts';
import type { EnvironmentName } from './environment.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Operator } from './operator.ts';
import type { Output } from './output.ts';
import type { Texts } from './texts/en.ts';

/** What every command takes, before or behind its name. */
export interface CommonOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly lang?: string;
  readonly json?: true;
  readonly accountGroup?: string;
  readonly logProject?: string;
  readonly yes?: true;
  readonly debug?: true;
}

export interface CommandContext {
  readonly output: Output;
  /** Connects what the command needs, when it needs it. */
  readonly operator: Operator;
  /** Aborted when the person wants to go: say how to pick up again, and return. */
  readonly interrupted: AbortSignal;
  /** Asks before what can't be taken back. */
  readonly confirm: Confirm;
  /** All that is said to a person. */
  readonly texts: Texts;
  /** The whole command as it is declared, for what is made from that. */
  readonly program: CommandUnknownOpts;
  /** Of the command, for example `0.1.0`. */
  readonly version: string;
}

export type CommandName = keyof Texts['commands'];

/** What a command is called and takes. Its help is in the texts. */
export interface CommandSpec<Args extends unknown[], Options extends OptionValues> {
  readonly name: CommandName;
  /** What it reads of the environment beside credentials and region. Default: nothing. */
  readonly environment?: readonly EnvironmentName[];
  /** Adds its arguments and options. An option of one value that is given twice is refused. */
  declare(command: Commander, texts: Texts): Declared<Args, Options>;
}

/** What is used of a commander's command that knows what it takes. */
interface Declared<Args extends unknown[], Options> {
  opts(): Options;
  readonly processedArgs: Args;
  action(run: () => void): unknown;
}

/** A command whose options only it knows: what a list of different commands holds. */
export interface Command extends Required<Omit<CommandSpec<never[], OptionValues>, 'declare'>> {
  /** `start` gets what is to be done once the arguments are read. */
  attach(command: Commander, texts: Texts, start: (run: RunCommand) => void): void;
}

export type RunCommand = (common: CommonOptions, context: CommandContext) => Promise<ExitCode>;

/**
 * A command is data, and a function over ports. `run` throws a `UsageError` for options that make
 * no sense together.
 */
export function defineCommand<Args extends unknown[], Options extends OptionValues>(
  { name, environment = [], declare }: CommandSpec<Args, Options>,
  run: (
    options: Options & CommonOptions,
    context: CommandContext,
    ...args: Args
  ) => Promise<ExitCode>,
): Command {
  return {
    name,
    environment,
    attach(command, texts, start) {
      const declared = declare(command, texts);
      declared.action(() => {
        start((common, context) =>
          run({ ...common, ...declared.opts() }, context, ...declared.processedArgs),
        );
      });
    },
  };
}
