import type { Ask } from '../../../cli/confirm.ts';
import { runOnboard } from '../../../cli/run-onboard.ts';
import { type CliEnvironment, type CliOutcome, expectNoSecret } from './process.ts';

export interface HereOptions {
  /** Of a terminal; default: its output is in pipes. */
  readonly columns?: number;
  /** Somebody who answers; default: there is no terminal to ask on. */
  readonly ask?: Ask;
  /** Default: nobody interrupts it. */
  readonly interrupted?: AbortSignal;
}

/** The whole command in this process: as `runCli`, without what a process costs. */
export async function runHere(
  args: readonly string[],
  environment: CliEnvironment = {},
  { columns, ask, interrupted = new AbortController().signal }: HereOptions = {},
): Promise<CliOutcome> {
  let stdout = '';
  let stderr = '';
  const stream = (write: (text: string) => void) =>
    columns === undefined ? { write } : { write, columns, isTTY: true };
  const code = await runOnboard(args, {
    stdout: stream((text) => {
      stdout += text;
    }),
    stderr: stream((text) => {
      stderr += text;
    }),
    colors: false,
    environment,
    ask,
    interrupted,
    version: '1.2.3',
  });
  expectNoSecret(stdout + stderr, environment);
  return { code, signal: null, stdout, stderr };
}
