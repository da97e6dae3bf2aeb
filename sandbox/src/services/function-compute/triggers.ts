import { randomUUID } from 'node:crypto';
import { readObject } from '../../protocols/reader.ts';
import { ServiceError } from '../../protocols/service-error.ts';
import type { SandboxClock } from '../../world/clock.ts';
import { functionComputeError } from './errors.ts';
import { refuseProblems } from './function-config.ts';
import type { RegisteredTrigger } from './function-registry.ts';
import { ASYNC_LIMIT_BYTES, type Functions } from './functions.ts';
import { type RunningTimer, startTimer } from './timer-trigger.ts';
import { problemOfTriggerName } from './trigger-name.ts';

/** The timers of functions, which ring on the sandbox's clock. */
export interface Triggers {
  /** Throws `TriggerNotFound`. */
  get(functionName: string, name: string): RegisteredTrigger;
  /** Throws `TriggerAlreadyExists`, and `InvalidArgument` for what `configText`, JSON, says. */
  createTimer(functionName: string, name: string, configText: string, description: string): void;
  /** Takes the place of the old one. What is not given stays. */
  updateTimer(
    functionName: string,
    name: string,
    changes: { readonly configText?: string; readonly description?: string },
  ): void;
  remove(functionName: string, name: string): void;
}

/** Source: "Quotas and limits". */
const MOST_TRIGGERS = 50;

export function createTriggers(options: {
  readonly clock: SandboxClock;
  readonly functions: Functions;
}): Triggers {
  const { clock, functions } = options;

  const start = (functionName: string, name: string, configText: string): RunningTimer => {
    const trigger = { name, ...readTimerConfig(configText) };
    try {
      return startTimer(trigger, clock, ASYNC_LIMIT_BYTES, (payload) => {
        void functions.invoke(functionName, payload, { async: true });
      });
    } catch (thrown) {
      if (thrown instanceof ServiceError) throw thrown;
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw functionComputeError('InvalidArgument', `triggerConfig.cronExpression: ${reason}`);
    }
  };

  const get = (functionName: string, name: string): RegisteredTrigger => {
    const found = functions.get(functionName).triggers.get(name);
    if (found !== undefined) return found;
    throw functionComputeError(
      'TriggerNotFound',
      `trigger '${name}' does not exist in function '${functionName}'`,
    );
  };

  return {
    get,
    createTimer: (functionName, name, configText, description) => {
      const { triggers } = functions.get(functionName);
      const problem = problemOfTriggerName(name);
      if (problem !== undefined) {
        throw functionComputeError('InvalidArgument', `triggerName: ${problem}`);
      }
      if (triggers.has(name)) {
        throw functionComputeError('TriggerAlreadyExists', `trigger '${name}' already exists`);
      }
      if (triggers.size >= MOST_TRIGGERS) {
        throw functionComputeError(
          'LimitExceededError',
          `function '${functionName}' has ${MOST_TRIGGERS} triggers already`,
        );
      }
      const nowMs = clock.now();
      triggers.set(name, {
        triggerId: randomUUID(),
        description,
        configText,
        value: start(functionName, name, configText),
        createdAtMs: nowMs,
        modifiedAtMs: nowMs,
      });
    },
    updateTimer: (functionName, name, changes) => {
      const old = get(functionName, name);
      const { configText = old.configText, description = old.description } = changes;
      const value = start(functionName, name, configText);
      old.value.cancel();
      functions
        .get(functionName)
        .triggers.set(name, { ...old, configText, description, value, modifiedAtMs: clock.now() });
    },
    remove: (functionName, name) => {
      get(functionName, name).value.cancel();
      functions.get(functionName).triggers.delete(name);
    },
  };
}

/** Source: `TimerTriggerConfig`. */
function readTimerConfig(configText: string) {
  const problems: string[] = [];
  const config = readObject(parseJson(configText), 'triggerConfig', problems);
  config.require('cronExpression', 'enable');
  const cronExpression = config.text('cronExpression') ?? '';
  const enable = config.boolean('enable') ?? false;
  const payload = config.text('payload');
  config.finish();
  refuseProblems(problems);
  return { cronExpression, enable, ...(payload === undefined ? {} : { payload }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw functionComputeError('InvalidArgument', 'triggerConfig: it is not JSON');
  }
}
