import type { Whereabouts } from '../alicloud/operator-session.ts';
import type { GivenSettings } from '../alicloud/operator-settings.ts';
import type { Retry } from '../workflows/onboarding/ports.ts';
import type { Command, CommandContext, CommonOptions } from './command.ts';
import { type Ask, createConfirm } from './confirm.ts';
import { describeFailure } from './describe-failure.ts';
import { describeRetry } from './describe-retry.ts';
import { Interrupted } from './errors.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { chooseTexts } from './language.ts';
import type { Operator } from './operator.ts';
import type { Output } from './output.ts';
import { parseArguments } from './program.ts';
import { describeWhereabouts } from './whereabouts.ts';

export interface Program {
  readonly commands: readonly Command[];
  readonly version: string;
}

/** What the command runs in. */
export interface Shell {
  readonly output: Output;
  /** Connects nothing yet: what is connected is connected when it is needed. */
  connect(given: GivenSettings, said: Reports): Operator;
  /** Absent: there is no terminal to ask on. */
  readonly ask?: Ask | undefined;
  /** Aborted when the person wants to go. */
  readonly interrupted: AbortSignal;
  /** Of the environment, for example `zh_CN.UTF-8`. */
  readonly locale?: string;
}

/** What the connection reports while a command is at work. */
export interface Reports {
  /** Once, before anything else is read or changed. */
  acting(where: Whereabouts): void;
  /** Each time, before the wait. */
  retrying(retry: Retry): void;
}

/** Arguments → what is said, and the exit code. Never rejects. */
export async function main(
  args: readonly string[],
  { commands, version }: Program,
  { output, connect, ask, interrupted, locale }: Shell,
): Promise<ExitCode> {
  const language = await chooseTexts(args, locale);
  const { texts } = language;
  const command = commands.find(({ name }) => args.includes(name));
  try {
    if (language.error !== undefined) throw language.error;
    const typed = parseArguments(args, { commands, version, output, texts });
    if (typed === undefined) return EXIT.ALL_COVERED;
    const operator: Operator = connect(givenSettings(typed.common), {
      acting: (where) => output.note(describeWhereabouts(where, texts)),
      retrying({ error, attempt, waitMs, deadlineMs }) {
        const { text, timing } = describeRetry(error, attempt, texts);
        output.progress(text, timing(waitMs, deadlineMs - operator.clock.now()));
      },
    });
    const isAgreed = typed.common.yes ?? false;
    const confirm = createConfirm({ ask, isAgreed, output, texts });
    const { program } = typed;
    const context: CommandContext = {
      output,
      operator,
      interrupted,
      confirm,
      texts,
      version,
      program,
    };
    return await typed.run(typed.common, context);
  } catch (error) {
    output.endProgress();
    for (const line of describeFailure(error, texts, command?.name)) output.note(line);
    if (args.includes('--debug') && error instanceof Error) output.note(error.stack ?? '');
    return error instanceof Interrupted ? EXIT.INTERRUPTED : EXIT.ERROR;
  } finally {
    output.endProgress();
  }
}

function givenSettings(common: CommonOptions): GivenSettings {
  const { region, accountGroup: accountGroupId, logProject, profile } = common;
  return { region, accountGroupId, logProject, profile };
}
