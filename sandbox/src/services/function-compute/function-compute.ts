import { gatewayErrors } from '../../protocols/rpc/errors.ts';
import type { HttpService } from '../../server/http-service.ts';
import type { ClientConnection } from '../../server/server.ts';
import type { World } from '../../world/world.ts';
import type { MessageService } from '../message-service/message-service.ts';
import type { ObjectStorage } from '../object-storage/object-storage.ts';
import { type AsyncInvokeConfig, problemsOfAsyncInvokeConfig } from './async-invoke-config.ts';
import { createAuthenticate } from './authenticate.ts';
import { packFolder } from './code-package.ts';
import { createControlPlane } from './control-plane/control-plane.ts';
import type { LogLine } from './deployed-function.ts';
import { FUNCTION_COMPUTE_ERRORS, functionComputeError } from './errors.ts';
import { createFailureDestination, type LostRecord } from './failure-destination.ts';
import { type NewFunction, problemsOfNewFunction, refuseProblems } from './function-config.ts';
import { createFunctionLogs, type LogStores } from './function-logs.ts';
import { createFunctions, type InvokeAnswer, type InvokeOptions } from './functions.ts';
import { type StartInstance, startInstance } from './instance.ts';
import { aboutFiveMinutes } from './instance-pool.ts';
import type { Invocation } from './invocation.ts';
import { invokeFunction } from './invoke-function.ts';
import { killOnExit } from './kill-on-exit.ts';
import { renderFunctionComputeError } from './render-error.ts';
import { identifyCall, SERVICE } from './route.ts';
import type { TimerTrigger } from './timer-trigger.ts';
import { createTriggers } from './triggers.ts';

export type { InvokeAnswer } from './functions.ts';

export interface FunctionComputeOptions {
  readonly world: World;
  readonly accountId: string;
  readonly messageService: MessageService;
  readonly logService: LogStores;
  /** Where code is uploaded to. */
  readonly objectStorage: ObjectStorage;
  /** Every line that a function prints, as it comes. */
  readonly onLogLine?: (line: LogLine) => void;
  /** An instance is frozen with these connections open: none of them outlives that. */
  readonly onFreeze?: (connections: readonly ClientConnection[]) => void;
  /**
   * What every instance sees of its environment over the function's own variables, whoever deployed
   * the function; asked when it starts. Default: nothing.
   */
  readonly instanceEnvironment?: () => Readonly<Record<string, string>>;
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
  /**
   * Default: a process of its own, which can be killed and frozen. Another may run a function that
   * can be trusted where it is faster.
   */
  readonly startInstance?: StartInstance;
  /** Instances that run at the same time in the account. Default 100, the quota. */
  readonly concurrencyLimit?: number;
}

export interface FunctionCompute extends HttpService {
  /** Packs the folder's code. Throws `InvalidArgument` with every problem, or `FunctionAlreadyExists`. */
  createFunction(given: NewFunction): void;
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
  invoke(name: string, payload: Buffer | string, options?: InvokeOptions): Promise<InvokeAnswer>;
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

const DEFAULT_CONCURRENCY_LIMIT = 100;

export function createFunctionCompute(options: FunctionComputeOptions): FunctionCompute {
  const { world, accountId, objectStorage } = options;
  const where = { region: world.region, accountId };
  const destination = createFailureDestination(options);
  const functions = createFunctions({
    world,
    accountId,
    destination,
    logs: createFunctionLogs(options),
    concurrencyLimit: options.concurrencyLimit ?? DEFAULT_CONCURRENCY_LIMIT,
    startInstance: options.startInstance ?? startInstance,
    instanceIdleMs: options.instanceIdleMs ?? aboutFiveMinutes(),
    asyncRetryDelayMs: options.asyncRetryDelayMs ?? ((retry) => 500 * 2 ** (retry - 1)),
    onLogLine: options.onLogLine ?? (() => {}),
    onFreeze: options.onFreeze ?? (() => {}),
    instanceEnvironment: options.instanceEnvironment ?? (() => ({})),
  });
  const triggers = createTriggers({ clock: world.clock, functions });

  const putAsyncInvokeConfig = (name: string, value: AsyncInvokeConfig): void => {
    const configured = functions.get(name);
    refuseProblems(problemsOfAsyncInvokeConfig(value, where));
    if (value.onFailure !== undefined) {
      destination.assertUsable(value.onFailure, configured.deployed.config.roleArn);
    }
    const nowMs = world.clock.now();
    const createdAtMs = configured.asyncConfig?.createdAtMs ?? nowMs;
    configured.asyncConfig = { value, createdAtMs, modifiedAtMs: nowMs };
  };

  const answerControl = createControlPlane({
    world,
    accountId,
    functions,
    triggers,
    objectStorage,
    putAsyncInvokeConfig,
  });

  const service: FunctionCompute = {
    createFunction: ({ codeDir, reservedConcurrency, ...config }) => {
      const refusal = world.activation.refusal(SERVICE);
      if (refusal !== undefined) throw refusal;
      if (!functions.has(config.name)) {
        refuseProblems(
          problemsOfNewFunction({
            ...config,
            codeDir,
            ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
          }),
        );
      }
      functions.create(config, packFolder(codeDir), reservedConcurrency);
    },
    functionNames: functions.names,
    deleteFunction: functions.remove,
    putAsyncInvokeConfig,
    createTimer: (functionName, { name, ...config }) =>
      triggers.createTimer(functionName, name, JSON.stringify(config), ''),
    fireTimer: (functionName, triggerName) => triggers.get(functionName, triggerName).value.fire(),
    invoke: (name, payload, invokeOptions = {}) =>
      functions.invoke(name, Buffer.from(payload), invokeOptions),
    invocations: functions.invocations,
    lostRecords: destination.lost,
    idle: functions.idle,
    killRunning: (name) => functions.get(name).deployed.killRunning(),
    close: async () => {
      stayOnExit();
      await functions.close();
    },

    errors: { ...gatewayErrors, ...FUNCTION_COMPUTE_ERRORS },
    identify: identifyCall,
    authenticate: createAuthenticate(world.identities),
    quota: () => undefined,
    throttled: () => functionComputeError('ResourceExhausted'),
    handle: async (call, caller) =>
      call.operation === 'InvokeFunction'
        ? invokeFunction(call, caller, { ...where, invoke: service.invoke })
        : answerControl(call, caller),
    renderError: renderFunctionComputeError,
  };

  const stayOnExit = killOnExit(functions.kill);
  return service;
}
