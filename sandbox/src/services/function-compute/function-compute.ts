import { gatewayErrors } from '../../protocols/rpc/errors.ts';
import type { HttpService } from '../../server/http-service.ts';
import type { ClientConnection } from '../../server/server.ts';
import type { World } from '../../world/world.ts';
import type { MessageService } from '../message-service/message-service.ts';
import { createAccountConcurrency } from './account-concurrency.ts';
import { type AsyncInvokeConfig, problemsOfAsyncInvokeConfig } from './async-invoke-config.ts';
import { createAsyncQueue } from './async-queue.ts';
import { createAuthenticate } from './authenticate.ts';
import { deployFunction, type LogLine } from './deployed-function.ts';
import { FUNCTION_COMPUTE_ERRORS, functionComputeError } from './errors.ts';
import { createFailureDestination, type LostRecord } from './failure-destination.ts';
import { assertFunction, type FunctionConfig } from './function-config.ts';
import { createFunctionLogs, type LogStores } from './function-logs.ts';
import { createFunctionRegistry, type RegisteredFunction } from './function-registry.ts';
import { FUNCTION_COMPUTE, problemOfRole } from './function-role.ts';
import { aboutFiveMinutes } from './instance-pool.ts';
import type { Invocation } from './invocation.ts';
import { invokeFunction } from './invoke-function.ts';
import { killOnExit } from './kill-on-exit.ts';
import { renderFunctionComputeError } from './render-error.ts';
import { identifyCall } from './route.ts';
import { runSynchronously } from './run-synchronously.ts';
import { startTimer, type TimerTrigger } from './timer-trigger.ts';
import { problemOfTriggerName } from './trigger-name.ts';

export interface FunctionComputeOptions {
  readonly world: World;
  readonly accountId: string;
  readonly messageService: MessageService;
  readonly logService: LogStores;
  /** Every line that a function prints, as it comes. */
  readonly onLogLine?: (line: LogLine) => void;
  /** An instance is frozen with these connections open: none of them outlives that. */
  readonly onFreeze?: (connections: readonly ClientConnection[]) => void;
  /**
   * Wait before the nth retry of a failed asynchronous request, on the sandbox's clock. Default
   * 0.5 s, then double: documented for throttled requests, inferred for failed ones.
   */
  readonly asyncRetryDelayMs?: (retry: number) => number;
  /**
   * How long an instance that nobody uses is kept, on the sandbox's clock: asked each time that one
   * falls idle. Default 4 to 6 minutes, by a seed; not documented, so none can be relied on.
   */
  readonly instanceIdleMs?: () => number;
  /** Instances that run at the same time in the account. Default 100, the quota. */
  readonly concurrencyLimit?: number;
}

export interface InvokeAnswer {
  readonly requestId: string;
  /** Absent when the request was queued. */
  readonly invocation: Invocation | undefined;
}

export interface FunctionCompute extends HttpService {
  /** Copies the code. Throws `InvalidArgument` with every problem, or `FunctionAlreadyExists`. */
  createFunction(config: FunctionConfig): void;
  functionNames(): readonly string[];
  /** Ends its instances, forgets its queue and timers. Safe to repeat. */
  deleteFunction(name: string): Promise<void>;
  putAsyncInvokeConfig(name: string, config: AsyncInvokeConfig): void;
  /** Throws for a schedule it can't read and for a name that the function's triggers have. */
  createTimer(functionName: string, trigger: TimerTrigger): void;
  /** Fires a timer now, also one that isn't enabled. */
  fireTimer(functionName: string, triggerName: string): void;
  /**
   * Rejects with a `ServiceError` (`FunctionNotFound`, `ResourceExhausted`, ...); a function's own
   * error is in `invocation`.
   */
  invoke(
    name: string,
    payload: Buffer | string,
    options?: { readonly async?: boolean; readonly taskId?: string; readonly requestId?: string },
  ): Promise<InvokeAnswer>;
  /** Every attempt that has ended, in the order they ended. */
  invocations(): readonly Invocation[];
  /** Records of failed requests that their destination did not take. */
  lostRecords(): readonly LostRecord[];
  /** Resolves when nothing is queued, running, or waiting for a retry. */
  idle(): Promise<void>;
  /** Ends the processes that are running a request of this function. */
  killRunning(name: string): void;
  /** Ends all processes and deletes the copies of the code. */
  close(): Promise<void>;
}

const SYNC_LIMIT_BYTES = 32 * 1024 * 1024;
const ASYNC_LIMIT_BYTES = 128 * 1024;
const DEFAULT_CONCURRENCY_LIMIT = 100;

