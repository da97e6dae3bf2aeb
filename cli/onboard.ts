#!/usr/bin/env node
import pc from 'picocolors';
import { readEnvironment } from '../alicloud/settings.ts';
import { askOn } from './ask.ts';
import { Interrupted } from './errors.ts';
import { EXIT } from './exit-codes.ts';
import { runOnboard } from './run-onboard.ts';
import { untilClosed } from './stream-output.ts';

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

const exitCode = await runOnboard(process.argv.slice(2), {
  stdout: untilClosed(process.stdout),
  stderr: untilClosed(process.stderr),
  colors: pc.isColorSupported,
  environment: readEnvironment(),
  ask: askOn(process.stdin, process.stderr, interruption.signal, interrupt),
  interrupted: interruption.signal,
  version: ONBOARD_VERSION,
});
// What still runs, such as a run that was interrupted, is not waited for; what was said, is.
process.stdout.write('', () => process.exit(exitCode));
