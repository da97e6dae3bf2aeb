import type { FunctionSlots } from './account-concurrency.ts';
import type { AsyncInvokeConfig } from './async-invoke-config.ts';
import type { AsyncQueue } from './async-queue.ts';
import type { AsyncTasks } from './async-tasks.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { functionComputeError } from './errors.ts';
import { splitFunctionName } from './function-arn.ts';
import type { RunningTimer } from './timer-trigger.ts';

/** A function with all that belongs to it. Times are on the sandbox's clock. */
export interface RegisteredFunction {
  readonly functionId: string;
  readonly slots: FunctionSlots;
  readonly queue: AsyncQueue;
  /** In the order of their creation. */
  readonly triggers: Map<string, RegisteredTrigger>;
  readonly tasks: AsyncTasks;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  /** An update puts another one here. */
  deployed: DeployedFunction;
  asyncConfig: Dated<AsyncInvokeConfig> | undefined;
}

export interface Dated<T> {
  readonly value: T;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}

/** Timers are the only type here. */
export interface RegisteredTrigger extends Dated<RunningTimer> {
  readonly triggerId: string;
  readonly description: string;
  /** JSON, as it was given. */
  readonly configText: string;
}

export interface FunctionRegistry {
  has(name: string): boolean;
  /** Throws `ServiceNotFound` or `FunctionNotFound`. */
  get(name: string): RegisteredFunction;
  add(name: string, added: RegisteredFunction): void;
  /** Takes it out, if it is there. */
  take(name: string): RegisteredFunction | undefined;
  names(): readonly string[];
  all(): readonly RegisteredFunction[];
}

export function createFunctionRegistry(): FunctionRegistry {
  const functions = new Map<string, RegisteredFunction>();
  return {
    has: (name) => functions.has(name),
    get: (name) => {
      const found = functions.get(name);
      if (found !== undefined) return found;
      const { service } = splitFunctionName(name);
      const isService = [...functions.keys()].some((key) => key.startsWith(`${service}/`));
      if (service !== undefined && !isService) {
        throw functionComputeError('ServiceNotFound', `service '${service}' does not exist`);
      }
      throw functionComputeError('FunctionNotFound', `function '${name}' does not exist`);
    },
    add: (name, added) => void functions.set(name, added),
    take: (name) => {
      const taken = functions.get(name);
      functions.delete(name);
      return taken;
    },
    names: () => [...functions.keys()],
    all: () => [...functions.values()],
  };
}
