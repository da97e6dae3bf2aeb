#!/usr/bin/env node
import pc from 'picocolors';
import { connectOperator } from '../alicloud/connect-operator.ts';
import { COMMANDS } from './commands/all.ts';
import { EXIT } from './exit-codes.ts';
import { Interrupted } from './interruption.ts';
import { main } from './main.ts';
import { askPatiently } from './patience.ts';
import { createStreamOutput } from './stream-output.ts';
import { untilClosed } from './until-closed.ts';

/** Of package.json; `scripts/build-cli.ts` puts it here. */
declare const ONBOARD_VERSION: string;

/** The process: its arguments, streams and signals. The only place that ends it. */

const interruption = new AbortController();

function interrupt(): void {
  if (interruption.signal.aborted) process.exit(EXIT.ERROR);
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
    operator: connectOperator(askPatiently),
    interrupted: interruption.signal,
  },
);
// What still runs, such as a run that was interrupted, is not waited for; what was said, is.
process.stdout.write('', () => process.exit(exitCode));
