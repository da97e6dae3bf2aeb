#!/usr/bin/env node
import pc from 'picocolors';
import { connectOperator } from '../alicloud/connect-operator.ts';
import { readLocale } from '../alicloud/operator-settings.ts';
import { askOn } from './ask.ts';
import { COMMANDS } from './commands/all.ts';
import { Interrupted } from './errors.ts';
import { EXIT } from './exit-codes.ts';
import { main } from './main.ts';
import { retryReads } from './retry-reads.ts';
import { createStreamOutput, untilClosed } from './stream-output.ts';

/** Of package.json; `scripts/build-cli.ts` puts it here. */
declare const ONBOARD_VERSION: string;

/** The process: its arguments, streams and signals. The only place that ends it. */

const interruption = new AbortController();

function interrupt(): void {
  if (interruption.signal.aborted) process.exit(EXIT.INTERRUPTED);
  interruption.abort(new Interrupted());
}
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

const exitCode = await main(
  process.argv.slice(2),
  { commands: COMMANDS, version: ONBOARD_VERSION },
  {
    output: createStreamOutput({
      stdout: untilClosed(process.stdout),
      stderr: untilClosed(process.stderr),
      colors: pc.isColorSupported,
    }),
    connect: (given, { acting }) => connectOperator({ retryReads, given, acting }),
    ask: askOn(process.stdin, process.stderr, interruption.signal, interrupt),
    interrupted: interruption.signal,
    locale: readLocale(),
  },
);
// What still runs, such as a run that was interrupted, is not waited for; what was said, is.
process.stdout.write('', () => process.exit(exitCode));
