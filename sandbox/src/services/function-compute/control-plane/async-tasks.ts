import { type AsyncTask, hasEnded, TASK_STATUSES } from '../async-tasks.ts';
import { functionComputeError } from '../errors.ts';
import { functionArn } from '../function-arn.ts';
import {
  type ControlCall,
  type ControlOperation,
  type ControlPorts,
  pageOf,
  requireLatest,
} from './operation.ts';

/** GetAsyncTask, ListAsyncTasks, StopAsyncTask. There are tasks only where `asyncTask` is on. */
export function asyncTaskOperations(ports: ControlPorts) {
  const { functions } = ports;

  const answer = (functionName: string, task: AsyncTask, withPayload: boolean) => {
    const { last } = task;
    const ended = hasEnded(task) ? task.events.at(-1)?.atMs : undefined;
    const startedAtMs = task.events.find(({ status }) => status === 'Running')?.atMs;
    return {
      taskId: task.taskId,
      requestId: task.requestId,
      functionArn: functionArn(
        { region: ports.world.region, accountId: ports.accountId },
        functionName,
      ),
      qualifier: 'LATEST',
      status: task.status,
      startedTime: startedAtMs,
      endTime: ended,
      durationMs: last?.durationMs,
      instanceId: last?.instanceId,
      alreadyRetriedTimes: last === undefined ? 0 : last.attempt - 1,
      taskErrorMessage: last?.errorMessage,
      ...(withPayload
        ? { taskPayload: task.payload.toString(), returnPayload: last?.result.toString() }
        : {}),
      events: task.events.map(({ status, atMs }, index) => ({
        eventId: index + 1,
        status,
        timestamp: atMs,
      })),
    };
  };

  return {
    GetAsyncTask: {
      action: 'GetAsyncTask',
      resource: 'function',
      query: ['qualifier'],
      handle(call) {
        requireLatest(call.query('qualifier'));
        const { tasks } = functions.get(call.functionName);
        return answer(call.functionName, tasks.get(call.innerName), true);
      },
    },
    ListAsyncTasks: {
      action: 'ListAsyncTasks',
      resource: 'function',
      query: ['includePayload', 'limit', 'nextToken', 'prefix', 'qualifier', 'status'],
      handle(call) {
        requireLatest(call.query('qualifier'));
        const status = statusOf(call);
        const tasks = functions
          .get(call.functionName)
          .tasks.all()
          .filter((task) => status === undefined || task.status === status);
        const page = pageOf(call, tasks, ({ taskId }) => taskId);
        const withPayload = call.query('includePayload') === 'true';
        return {
          tasks: page.items.map((task) => answer(call.functionName, task, withPayload)),
          nextToken: page.nextToken,
        };
      },
    },
    StopAsyncTask: {
      action: 'StopAsyncTask',
      resource: 'function',
      query: ['qualifier'],
      handle(call) {
        requireLatest(call.query('qualifier'));
        const { tasks, queue } = functions.get(call.functionName);
        const task = tasks.get(call.innerName);
        if (hasEnded(task)) {
          throw functionComputeError(
            'InvalidArgument',
            `the asynchronous task '${task.taskId}' has ended: ${task.status}`,
          );
        }
        queue.stop(task.requestId);
        return {};
      },
    },
  } as const satisfies Record<string, ControlOperation>;
}

function statusOf(call: ControlCall): string | undefined {
  const status = call.query('status');
  if (status === undefined || TASK_STATUSES.some((known) => known === status)) return status;
  throw functionComputeError(
    'InvalidArgument',
    `status '${status}' is none of ${TASK_STATUSES.join(', ')}`,
  );
}
