import { randomUUID } from 'node:crypto';
import type { ClientConnection } from '../../server/server.ts';
import type { World } from '../../world/world.ts';
import { createAccountConcurrency } from './account-concurrency.ts';
import { createAsyncQueue } from './async-queue.ts';
import { createAsyncTasks } from './async-tasks.ts';
import type { CodePackage } from './code-package.ts';
import { type DeployedFunction, deployFunction, type LogLine } from './deployed-function.ts';
import { functionComputeError } from './errors.ts';
import type { FailureDestination } from './failure-destination.ts';
import { type FunctionConfig, problemsOfFunction, refuseProblems } from './function-config.ts';
import type { FunctionLogs } from './function-logs.ts';
import {
  createFunctionRegistry,
  type FunctionRegistry,
  type RegisteredFunction,
} from './function-registry.ts';
import { FUNCTION_COMPUTE, problemOfRole } from './function-role.ts';
import type { StartInstance } from './instance.ts';
import type { Invocation } from './invocation.ts';
import { runSynchronously } from './run-synchronously.ts';

export interface InvokeOptions {
  readonly async?: boolean;
  readonly taskId?: string;
  readonly requestId?: string;
}

export interface InvokeAnswer {
  readonly requestId: string;
  /** Absent when the request was queued. */
  readonly invocation: Invocation | undefined;
}

/** The account's functions: made, changed, run and deleted. The one way in for whoever deploys. */
export interface Functions extends Pick<FunctionRegistry, 'get' | 'has' | 'names' | 'all'> {
  /** Throws `FunctionAlreadyExists`, and `InvalidArgument` with every problem. */
  create(config: FunctionConfig, code: CodePackage, reservedConcurrency?: number): void;
  /**
   * The next attempt has the new settings and code, in a new instance; what runs goes on with the
   * old ones. Throws as `create` does.
   */
  update(name: string, config: FunctionConfig, code: CodePackage): void;
  /** Ends its instances, forgets its queue and timers. Safe to repeat. */
  remove(name: string): Promise<void>;
  /** Source of the limits: "Quotas and limits". */
  invoke(name: string, payload: Buffer, options: InvokeOptions): Promise<InvokeAnswer>;
  /** Every attempt that has ended, in the order they ended. */
  invocations(): readonly Invocation[];
  idle(): Promise<void>;
  /** All processes, at once. */
  kill(): void;
  close(): Promise<void>;
}

const SYNC_LIMIT_BYTES = 32 * 1024 * 1024;
export const ASYNC_LIMIT_BYTES = 128 * 1024;

