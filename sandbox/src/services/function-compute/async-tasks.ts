import { functionComputeError } from './errors.ts';
import type { Invocation } from './invocation.ts';

/** Of the documented ones, those that there are here. Source: FC 3.0 `AsyncTask.status`. */
export const TASK_STATUSES = [
  'Enqueued',
  'Running',
  'Retrying',
  'Succeeded',
  'Failed',
  'Stopping',
  'Stopped',
  'Expired',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** An asynchronous request that can be looked up, where `asyncTask` is on. */
export interface AsyncTask {
  readonly taskId: string;
  readonly requestId: string;
  readonly payload: Buffer;
  /** On the sandbox's clock. */
  readonly enqueuedAtMs: number;
  readonly status: TaskStatus;
  /** Oldest first. */
  readonly events: readonly { readonly status: TaskStatus; readonly atMs: number }[];
  /** The last attempt that has ended. */
  readonly last: Invocation | undefined;
}

type StoredTask = { -readonly [Key in keyof AsyncTask]: AsyncTask[Key] };

export interface AsyncTasks {
  /** Throws `StatefulAsyncInvocationAlreadyExists` for an id that was used. */
  add(task: Pick<AsyncTask, 'taskId' | 'requestId' | 'payload'>, atMs: number): void;
  /** Notes what has become of a request; one without a task is passed over. */
  note(requestId: string, status: TaskStatus, atMs: number, last?: Invocation): void;
  /** Throws `StatefulAsyncInvocationNotFound`. */
  get(taskId: string): AsyncTask;
  /** Oldest first. */
  all(): readonly AsyncTask[];
}

const ENDED: readonly TaskStatus[] = ['Succeeded', 'Failed', 'Stopped', 'Expired'];

export function hasEnded({ status }: AsyncTask): boolean {
  return ENDED.includes(status);
}

export function createAsyncTasks(): AsyncTasks {
  const tasks = new Map<string, StoredTask>();
  const byRequest = new Map<string, StoredTask>();
  return {
    add({ taskId, requestId, payload }, atMs) {
      if (tasks.has(taskId)) throw functionComputeError('StatefulAsyncInvocationAlreadyExists');
      const task: StoredTask = {
        taskId,
        requestId,
        payload,
        enqueuedAtMs: atMs,
        status: 'Enqueued',
        events: [{ status: 'Enqueued', atMs }],
        last: undefined,
      };
      tasks.set(taskId, task);
      byRequest.set(requestId, task);
    },
    note(requestId, status, atMs, last) {
      const task = byRequest.get(requestId);
      if (task === undefined) return;
      task.status = status;
      task.events = [...task.events, { status, atMs }];
      task.last = last ?? task.last;
    },
    get(taskId) {
      const task = tasks.get(taskId);
      if (task !== undefined) return task;
      throw functionComputeError(
        'StatefulAsyncInvocationNotFound',
        `the asynchronous task '${taskId}' does not exist`,
      );
    },
    all: () => [...tasks.values()],
  };
}
