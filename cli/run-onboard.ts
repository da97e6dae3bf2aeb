import { connectOperator } from '../alicloud/connect-operator.ts';
import { localeOf } from '../alicloud/operator-settings.ts';
import type { Environment } from '../alicloud/settings.ts';
import { COMMANDS } from './commands/all.ts';
import type { Ask } from './confirm.ts';
import type { ExitCode } from './exit-codes.ts';
import { main } from './main.ts';
import { retryReads } from './retry-reads.ts';
import { createStreamOutput, type StreamOutputOptions } from './stream-output.ts';

/** What the command takes of its process. */
export interface Io extends StreamOutputOptions {
  readonly environment: Environment;
  /** Absent: there is no terminal to ask on. */
  readonly ask?: Ask | undefined;
  /** Aborted when the person wants to go. */
  readonly interrupted: AbortSignal;
  /** Of the command. */
  readonly version: string;
}

/** The whole command, without a process: arguments → what is said, and the exit code. Never rejects. */
export function runOnboard(args: readonly string[], io: Io): Promise<ExitCode> {
  const { environment, ask, interrupted, version, ...streams } = io;
  const locale = localeOf(environment);
  return main(
    args,
    { commands: COMMANDS, version },
    {
      output: createStreamOutput(streams),
      connect: (given, { acting, retrying }) => ({
        ...connectOperator({
          retryReads: (retry, clock, random) => retryReads(retry, clock, random, retrying),
          environment,
          given,
          acting,
        }),
        retrying,
      }),
      ask,
      interrupted,
      ...(locale === undefined ? {} : { locale }),
    },
  );
}