export function createFunctions(options: {
  readonly world: World;
  readonly accountId: string;
  readonly destination: FailureDestination;
  readonly logs: FunctionLogs;
  readonly concurrencyLimit: number;
  readonly startInstance: StartInstance;
  readonly instanceIdleMs: () => number;
  readonly asyncRetryDelayMs: (retry: number) => number;
  readonly onLogLine: (line: LogLine) => void;
  readonly onFreeze: (connections: readonly ClientConnection[]) => void;
  readonly instanceEnvironment: () => Readonly<Record<string, string>>;
}): Functions {
  const { world, accountId, destination, logs } = options;
  const { clock } = world;
  const functions = createFunctionRegistry();
  const concurrency = createAccountConcurrency(options.concurrencyLimit);
  const invocations: Invocation[] = [];
  /** Replaced ones whose last requests are still running. */
  const retired = new Set<DeployedFunction>();
  let running = 0;
  let idleWaiters: (() => void)[] = [];

  const isIdle = () => running === 0 && functions.all().every(({ queue }) => queue.size() === 0);

  const onSettled = () => {
    if (!isIdle()) return;
    for (const resolve of idleWaiters) resolve();
    idleWaiters = [];
  };

  const onEnded = (invocation: Invocation) => void invocations.push(invocation);

  const drainQueues = () => {
    for (const { queue } of functions.all()) queue.drain();
  };

  const check = (config: FunctionConfig, code: CodePackage): void => {
    refuseProblems(problemsOfFunction(config, code.hasFile));
    const { roleArn } = config;
    const problem = roleArn && problemOfRole(world.identities, roleArn, FUNCTION_COMPUTE);
    if (problem) throw functionComputeError('InvalidArgument', `role: ${problem}`);
    logs.assertWritable(config);
  };

  const deploy = (
    config: FunctionConfig,
    code: CodePackage,
    { slots }: Pick<RegisteredFunction, 'slots'>,
  ): DeployedFunction =>
    deployFunction(config, code, {
      world,
      accountId,
      slots,
      onFree: drainQueues,
      startInstance: options.startInstance,
      instanceIdleMs: options.instanceIdleMs,
      onLogLine: (line) => {
        logs.write(config, line);
        options.onLogLine(line);
      },
      onFreeze: options.onFreeze,
      instanceEnvironment: options.instanceEnvironment,
    });

  const register = (
    config: FunctionConfig,
    code: CodePackage,
    reservedConcurrency: number | undefined,
  ): void => {
    const slots = concurrency.slotsFor(reservedConcurrency);
    const tasks = createAsyncTasks();
    const registered: RegisteredFunction = {
      functionId: randomUUID(),
      slots,
      triggers: new Map(),
      tasks,
      createdAtMs: clock.now(),
      modifiedAtMs: clock.now(),
      deployed: deploy(config, code, { slots }),
      asyncConfig: undefined,
      queue: createAsyncQueue({
        world,
        accountId,
        destination,
        deployed: () => registered.deployed,
        stopRunning: (requestId) => {
          for (const each of [registered.deployed, ...retired]) each.stop(requestId);
        },
        config: () => registered.asyncConfig?.value ?? {},
        retryDelayMs: options.asyncRetryDelayMs,
        onAttempt: onEnded,
        onStatus: (requestId, status, invocation) =>
          tasks.note(requestId, status, clock.now(), invocation),
        onSettled,
      }),
    };
    functions.add(config.name, registered);
  };

  const remove = async (name: string): Promise<void> => {
    const removed = functions.take(name);
    if (removed === undefined) return;
    for (const { value: timer } of removed.triggers.values()) timer.cancel();
    removed.queue.close();
    await removed.deployed.close();
    removed.slots.release();
    drainQueues();
    onSettled();
  };

  return {
    get: functions.get,
    has: functions.has,
    names: functions.names,
    all: functions.all,
    create: (config, code, reservedConcurrency) => {
      if (functions.has(config.name)) {
        throw functionComputeError(
          'FunctionAlreadyExists',
          `function '${config.name}' already exists`,
        );
      }
      check(config, code);
      register(config, code, reservedConcurrency);
    },
    update: (name, config, code) => {
      const registered = functions.get(name);
      check(config, code);
      const old = registered.deployed;
      registered.deployed = deploy(config, code, registered);
      registered.modifiedAtMs = clock.now();
      retired.add(old);
      void old.retire().then(() => retired.delete(old));
    },
    remove,
    invoke: async (name, payload, invokeOptions) => {
      const invoked = functions.get(name);
      const requestId = invokeOptions.requestId ?? world.newRequestId();
      const limitBytes = invokeOptions.async ? ASYNC_LIMIT_BYTES : SYNC_LIMIT_BYTES;
      if (payload.length > limitBytes) {
        throw functionComputeError(
          'EntityTooLarge',
          `payload size exceeds maximum allowed size (${limitBytes} bytes)`,
        );
      }
      if (invokeOptions.async) {
        // Without `asyncTask` a task id is without effect.
        if (invoked.asyncConfig?.value.asyncTask) {
          const taskId = invokeOptions.taskId ?? requestId;
          invoked.tasks.add({ taskId, requestId, payload }, clock.now());
        }
        invoked.queue.add(requestId, payload);
        return { requestId, invocation: undefined };
      }
      running += 1;
      try {
        const request = { requestId, payload };
        const invocation = await runSynchronously(invoked.deployed, request, { clock, onEnded });
        return { requestId, invocation };
      } finally {
        running -= 1;
        onSettled();
      }
    },
    invocations: () => [...invocations],
    idle: () =>
      isIdle() ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve)),
    kill: () => {
      for (const each of [...functions.all().map(({ deployed }) => deployed), ...retired]) {
        each.kill();
      }
    },
    close: async () => {
      await Promise.all([
        ...functions.names().map(remove),
        ...[...retired].map((old) => old.close()),
      ]);
    },
  };
}
