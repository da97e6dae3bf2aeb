import type { ClientConnection } from '../../server/server.ts';
import type { Credentials } from '../../world/identities.ts';
import { startTimeLimit } from '../../world/time-limit.ts';
import type { World } from '../../world/world.ts';
import type { FunctionSlots } from './account-concurrency.ts';
import type { CodePackage } from './code-package.ts';
import type { FunctionConfig } from './function-config.ts';
import { createFunctionFolder } from './function-folder.ts';
import { FUNCTION_COMPUTE } from './function-role.ts';
import type { Instance, StartInstance } from './instance.ts';
import { instanceEnvironment } from './instance-environment.ts';
import { createInstancePool } from './instance-pool.ts';
import type { Invocation, Outcome } from './invocation.ts';
import { invocationContext } from './invocation-context.ts';

/** A line that a function printed. */
export interface LogLine {
  readonly functionName: string;
  readonly requestId: string;
  readonly instanceId: string;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
  /** On the sandbox's clock. */
  readonly atMs: number;
}

interface Attempt {
  readonly requestId: string;
  readonly attempt: number;
  readonly mode: 'sync' | 'async';
  readonly payload: Buffer;
}

/** One state of a function: its settings and code, until an update makes another one. */
export interface DeployedFunction {
  readonly config: FunctionConfig;
  readonly code: CodePackage;
  /** `undefined` when the function's concurrency is used up. Else runs it; never rejects. */
  tryRun(attempt: Attempt): Promise<Invocation> | undefined;
  killRunning(): void;
  /** Ends the process that runs this request, if one does. */
  stop(requestId: string): void;
  /** Takes no more requests; what runs goes on. Deletes its copy of the code after the last one. */
  retire(): Promise<void>;
  /** As `close`, without waiting for the processes to end. */
  kill(): void;
  /** Ends its processes and deletes its copy of the code. */
  close(): Promise<void>;
}

/** The role's temporary credentials are valid this long. Source: FC, "Context". */
const CREDENTIALS_MS = 36 * 60 * 60 * 1000;

/** Unpacks the code, and runs requests in instances. */
export function deployFunction(
  config: FunctionConfig,
  code: CodePackage,
  options: {
    readonly world: World;
    readonly accountId: string;
    readonly slots: FunctionSlots;
    /** One of the slots has become free. */
    readonly onFree: () => void;
    readonly startInstance: StartInstance;
    readonly instanceIdleMs: () => number;
    readonly onLogLine: (line: LogLine) => void;
    readonly onFreeze: (connections: readonly ClientConnection[]) => void;
    readonly instanceEnvironment: () => Readonly<Record<string, string>>;
  },
): DeployedFunction {
  const { world, accountId } = options;
  const { region } = world;
  const folder = createFunctionFolder(code);
  const { codeDir } = folder;

  const running = new Map<string, Instance>();
  const pool = createInstancePool({
    slots: options.slots,
    clock: world.clock,
    idleMs: options.instanceIdleMs,
  });

  const credentialsOfRole = (): Credentials | undefined =>
    config.roleArn === undefined
      ? undefined
      : world.identities.assumeRole(config.roleArn, CREDENTIALS_MS, FUNCTION_COMPUTE);

  const start = (credentials: Credentials | undefined): Instance => {
    const id = `c-${world.newRequestId().toLowerCase()}`;
    const instance = options.startInstance({
      id,
      codeDir,
      handler: config.handler,
      memorySizeMb: config.memorySizeMb,
      environment: instanceEnvironment({
        config,
        given: options.instanceEnvironment(),
        codeDir,
        tempDir: folder.createTempDir(id),
        accountId,
        region,
        instanceId: id,
        credentials,
      }),
      onFreeze: options.onFreeze,
      onLine: (line, stream, requestId) =>
        options.onLogLine({
          functionName: config.name,
          requestId,
          instanceId: id,
          stream,
          line,
          atMs: world.clock.now(),
        }),
    });
    void instance.ended.then(() => folder.deleteTempDir(id));
    return instance;
  };

  const run = async (
    { requestId, attempt, payload }: Attempt,
    credentials: Credentials | undefined,
  ): Promise<Outcome & { readonly instanceId: string }> => {
    const instance = pool.acquire(() => start(credentials));
    running.set(requestId, instance);
    const timeoutMs = config.timeoutSeconds * 1000;
    const cancelLimit = startTimeLimit(world.clock, timeoutMs, () => instance.timeOut());
    const outcome = await instance.run({
      requestId,
      payload,
      timeoutMs,
      context: invocationContext({
        requestId,
        config,
        accountId,
        region,
        credentials,
        retryCount: attempt - 1,
      }),
    });
    cancelLimit();
    running.delete(requestId);
    pool.release(instance);
    options.onFree();
    return { ...outcome, instanceId: instance.id };
  };

  return {
    config,
    code,
    tryRun: (attempt) => {
      if (options.slots.isFull()) return undefined;
      const started = { ...attempt, functionName: config.name, startedAtMs: world.clock.now() };
      let credentials: Credentials | undefined;
      try {
        credentials = credentialsOfRole();
      } catch (thrown) {
        return Promise.resolve({ ...started, ...withoutRole(thrown), instanceId: undefined });
      }
      return run(attempt, credentials).then((outcome) => ({ ...started, ...outcome }));
    },
    killRunning: () => pool.killBusy(),
    stop: (requestId) => running.get(requestId)?.kill(),
    retire: async () => {
      await pool.retire();
      folder.delete();
    },
    kill: () => {
      pool.killAll();
      folder.delete();
    },
    close: async () => {
      await pool.close();
      folder.delete();
    },
  };
}

/** The role is gone or no longer trusts the service; that this fails the attempt is inferred. */
function withoutRole(thrown: unknown): Outcome {
  const errorMessage = thrown instanceof Error ? thrown.message : String(thrown);
  const errorType = 'AccessDenied';
  return {
    status: 'failed',
    errorType,
    errorMessage,
    result: Buffer.from(JSON.stringify({ errorType, errorMessage })),
    durationMs: 0,
    stdout: [],
    stderr: [],
  };
}
