import {
  type AsyncInvokeConfig,
  DEFAULT_ASYNC_EVENT_AGE_SECONDS,
  DEFAULT_ASYNC_RETRY_ATTEMPTS,
  readAsyncInvokeConfig,
} from '../async-invoke-config.ts';
import { functionComputeError } from '../errors.ts';
import { functionArn } from '../function-arn.ts';
import { problemsOfReservedConcurrency, refuseProblems } from '../function-config.ts';
import type { Dated, RegisteredFunction } from '../function-registry.ts';
import {
  type ControlOperation,
  type ControlPorts,
  isoTime,
  pageOf,
  requireLatest,
} from './operation.ts';

/**
 * Delete-, Get-, ListAsyncInvokeConfig(s), PutAsyncInvokeConfig; Delete-, Get-, PutConcurrencyConfig.
 * A put replaces all of it: safe to repeat.
 */
export function invocationSettingsOperations(ports: ControlPorts) {
  const { functions, putAsyncInvokeConfig } = ports;
  const arnOf = (name: string) =>
    functionArn({ region: ports.world.region, accountId: ports.accountId }, name);

  const asyncConfigOf = (name: string): Dated<AsyncInvokeConfig> => {
    const { asyncConfig } = functions.get(name);
    if (asyncConfig !== undefined) return asyncConfig;
    throw functionComputeError(
      'AsyncConfigNotExists',
      `function '${name}' has no asynchronous invocation configuration`,
    );
  };

  const asyncAnswer = (name: string) => {
    const { value, createdAtMs, modifiedAtMs } = asyncConfigOf(name);
    return {
      functionArn: arnOf(name),
      asyncTask: value.asyncTask ?? false,
      destinationConfig:
        value.onFailure === undefined ? {} : { onFailure: { destination: value.onFailure } },
      maxAsyncEventAgeInSeconds: value.maxAsyncEventAgeInSeconds ?? DEFAULT_ASYNC_EVENT_AGE_SECONDS,
      maxAsyncRetryAttempts: value.maxAsyncRetryAttempts ?? DEFAULT_ASYNC_RETRY_ATTEMPTS,
      createdTime: isoTime(createdAtMs),
      lastModifiedTime: isoTime(modifiedAtMs),
    };
  };

  const concurrencyAnswer = (name: string, { slots }: RegisteredFunction) => {
    const reservedConcurrency = slots.reserved();
    if (reservedConcurrency === undefined) {
      throw functionComputeError(
        'ConcurrencyConfigNotFound',
        `function '${name}' has no concurrency configuration`,
      );
    }
    return { functionArn: arnOf(name), reservedConcurrency };
  };

  return {
    PutAsyncInvokeConfig: {
      action: 'PutFunctionAsyncInvokeConfig',
      resource: 'all',
      query: ['qualifier'],
      handle(call) {
        requireLatest(call.query('qualifier'));
        functions.get(call.functionName);
        putAsyncInvokeConfig(call.functionName, call.body(readAsyncInvokeConfig));
        return asyncAnswer(call.functionName);
      },
    },
    GetAsyncInvokeConfig: {
      action: 'GetFunctionAsyncInvokeConfig',
      resource: 'all',
      query: ['qualifier'],
      handle(call) {
        requireLatest(call.query('qualifier'));
        return asyncAnswer(call.functionName);
      },
    },
    DeleteAsyncInvokeConfig: {
      action: 'DeleteAsyncInvokeConfig',
      resource: 'function',
      query: ['qualifier'],
      handle(call) {
        requireLatest(call.query('qualifier'));
        asyncConfigOf(call.functionName);
        functions.get(call.functionName).asyncConfig = undefined;
        return undefined;
      },
    },
    ListAsyncInvokeConfigs: {
      action: 'ListAsyncInvokeConfigs',
      resource: 'all',
      query: ['functionName', 'limit', 'nextToken'],
      handle(call) {
        const wanted = call.query('functionName');
        const names = functions
          .names()
          .filter((name) => (wanted === undefined ? !name.includes('/') : name === wanted))
          .filter((name) => functions.get(name).asyncConfig !== undefined);
        const page = pageOf(call, names, (name) => name);
        return { configs: page.items.map(asyncAnswer), nextToken: page.nextToken };
      },
    },
    PutConcurrencyConfig: {
      action: 'PutConcurrencyConfig',
      resource: 'function',
      handle(call) {
        const registered = functions.get(call.functionName);
        const reserved = call.body((body) => {
          body.require('reservedConcurrency');
          return body.number('reservedConcurrency') ?? 0;
        });
        refuseProblems(problemsOfReservedConcurrency(reserved));
        registered.slots.reserve(reserved);
        return concurrencyAnswer(call.functionName, registered);
      },
    },
    GetConcurrencyConfig: {
      action: 'GetConcurrencyConfig',
      resource: 'all',
      handle: (call) => concurrencyAnswer(call.functionName, functions.get(call.functionName)),
    },
    DeleteConcurrencyConfig: {
      action: 'DeleteConcurrencyConfig',
      resource: 'function',
      handle(call) {
        const registered = functions.get(call.functionName);
        concurrencyAnswer(call.functionName, registered);
        registered.slots.reserve(undefined);
        return undefined;
      },
    },
  } as const satisfies Record<string, ControlOperation>;
}
