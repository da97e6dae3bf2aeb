import { type CommandUnknownOpts, Help } from '@commander-js/extra-typings';

/** What can be typed, of the whole command or of one of its commands. */
export interface Outline {
  readonly options: readonly OptionOutline[];
  readonly commands: readonly CommandOutline[];
}

export interface OptionOutline {
  /** For example `--region`. */
  readonly name: string;
  readonly short: string | undefined;
  readonly about: string;
  readonly takesValue: boolean;
  /** Where only some values make sense. */
  readonly values: readonly string[];
}

export interface CommandOutline {
  readonly name: string;
  readonly about: string;
  readonly options: readonly OptionOutline[];
  /** What its first argument may be, where that is known. */
  readonly values: readonly string[];
}

/** As `--help` has it. */
export function outlineOf(program: CommandUnknownOpts): Outline {
  const help = new Help();
  return {
    options: optionsOf(program, help),
    commands: help.visibleCommands(program).map((command) => ({
      name: command.name(),
      about: help.subcommandDescription(command),
      options: optionsOf(command, help),
      values:
        command.name() === 'help'
          ? program.commands.map((one) => one.name())
          : (command.registeredArguments[0]?.argChoices ?? []),
    })),
  };
}

function optionsOf(command: CommandUnknownOpts, help: Help): OptionOutline[] {
  return help.visibleOptions(command).map(({ long, short, flags, description, required }) => ({
    name: long ?? flags,
    short,
    about: description,
    takesValue: required,
    // As in `--lang <en|zh>`.
    values: /<(\w+(?:\|\w+)+)>/.exec(flags)?.[1]?.split('|') ?? [],
  }));
}
