import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from '../core/identities.ts';
import type { ClientConnection } from '../core/server.ts';
import type { World } from '../core/world.ts';
import type { FunctionConfig } from './function-config.ts';
import { startInstance } from './instance.ts';
import { instanceEnvironment } from './instance-environment.ts';
import { createInstancePool } from './instance-pool.ts';
import type { Invocation } from './invocation.ts';
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
  /** Where `logConfig` sends it. */
  readonly logProject: string | undefined;
  readonly logStore: string | undefined;
}

export interface Attempt {
  readonly requestId: string;
  readonly attempt: number;
  readonly mode: 'sync' | 'async';
  readonly payload: Buffer;
}

export interface DeployedFunction {
  readonly config: FunctionConfig;
  /** `undefined` when the function's concurrency is used up. Else runs it; never rejects. */
  tryRun(attempt: Attempt): Promise<Invocation> | undefined;
  killRunning(): void;
  /** As `close`, without waiting for the processes to end. */
  kill(): void;
  /** Ends its processes and deletes its copy of the code. */
  close(): Promise<void>;
}

/** The role's temporary credentials are valid this long. Source: FC, "Context". */
const CREDENTIALS_MS = 36 * 60 * 60 * 1000;

/** Copies the code, so that a later build doesn't change it, and runs requests in instances. */
export function deployFunction(
  config: FunctionConfig,
  options: {
    readonly world: World;
    readonly accountId: string;
    readonly concurrencyLimit: number;
    readonly onLogLine: (line: LogLine) => void;
    readonly onFreeze: (connections: readonly ClientConnection[]) => void;
  },
): DeployedFunction {
  const { world, accountId } = options;
  const { region } = world;
  const codeDir = realpathSync(mkdtempSync(join(tmpdir(), 'sandbox-function-')));
  cpSync(config.codeDir, codeDir, { recursive: true, dereference: true });

  const credentials = (): Credentials | undefined =>
    config.roleArn === undefined
      ? undefined
      : world.identities.assumeRole(config.roleArn, CREDENTIALS_MS);

  const pool = createInstancePool({
    limit: config.reservedConcurrency ?? options.concurrencyLimit,
    start: () => {
      const id = `c-${world.newRequestId().toLowerCase()}`;
      return startInstance({
        id,
        codeDir,
        handler: config.handler,
        memorySizeMb: config.memorySizeMb,
        environment: instanceEnvironment({
          config,
          codeDir,
          accountId,
          region,
          instanceId: id,
          credentials: credentials(),
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
            logProject: config.logProject,
            logStore: config.logStore,
          }),
      });
    },
  });

  return {
    config,
    tryRun: ({ requestId, attempt, mode, payload }) => {
      const instance = pool.acquire();
      if (instance === undefined) return undefined;
      const startedAtMs = world.clock.now();
      return (async () => {
        const outcome = await instance.run({
          requestId,
          payload,
          timeoutMs: config.timeoutSeconds * 1000,
          context: invocationContext({
            requestId,
            config,
            accountId,
            region,
            credentials: credentials(),
            retryCount: attempt - 1,
          }),
        });
        pool.release(instance);
        return {
          requestId,
          functionName: config.name,
          attempt,
          mode,
          payload,
          startedAtMs,
          instanceId: instance.id,
          ...outcome,
        };
      })();
    },
    killRunning: () => pool.killBusy(),
    kill: () => {
      pool.killAll();
      rmSync(codeDir, { recursive: true, force: true });
    },
    close: async () => {
      await pool.close();
      rmSync(codeDir, { recursive: true, force: true });
    },
  };
}
