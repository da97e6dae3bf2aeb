import { Argument } from '@commander-js/extra-typings';
import { defineCommand } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { outlineOf } from '../completion/outline.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
const NAMES = Object.keys(SHELLS) as (keyof typeof SHELLS)[];

/** Made from the command's own options, so that it never lags behind; touches no cloud. */
export const completion = defineCommand(
  {
    name: 'completion',
    declare: (command, { commands: { completion: texts } }) =>
      command
        .usage('<shell> [options]')
        .addArgument(
          new Argument('<shell>', texts.arguments.shell).choices(NAMES).argParser(String),
        ),
  },
  async ({ json }, { output, program }, shell) => {
    if (json) throw new UsageError(({ usage }) => usage.completionHasNoJson);
    const name = NAMES.find((one) => one === shell);
    if (name === undefined)
      throw new UsageError(({ usage }) => usage.shell(shell, NAMES.join(', ')));
    output.raw(SHELLS[name](outlineOf(program)));
    return EXIT.ALL_COVERED;
  },
);
