import { runOnboard } from '../../../cli/run-onboard.ts';
import { type CliEnvironment, type CliOutcome, expectNoSecret } from './process.ts';

/** The whole command in this process, its output in pipes: as `runCli`, without what a process costs. */
export async function runHere(
  args: readonly string[],
  environment: CliEnvironment = {},
): Promise<CliOutcome> {
  let stdout = '';
  let stderr = '';
  const code = await runOnboard(args, {
    stdout: {
      write(text) {
        stdout += text;
      },
    },
    stderr: {
      write(text) {
        stderr += text;
      },
    },
    colors: false,
    environment,
    interrupted: new AbortController().signal,
    version: '1.2.3',
  });
  expectNoSecret(stdout + stderr, environment);
  return { code, signal: null, stdout, stderr };
}