export function createFunctionCompute(options: FunctionComputeOptions): FunctionCompute {
  const { world, accountId } = options;
  const where = { region: world.region, accountId };
  const functions = createFunctionRegistry();
  const invocations: Invocation[] = [];
  const destination = createFailureDestination(options);
  const logs = createFunctionLogs(options);
  const concurrency = createAccountConcurrency(
    options.concurrencyLimit ?? DEFAULT_CONCURRENCY_LIMIT,
  );
  const instanceIdleMs = options.instanceIdleMs ?? aboutFiveMinutes();
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

  const register = (config: FunctionConfig): void => {
    const deployed = deployFunction(config, {
      world,
      accountId,
      slots: concurrency.slotsFor(config.reservedConcurrency),
      onFree: drainQueues,
      instanceIdleMs,
      onLogLine: (line) => {
        logs.write(config, line);
        options.onLogLine?.(line);
      },
      onFreeze: options.onFreeze ?? (() => {}),
    });
    const registered: RegisteredFunction = {
      deployed,
      timers: new Map(),
      taskIds: new Set(),
      asyncConfig: {},
      queue: createAsyncQueue({
        world,
        accountId,
        destination,
        deployed,
        config: () => registered.asyncConfig,
        retryDelayMs: options.asyncRetryDelayMs ?? ((retry) => 500 * 2 ** (retry - 1)),
        onAttempt: onEnded,
        onSettled,
      }),
    };
    functions.add(config.name, registered);
  };

  const service: FunctionCompute = {
    createFunction: (config) => {
      if (functions.has(config.name)) throw functionComputeError('FunctionAlreadyExists');
      assertFunction(config);
      assertRole(world, config.roleArn);
      logs.assertWritable(config);
      register(config);
    },
    functionNames: functions.names,
    deleteFunction: async (name) => {
      const deleted = functions.take(name);
      if (deleted === undefined) return;
      for (const timer of deleted.timers.values()) timer.cancel();
      deleted.queue.close();
      await deleted.deployed.close();
      drainQueues();
      onSettled();
    },
    putAsyncInvokeConfig: (name, config) => {
      const configured = functions.get(name);
      const problems = problemsOfAsyncInvokeConfig(config, where);
      if (problems.length > 0) throw functionComputeError('InvalidArgument', problems.join('; '));
      if (config.onFailure !== undefined) {
        destination.assertUsable(config.onFailure, configured.deployed.config.roleArn);
      }
      configured.asyncConfig = config;
    },
    createTimer: (functionName, trigger) => {
      const { timers } = functions.get(functionName);
      const problem = problemOfTriggerName(trigger.name);
      if (problem !== undefined) {
        throw functionComputeError('InvalidArgument', `triggerName: ${problem}`);
      }
      if (timers.has(trigger.name)) {
        throw functionComputeError('InvalidArgument', `trigger '${trigger.name}' already exists`);
      }
      const timer = startTimer(trigger, world.clock, ASYNC_LIMIT_BYTES, (payload) => {
        void service.invoke(functionName, payload, { async: true });
      });
      timers.set(trigger.name, timer);
    },
    fireTimer: (functionName, triggerName) => {
      const timer = functions.get(functionName).timers.get(triggerName);
      if (timer === undefined) {
        throw functionComputeError('InvalidArgument', `there is no timer '${triggerName}'`);
      }
      timer.fire();
    },
    invoke: async (name, payloadOrText, invokeOptions = {}) => {
      const payload = Buffer.from(payloadOrText);
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
        useTaskId(invoked, invokeOptions.taskId);
        invoked.queue.add(requestId, payload);
        return { requestId, invocation: undefined };
      }
      running += 1;
      try {
        const request = { requestId, payload };
        const { clock } = world;
        const invocation = await runSynchronously(invoked.deployed, request, { clock, onEnded });
        return { requestId, invocation };
      } finally {
        running -= 1;
        onSettled();
      }
    },
    invocations: () => [...invocations],
    lostRecords: destination.lost,
    idle: () =>
      isIdle() ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve)),
    killRunning: (name) => functions.get(name).deployed.killRunning(),
    close: async () => {
      stayOnExit();
      await Promise.all(functions.names().map((name) => service.deleteFunction(name)));
    },

    errors: { ...gatewayErrors, ...FUNCTION_COMPUTE_ERRORS },
    identify: identifyCall,
    authenticate: createAuthenticate(world.identities),
    quota: () => undefined,
    throttled: () => functionComputeError('ResourceExhausted'),
    handle: (call, caller) => invokeFunction(call, caller, { ...where, invoke: service.invoke }),
    renderError: renderFunctionComputeError,
  };

  const stayOnExit = killOnExit(() => {
    for (const { deployed } of functions.all()) deployed.kill();
  });
  return service;
}

/** Counts only where tasks are on. */
function useTaskId({ asyncConfig, taskIds }: RegisteredFunction, taskId: string | undefined): void {
  if (!asyncConfig.asyncTask || taskId === undefined) return;
  if (taskIds.has(taskId)) throw functionComputeError('StatefulAsyncInvocationAlreadyExists');
  taskIds.add(taskId);
}

function assertRole(world: World, roleArn: string | undefined): void {
  if (roleArn === undefined) return;
  const problem = problemOfRole(world.identities, roleArn, FUNCTION_COMPUTE);
  if (problem !== undefined) throw functionComputeError('InvalidArgument', `role: ${problem}`);
}
