import type { World } from '../../world/world.ts';
import {
  type AsyncInvokeConfig,
  DEFAULT_ASYNC_EVENT_AGE_SECONDS,
  DEFAULT_ASYNC_RETRY_ATTEMPTS,
} from './async-invoke-config.ts';
import type { TaskStatus } from './async-tasks.ts';
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
  /** Ends a request wherever it is: its next status is `Stopped`. Safe to repeat. */
  stop(requestId: string): void;
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
  /** Asked at each attempt: an update takes effect between two of them. */
  readonly deployed: () => DeployedFunction;
  readonly stopRunning: (requestId: string) => void;
  readonly config: () => AsyncInvokeConfig;
  /** `retry` counts from 1. */
  readonly retryDelayMs: (retry: number) => number;
  readonly onAttempt: (invocation: Invocation) => void;
  readonly onStatus: (requestId: string, status: TaskStatus, invocation?: Invocation) => void;
  readonly onSettled: () => void;
}): AsyncQueue {
  const { world, accountId, destination, onStatus } = options;
  const waiting: QueuedRequest[] = [];
  const retryCancels = new Map<string, () => void>();
  const stopping = new Set<string>();
  let unsettled = 0;
  let closed = false;

  const settle = (requestId: string, status: TaskStatus, invocation?: Invocation) => {
    stopping.delete(requestId);
    onStatus(requestId, status, invocation);
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
    const { name, roleArn } = options.deployed().config;
    const record = failureRecord({
      nowMs: world.clock.now(),
      requestId: request.requestId,
      functionArn: functionArn({ region: world.region, accountId }, name),
      condition,
      attempts,
      payload: request.payload,
      functionError: request.last?.errorType ?? '',
      result: request.last?.result ?? Buffer.alloc(0),
    });
    destination.send(onFailure, roleArn, request.requestId, record);
  };

  const afterAttempt = (request: QueuedRequest, invocation: Invocation) => {
    options.onAttempt(invocation);
    const { requestId, attempt } = request;
    const tried: QueuedRequest = { ...request, last: invocation };
    const retries = options.config().maxAsyncRetryAttempts ?? DEFAULT_ASYNC_RETRY_ATTEMPTS;
    if (stopping.has(requestId)) settle(requestId, 'Stopped', invocation);
    else if (invocation.status === 'succeeded') settle(requestId, 'Succeeded', invocation);
    else if (attempt > retries) {
      giveUp(tried, invocation.errorType ?? '', attempt);
      settle(requestId, 'Failed', invocation);
    } else retryLater(tried);
  };

  const retryLater = (request: QueuedRequest) => {
    const { requestId } = request;
    onStatus(requestId, 'Retrying', request.last);
    const dueMs = world.clock.now() + options.retryDelayMs(request.attempt);
    const cancel = world.clock.at(dueMs, () => {
      retryCancels.delete(requestId);
      waiting.push({ ...request, attempt: request.attempt + 1 });
      drain();
    });
    retryCancels.set(requestId, cancel);
  };

  const drain = () => {
    while (!closed) {
      const request = waiting[0];
      if (request === undefined) return;
      const { requestId, attempt, payload } = request;
      if (isTooOld(request)) {
        waiting.shift();
        giveUp(request, 'AsyncEventAgeExceeded', attempt - 1);
        settle(requestId, 'Expired');
        continue;
      }
      const running = options.deployed().tryRun({ requestId, attempt, mode: 'async', payload });
      if (running === undefined) return;
      waiting.shift();
      onStatus(requestId, 'Running');
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
    stop: (requestId) => {
      if (stopping.has(requestId)) return;
      const index = waiting.findIndex((request) => request.requestId === requestId);
      const cancelRetry = retryCancels.get(requestId);
      if (index >= 0) waiting.splice(index, 1);
      else if (cancelRetry !== undefined) {
        cancelRetry();
        retryCancels.delete(requestId);
      } else {
        stopping.add(requestId);
        onStatus(requestId, 'Stopping');
        options.stopRunning(requestId);
        return;
      }
      settle(requestId, 'Stopped');
    },
    close: () => {
      closed = true;
      for (const cancel of retryCancels.values()) cancel();
      waiting.length = 0;
      unsettled = 0;
      options.onSettled();
    },
  };
}
