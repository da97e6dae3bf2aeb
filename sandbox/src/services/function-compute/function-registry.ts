import type { AsyncInvokeConfig } from './async-invoke-config.ts';
import type { AsyncQueue } from './async-queue.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { functionComputeError } from './errors.ts';
import { splitFunctionName } from './function-arn.ts';
import type { RunningTimer } from './timer-trigger.ts';

/** A function with all that belongs to it. */
export interface RegisteredFunction {
  readonly deployed: DeployedFunction;
  readonly queue: AsyncQueue;
  readonly timers: Map<string, RunningTimer>;
  /** Those that were used. */
  readonly taskIds: Set<string>;
  asyncConfig: AsyncInvokeConfig;
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
