import type { Command, CommandContext, OptionSpecs } from './command.ts';
import type { ExitCode } from './exit-codes.ts';
import { parseOptions } from './parse-options.ts';

/** A command whose options only it knows: what a list of different commands holds. */
export interface RunnableCommand extends Omit<Command, 'run'> {
  /** Parses the arguments behind its name, and runs. Throws a `UsageError`. */
  runWith(args: readonly string[], context: CommandContext): Promise<ExitCode>;
}

export function runnable<Specs extends OptionSpecs>(command: Command<Specs>): RunnableCommand {
  return {
    ...command,
    runWith: async (args, context) =>
      command.run(parseOptions(command.name, command.options, args), context),
  };
}
