import type { HttpService } from '../core/http-service.ts';
import { seededRandom } from '../core/random.ts';
import type { ClientConnection } from '../core/server.ts';
import type { World } from '../core/world.ts';
import type { MessageService } from '../message-service/message-service.ts';
import { gatewayErrors } from '../rpc/errors.ts';
import { type AsyncInvokeConfig, problemsOfAsyncInvokeConfig } from './async-invoke-config.ts';
import { type AsyncQueue, createAsyncQueue } from './async-queue.ts';
import { createAuthenticate } from './authenticate.ts';
import { type DeployedFunction, deployFunction, type LogLine } from './deployed-function.ts';
import { FUNCTION_COMPUTE_ERRORS, functionComputeError } from './errors.ts';
import { createFailureDestination, type LostRecord } from './failure-destination.ts';
import { splitFunctionName } from './function-arn.ts';
import { assertFunction, type FunctionConfig } from './function-config.ts';
import { createFunctionLogs, type LogStores } from './function-logs.ts';
import { FUNCTION_COMPUTE, problemOfRole } from './function-role.ts';
import type { Invocation } from './invocation.ts';
import { invokeFunction } from './invoke-function.ts';
import { renderFunctionComputeError } from './render-error.ts';
import { identifyCall } from './route.ts';
import { type RunningTimer, startTimer, type TimerTrigger } from './timer-trigger.ts';

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
  /** Instances of one function without reserved concurrency. Default 100, an account's quota. */
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
  hasFunction(name: string): boolean;
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

interface Entry {
  readonly deployed: DeployedFunction;
  readonly queue: AsyncQueue;
  readonly timers: Map<string, RunningTimer>;
  readonly taskIds: Set<string>;
  asyncConfig: AsyncInvokeConfig;
}

const SYNC_LIMIT_BYTES = 32 * 1024 * 1024;
const ASYNC_LIMIT_BYTES = 128 * 1024;
const DEFAULT_CONCURRENCY_LIMIT = 100;

