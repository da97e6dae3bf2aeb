import { type CommandContext, UsageError } from './command.ts';
import { describeFailure } from './describe-failure.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { renderCommandHelp, renderHelp } from './help.ts';
import { nearest } from './nearest.ts';
import type { RunnableCommand } from './runnable.ts';

export interface Program {
  readonly commands: readonly RunnableCommand[];
  readonly version: string;
}

const HELP = ['-h', '--help'];
const DEBUG = '--debug';

/** Arguments → what is said, and the exit code. Never rejects. */
export async function main(
  args: readonly string[],
  { commands, version }: Program,
  context: CommandContext,
): Promise<ExitCode> {
  const { output } = context;
  const words = args.filter((word) => word !== DEBUG);
  const [first, ...rest] = words[0] === 'help' ? [...words.slice(1), '--help'] : words;
  const command = commands.find(({ name }) => name === first);
  try {
    if (first === '--version') {
      output.line(version);
      return EXIT.ALL_COVERED;
    }
    if (first === undefined || HELP.includes(first)) {
      output.line(renderHelp(commands, output.style));
      return EXIT.ALL_COVERED;
    }
    if (command === undefined) throw new UsageError(unknownCommand(first, commands));
    if (rest.some((word) => HELP.includes(word))) {
      output.line(renderCommandHelp(command, output.style));
      return EXIT.ALL_COVERED;
    }
    return await command.runWith(rest, context);
  } catch (error) {
    output.endProgress();
    for (const line of describeFailure(error, command?.name)) output.note(line);
    if (args.includes(DEBUG) && error instanceof Error) output.note(error.stack ?? '');
    return EXIT.ERROR;
  } finally {
    output.endProgress();
  }
}

function unknownCommand(typed: string, commands: readonly RunnableCommand[]): string {
  if (typed.startsWith('-')) return `There is no option ${typed} without a command.`;
  const meant = nearest(
    typed,
    commands.map(({ name }) => name),
  );
  return `There is no command ${typed}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
}
