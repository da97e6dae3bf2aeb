import type { World } from '../../world/world.ts';
import {
  type AsyncInvokeConfig,
  DEFAULT_ASYNC_EVENT_AGE_SECONDS,
  DEFAULT_ASYNC_RETRY_ATTEMPTS,
} from './async-invoke-config.ts';
import type { DeployedFunction } from './deployed-function.ts';
import type { FailureDestination } from './failure-destination.ts';
import { failureRecord } from './failure-record.ts';
import { functionArn } from './function-arn.ts';
import type { Invocation } from './invocation.ts';

interface QueuedRequest {
  readonly requestId: string;
  readonly payload: Buffer;
  readonly queuedAtMs: number;
  readonly attempt: number;
  readonly last?: Invocation;
}

export interface AsyncQueue {
  add(requestId: string, payload: Buffer): void;
  /** Starts what can start now: call it whenever a slot has become free. */
  drain(): void;
  /** Requests that wait, run, or wait for a retry. */
  size(): number;
  /** Forgets what waits. */
  close(): void;
}

/**
 * One function's asynchronous requests, first come first served. A failed one is tried again after
 * a wait on the sandbox's clock, then goes to the failure destination.
 */
export function createAsyncQueue(options: {
  readonly world: World;
  readonly accountId: string;
  readonly destination: FailureDestination;
  readonly deployed: DeployedFunction;
  readonly config: () => AsyncInvokeConfig;
  /** `retry` counts from 1. */
  readonly retryDelayMs: (retry: number) => number;
  readonly onAttempt: (invocation: Invocation) => void;
  readonly onSettled: () => void;
}): AsyncQueue {
  const { world, accountId, destination, deployed } = options;
  const waiting: QueuedRequest[] = [];
  const cancels = new Set<() => void>();
  let unsettled = 0;
  let closed = false;

  const settle = () => {
    unsettled -= 1;
    options.onSettled();
  };

  const isTooOld = (request: QueuedRequest): boolean => {
    const ageSeconds =
      options.config().maxAsyncEventAgeInSeconds ?? DEFAULT_ASYNC_EVENT_AGE_SECONDS;
    return world.clock.now() - request.queuedAtMs > ageSeconds * 1000;
  };

  const giveUp = (request: QueuedRequest, condition: string, attempts: number) => {
    const { onFailure } = options.config();
    if (onFailure === undefined) return;
    const record = failureRecord({
      nowMs: world.clock.now(),
      requestId: request.requestId,
      functionArn: functionArn({ region: world.region, accountId }, deployed.config.name),
      condition,
      attempts,
      payload: request.payload,
      functionError: request.last?.errorType ?? '',
      result: request.last?.result ?? Buffer.alloc(0),
    });
    destination.send(onFailure, deployed.config.roleArn, request.requestId, record);
  };

  const afterAttempt = (request: QueuedRequest, invocation: Invocation) => {
    options.onAttempt(invocation);
    const tried: QueuedRequest = { ...request, last: invocation };
    const retries = options.config().maxAsyncRetryAttempts ?? DEFAULT_ASYNC_RETRY_ATTEMPTS;
    if (invocation.status === 'succeeded') settle();
    else if (request.attempt > retries) {
      giveUp(tried, invocation.errorType ?? '', request.attempt);
      settle();
    } else retryLater(tried);
  };

  const retryLater = (request: QueuedRequest) => {
    const dueMs = world.clock.now() + options.retryDelayMs(request.attempt);
    const cancel = world.clock.at(dueMs, () => {
      cancels.delete(cancel);
      waiting.push({ ...request, attempt: request.attempt + 1 });
      drain();
    });
    cancels.add(cancel);
  };

  const drain = () => {
    while (!closed) {
      const request = waiting[0];
      if (request === undefined) return;
      if (isTooOld(request)) {
        waiting.shift();
        giveUp(request, 'AsyncEventAgeExceeded', request.attempt - 1);
        settle();
        continue;
      }
      const running = deployed.tryRun({
        requestId: request.requestId,
        attempt: request.attempt,
        mode: 'async',
        payload: request.payload,
      });
      if (running === undefined) return;
      waiting.shift();
      void running.then((invocation) => {
        if (closed) return;
        afterAttempt(request, invocation);
      });
    }
  };

  return {
    add: (requestId, payload) => {
      unsettled += 1;
      waiting.push({ requestId, payload, queuedAtMs: world.clock.now(), attempt: 1 });
      drain();
    },
    drain,
    size: () => unsettled,
    close: () => {
      closed = true;
      for (const cancel of cancels) cancel();
      waiting.length = 0;
      unsettled = 0;
      options.onSettled();
    },
  };
}
