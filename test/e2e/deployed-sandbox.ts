import { inject, onTestFinished } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/src/index.ts';
import {
  createEventRuleIn,
  createStackIn,
  FUNCTION_ENVIRONMENT,
  PROJECT_ROOT,
} from '../../scripts/deploy-to-sandbox.ts';
import { startInstanceInProcess } from '../support/functions/instance-in-process.ts';

/** Waits of a hundredth of the defaults, so that a retry costs a moment. */
const HURRIED = {
  RETRY_BASE_SECONDS: '0.01',
  RETRY_CAP_SECONDS: '0.1',
  POLL_BASE_SECONDS: '0.02',
  POLL_CAP_SECONDS: '0.1',
};

/** Builds in fractions of a second, on the real clock. */
const QUICK_CLOUD = {
  organizationBuildMs: 200,
  memberBuildMs: 300,
  groupCreateMs: 50,
  initializationMs: 50,
  joinDelayMs: 50,
};

export interface DeployedSandboxOptions extends SandboxOptions {
  /**
   * Where functions run. Default: here. `processes` is for what is about a process: its start, its
   * end, its streams, its being frozen.
   */
  readonly instances?: 'in-process' | 'processes';
  readonly environment?: Readonly<Record<string, string>>;
  /** Of every function. Default: what s.yaml says. */
  readonly timeoutSeconds?: number;
}

export type Entry = Readonly<Record<string, string>>;

export interface DeployedSandbox extends Sandbox {
  /** Everything in the log store, in the order of its arrival. */
  entries(): Entry[];
  accountEntries(): Entry[];
  runEntries(): Entry[];
  /** Runs a function to its end, without the retries of an asynchronous invocation. */
  call(functionName: string, event: unknown): Promise<CallOutcome>;
  /** How often Cloud Config was asked to start the recorder. */
  starts(): number;
}

export interface CallOutcome {
  readonly status: string;
  readonly errorName: string | undefined;
  readonly errorMessage: string | undefined;
  readonly answer: unknown;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

/** The sandbox with stack.yaml and s.yaml deployed, for one test; closed when the test ends. */
export async function deployedSandbox(
  options: DeployedSandboxOptions = {},
): Promise<DeployedSandbox> {
  const sandbox = await startDeployedSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The same for `await using`, where tests run side by side and so have no hooks. */
export async function startDeployedSandbox(
  options: DeployedSandboxOptions,
): Promise<DeployedSandbox> {
  const { environment, timeoutSeconds, instances, ...sandboxOptions } = options;
  const sandbox = await createSandbox({
    logsVisibleAfterMs: 0,
    stackResourceMs: 20,
    asyncRetryDelayMs: () => 20,
    functionEnvironment: FUNCTION_ENVIRONMENT,
    ...(instances === 'processes' ? {} : { startInstance: startInstanceInProcess }),
    ...sandboxOptions,
    config: { ...QUICK_CLOUD, ...sandboxOptions.config },
  });
  const { logProject, logStore } = await createStackIn(sandbox);
  await sandbox.deploy({
    rendered: withTimeout(inject('renderedServerlessDevs'), timeoutSeconds),
    baseDir: PROJECT_ROOT,
    environment: { ...HURRIED, ...environment },
  });
  await createEventRuleIn(sandbox);

  const entries = () =>
    sandbox.logService.entries(logProject, logStore).map(({ contents }) => contents);
  return {
    ...sandbox,
    entries,
    accountEntries: () => entries().filter(({ entry_type }) => entry_type === 'account'),
    runEntries: () => entries().filter(({ entry_type }) => entry_type === 'run'),
    starts: () => sandbox.journal.count('config', 'StartConfigurationRecorder'),
    async call(functionName, event) {
      const payload = Buffer.isBuffer(event) ? event : JSON.stringify(event);
      const { invocation } = await sandbox.functionCompute.invoke(functionName, payload);
      if (invocation === undefined) throw new Error(`${functionName} was not invoked.`);
      const { status, errorName, errorMessage, result, stdout, stderr } = invocation;
      return {
        status,
        errorName,
        errorMessage,
        answer: result.length === 0 ? undefined : JSON.parse(result.toString()),
        stdout,
        stderr,
      };
    },
  };
}

interface Rendered {
  resources: Record<string, { props: { timeout: number } }>;
}

function withTimeout(rendered: Record<string, unknown>, timeoutSeconds: number | undefined) {
  if (timeoutSeconds === undefined) return rendered;
  const copy = structuredClone(rendered) as typeof rendered & Rendered;
  for (const { props } of Object.values(copy.resources)) props.timeout = timeoutSeconds;
  return copy;
}
