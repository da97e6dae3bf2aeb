import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { connectOperator } from '../alicloud/connect-operator.ts';
import { describeFailure } from '../cli/describe-failure.ts';
import { Interrupted } from '../cli/errors.ts';
import { EXIT, type ExitCode } from '../cli/exit-codes.ts';
import { retryReads } from '../cli/retry-reads.ts';
import { createStreamOutput, untilClosed } from '../cli/stream-output.ts';
import { en } from '../cli/texts/en.ts';
import { composeDeployPorts } from './deploy/compose.ts';
import { deployAll } from './deploy/deploy-all.ts';
import { problemsOfEndpoints } from './deploy/endpoints.ts';
import { removeAll } from './deploy/remove-all.ts';
import { runProcess, serverlessDevs } from './deploy/serverless-devs.ts';
import { said } from './deploy/texts.ts';

/** The process: its arguments, its terminal, its signals. What it does is in `scripts/deploy/`. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const output = createStreamOutput({
  stdout: untilClosed(process.stdout),
  stderr: untilClosed(process.stderr),
  colors: pc.isColorSupported,
});
const interruption = new AbortController();
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

process.exitCode = await run();

async function run(): Promise<ExitCode> {
  const options = readArguments();
  if (options === undefined) return EXIT.ERROR;
  if (options.isHelp) {
    output.line(said.usage);
    return EXIT.ALL_COVERED;
  }
  const ports = composeDeployPorts({
    output,
    texts: en,
    interrupted: interruption.signal,
    build: () => runProcess(['--import', 'tsx', 'scripts/build.ts'], ROOT, process.env),
    functions: serverlessDevs({ folder: ROOT, environment }),
    isWanted: () => isWanted(options.isConfirmed),
  });
  try {
    if (!(await isEnvironmentFine())) return EXIT.ERROR;
    return options.isRemoval ? await removeAll(ports) : await deployAll(ports, options);
  } catch (error) {
    output.endProgress();
    for (const line of describeFailure(error, en)) output.note(line);
    return error instanceof Interrupted ? EXIT.INTERRUPTED : EXIT.ERROR;
  }
}

/** All that is wrong with the variables is said at once, before anything happens. */
async function isEnvironmentFine(): Promise<boolean> {
  const problems: string[] = [];
  const note = (error: unknown) => problems.push(...describeFailure(error, en));
  await connectOperator({ retryReads }).settings().catch(note);
  // By themselves: they are only looked for where all settings are fine.
  await connectOperator({ retryReads, environment: credentialVariables(process.env) })
    .serverlessDevsVariables()
    .catch(note);
  problems.push(...problemsOfEndpoints(process.env));
  for (const problem of problems) output.note(problem);
  return problems.length === 0;
}

function credentialVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isOne = (name: string) =>
    name.startsWith('ALIBABA_CLOUD_') && name !== 'ALIBABA_CLOUD_SITE';
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isOne(name)));
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        'dry-run': { type: 'boolean' },
        remove: { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.remove && values['dry-run']) {
      output.note(said.removeWithDryRun);
      return undefined;
    }
    return {
      isDryRun: values['dry-run'] === true,
      isRemoval: values.remove === true,
      isConfirmed: values.yes === true,
      isHelp: values.help === true,
    };
  } catch (error) {
    const what = error instanceof Error ? error.message.split('. ')[0] : error;
    output.note(`${what}.\n\n${said.usage}`);
    return undefined;
  }
}

/** What Serverless Devs sees: in its own names, too. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  return {
    ...process.env,
    ...(await connectOperator({ retryReads }).serverlessDevsVariables()),
  };
}

/** Asks on a terminal; without one, only `--yes` says so. */
async function isWanted(isConfirmed: boolean): Promise<boolean> {
  if (isConfirmed) return true;
  if (!process.stdin.isTTY) {
    output.note(said.noTerminal);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // It takes Ctrl-C for itself.
  terminal.once('SIGINT', interrupt);
  try {
    const answer = await terminal.question(said.question, { signal: interruption.signal });
    return answer.trim() === 'yes';
  } catch {
    return false;
  } finally {
    terminal.close();
  }
}

function interrupt(): void {
  if (interruption.signal.aborted) process.exit(EXIT.INTERRUPTED);
  interruption.abort(new Interrupted());
}