export function createFunctionCompute(options: FunctionComputeOptions): FunctionCompute {
  const { world, accountId } = options;
  const where = { region: world.region, accountId };
  const entries = new Map<string, Entry>();
  const invocations: Invocation[] = [];
  const destination = createFailureDestination(options);
  const logs = createFunctionLogs(options);
  const instanceIdleMs = options.instanceIdleMs ?? aboutFiveMinutes();
  let running = 0;
  let idleWaiters: (() => void)[] = [];

  const entryOf = (name: string): Entry => {
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
    const { service } = splitFunctionName(name);
    if (
      service !== undefined &&
      ![...entries.keys()].some((key) => key.startsWith(`${service}/`))
    ) {
      throw functionComputeError('ServiceNotFound', `service '${service}' does not exist`);
    }
    throw functionComputeError('FunctionNotFound', `function '${name}' does not exist`);
  };

  const isIdle = () =>
    running === 0 && [...entries.values()].every((entry) => entry.queue.size() === 0);

  const onSettled = () => {
    if (!isIdle()) return;
    for (const resolve of idleWaiters) resolve();
    idleWaiters = [];
  };

  const runSync = async (entry: Entry, requestId: string, payload: Buffer): Promise<Invocation> => {
    const attempt = { requestId, attempt: 1, mode: 'sync', payload } as const;
    const run = entry.deployed.tryRun(attempt);
    if (run === undefined) {
      const error = functionComputeError('ResourceExhausted');
      invocations.push({
        ...attempt,
        functionName: entry.deployed.config.name,
        status: 'throttled',
        errorType: error.code,
        errorMessage: error.message,
        result: Buffer.alloc(0),
        durationMs: 0,
        startedAtMs: world.clock.now(),
        instanceId: undefined,
        stdout: [],
        stderr: [],
      });
      throw error;
    }
    running += 1;
    try {
      const invocation = await run;
      invocations.push(invocation);
      return invocation;
    } finally {
      running -= 1;
      entry.queue.drain();
      onSettled();
    }
  };

  const service: FunctionCompute = {
    createFunction: (config) => {
      if (entries.has(config.name)) throw functionComputeError('FunctionAlreadyExists');
      assertFunction(config);
      assertRole(world, config.roleArn);
      const logProblem = logs.problemOf(config);
      if (logProblem !== undefined) {
        throw functionComputeError('InvalidArgument', `logConfig: ${logProblem}`);
      }
      const deployed = deployFunction(config, {
        world,
        accountId,
        concurrencyLimit: options.concurrencyLimit ?? DEFAULT_CONCURRENCY_LIMIT,
        instanceIdleMs,
        onLogLine: (line) => {
          logs.write(config, line);
          options.onLogLine?.(line);
        },
        onFreeze: options.onFreeze ?? (() => {}),
      });
      const entry: Entry = {
        deployed,
        timers: new Map(),
        taskIds: new Set(),
        asyncConfig: {},
        queue: createAsyncQueue({
          world,
          accountId,
          destination,
          deployed,
          config: () => entry.asyncConfig,
          retryDelayMs: options.asyncRetryDelayMs ?? ((retry) => 500 * 2 ** (retry - 1)),
          onAttempt: (invocation) => invocations.push(invocation),
          onSettled,
        }),
      };
      entries.set(config.name, entry);
    },
    hasFunction: (name) => entries.has(name),
    functionNames: () => [...entries.keys()],
    deleteFunction: async (name) => {
      const entry = entries.get(name);
      if (entry === undefined) return;
      for (const timer of entry.timers.values()) timer.cancel();
      entry.queue.close();
      entries.delete(name);
      await entry.deployed.close();
      onSettled();
    },
    putAsyncInvokeConfig: (name, config) => {
      const entry = entryOf(name);
      const problems = problemsOfAsyncInvokeConfig(config, where);
      if (problems.length > 0) throw functionComputeError('InvalidArgument', problems.join('; '));
      if (config.onFailure !== undefined) {
        destination.assertUsable(config.onFailure, entry.deployed.config.roleArn);
      }
      entry.asyncConfig = config;
    },
    createTimer: (functionName, trigger) => {
      const { timers } = entryOf(functionName);
      if (timers.has(trigger.name)) {
        throw functionComputeError('InvalidArgument', `trigger '${trigger.name}' already exists`);
      }
      const timer = startTimer(trigger, world.clock, ASYNC_LIMIT_BYTES, (payload) => {
        void service.invoke(functionName, payload, { async: true });
      });
      timers.set(trigger.name, timer);
    },
    fireTimer: (functionName, triggerName) => {
      const timer = entryOf(functionName).timers.get(triggerName);
      if (timer === undefined) {
        throw functionComputeError('InvalidArgument', `there is no timer '${triggerName}'`);
      }
      timer.fire();
    },
    invoke: async (name, payloadOrText, invokeOptions = {}) => {
      const payload = Buffer.from(payloadOrText);
      const entry = entryOf(name);
      const requestId = invokeOptions.requestId ?? world.newRequestId();
      const limitBytes = invokeOptions.async ? ASYNC_LIMIT_BYTES : SYNC_LIMIT_BYTES;
      if (payload.length > limitBytes) {
        throw functionComputeError(
          'EntityTooLarge',
          `payload size exceeds maximum allowed size (${limitBytes} bytes)`,
        );
      }
      if (!invokeOptions.async) {
        return { requestId, invocation: await runSync(entry, requestId, payload) };
      }
      const { taskId } = invokeOptions;
      if (entry.asyncConfig.asyncTask && taskId !== undefined) {
        if (entry.taskIds.has(taskId)) {
          throw functionComputeError('StatefulAsyncInvocationAlreadyExists');
        }
        entry.taskIds.add(taskId);
      }
      entry.queue.add(requestId, payload);
      return { requestId, invocation: undefined };
    },
    invocations: () => [...invocations],
    lostRecords: destination.lost,
    idle: () =>
      isIdle() ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve)),
    killRunning: (name) => entryOf(name).deployed.killRunning(),
    close: async () => {
      process.off('exit', killAll);
      await Promise.all([...entries.keys()].map((name) => service.deleteFunction(name)));
    },

    errors: { ...gatewayErrors, ...FUNCTION_COMPUTE_ERRORS },
    identify: identifyCall,
    authenticate: createAuthenticate(world.identities),
    quota: () => undefined,
    throttled: () => functionComputeError('ResourceExhausted'),
    handle: (call, caller) => invokeFunction(call, caller, { ...where, invoke: service.invoke }),
    renderError: renderFunctionComputeError,
  };

  // A frozen process outlives a parent that ends without closing.
  function killAll(): void {
    for (const { deployed } of entries.values()) deployed.kill();
  }
  process.on('exit', killAll);
  return service;
}

function aboutFiveMinutes(): () => number {
  const random = seededRandom(1);
  return () => Math.floor((4 + 2 * random()) * 60_000);
}

function assertRole(world: World, roleArn: string | undefined): void {
  if (roleArn === undefined) return;
  const problem = problemOfRole(world.identities, roleArn, FUNCTION_COMPUTE);
  if (problem !== undefined) throw functionComputeError('InvalidArgument', `role: ${problem}`);
}
