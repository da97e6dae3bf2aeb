import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, vi } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COMMAND = `${ROOT}dist/cli/onboard.js`;

export interface CliOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  /** Resolves with the first group of the match, once it was written to standard error. */
  said(pattern: RegExp): Promise<string>;
  readonly done: Promise<CliOutcome>;
}

/** Of a machine where no credentials are: the chain finds none, and waits for nothing. */
export const NO_CREDENTIALS = {
  HOME: '/nonexistent',
  ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
} as const;

/** On a terminal, where all that is said comes as standard output. */
export interface TypingCli extends RunningCli {
  type(text: string): void;
}

export type CliEnvironment = Readonly<Record<string, string>>;

/** The built command in a process of its own, its output in pipes. */
export function startCli(args: readonly string[], environment: CliEnvironment = {}): RunningCli {
  return start(process.execPath, [COMMAND, ...args], environment);
}

export function runCli(
  args: readonly string[],
  environment: CliEnvironment = {},
): Promise<CliOutcome> {
  return startCli(args, environment).done;
}

/** Any program, in that folder, its output in pipes. */
export function runProgram(
  [file = '', ...args]: readonly string[],
  environment: CliEnvironment,
  folder: string,
): Promise<CliOutcome> {
  return start(file, args, environment, folder).done;
}

/** The same on a pseudo-terminal of 80 columns: all that it shows comes as `stdout`. */
export function runCliOnTerminal(
  args: readonly string[],
  environment: CliEnvironment = {},
): Promise<CliOutcome> {
  return startCliOnTerminal(args, environment).done;
}

/** The same, for somebody who types. */
export function startCliOnTerminal(
  args: readonly string[],
  environment: CliEnvironment = {},
): TypingCli {
  return startOnTerminal([process.execPath, COMMAND, ...args], environment);
}

/** The same of any program, in that folder. */
export function startOnTerminal(
  command: readonly string[],
  environment: CliEnvironment = {},
  folder = process.cwd(),
): TypingCli {
  const line = ['stty cols 80 &&', ...command].join(' ');
  const terminal = { TERM: 'xterm', ...environment };
  const cli = start('script', ['-qec', line, '/dev/null'], terminal, folder);
  return { ...cli, type: (text) => void cli.child.stdin?.write(text) };
}

export function expectNoSecret(said: string, environment: CliEnvironment): void {
  for (const name of ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN']) {
    const secret = environment[name];
    if (secret) expect(said).not.toContain(secret);
  }
}

function start(
  file: string,
  args: readonly string[],
  environment: CliEnvironment,
  folder = process.cwd(),
): RunningCli {
  const child = spawn(file, [...args], {
    cwd: folder,
    // Nothing of this machine: no credentials, no colours.
    env: { PATH: process.env.PATH, ...NO_CREDENTIALS, ...environment },
    // Of the command in pipes, standard input is at its end at once.
    stdio: [file === 'script' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const done = once(child, 'close').then(([code, signal]): CliOutcome => {
    expectNoSecret(stdout + stderr, environment);
    return { code, signal, stdout, stderr };
  });
  return {
    child,
    done,
    said: (pattern) =>
      vi.waitFor(
        () => {
          const [whole, group] = pattern.exec(file === 'script' ? stdout : stderr) ?? [];
          if (whole === undefined) throw new Error(`Not said: ${pattern}\n${stdout}${stderr}`);
          return group ?? whole;
        },
        { timeout: 30_000, interval: 10 },
      ),
  };
}
