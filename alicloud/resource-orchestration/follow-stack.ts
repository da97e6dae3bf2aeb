import type { Polling } from './polling.ts';
import type { RosClient } from './ros-client.ts';
import { readStackEvents, type StackEvent } from './stack-events.ts';
import { StackFailed } from './stack-failed.ts';
import { readStack } from './stack-state.ts';

const STACK_TYPE = 'ALIYUN::ROS::Stack';
const SUCCEEDED = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_COMPLETE'];

/** A stack just before an operation is begun on it. */
export interface StackBefore {
  readonly stackId: string;
  readonly status: string | undefined;
  readonly eventIds: ReadonlySet<string>;
}

export async function readStackBefore(
  client: RosClient,
  polling: Polling,
  stackId: string,
): Promise<StackBefore> {
  const stack = await polling.read(() => readStack(client, stackId));
  const events = await polling.read(() => readStackEvents(client, stackId));
  return { stackId, status: stack?.status, eventIds: new Set(events.map(({ id }) => id)) };
}

/**
 * Follows an operation that was begun on a stack to its end, a roll-back included. Rejects with
 * `StackFailed` when it did not succeed. ROS itself ends an operation, after an hour.
 */
export async function followStack(
  client: RosClient,
  polling: Polling,
  before: StackBefore,
  onEvent: (event: StackEvent) => void,
): Promise<void> {
  const { stackId } = before;
  const known = new Set(before.eventIds);
  const events: StackEvent[] = [];
  let formerStatus: string | undefined;
  for (let look = 1; ; look += 1) {
    const stack = await polling.read(() => readStack(client, stackId));
    if (stack === undefined) {
      return;
    }
    // After the status, so that the last events are among them.
    for (const event of await polling.read(() => readStackEvents(client, stackId))) {
      if (!known.has(event.id)) {
        known.add(event.id);
        events.push(event);
        onEvent(event);
      }
    }
    // Right after an operation was begun, the stack may be shown as it was before.
    const hasBegun = events.length > 0 || stack.status !== before.status;
    const isOver = hasBegun && !stack.status.endsWith('_IN_PROGRESS');
    if (isOver && SUCCEEDED.includes(stack.status)) {
      return;
    }
    // A failure may be the moment before its roll-back.
    if (isOver && stack.status === formerStatus) {
      throw failureOf(stack, events);
    }
    formerStatus = stack.status;
    await polling.pause(look);
  }
}

function failureOf(
  { status, reason }: { readonly status: string; readonly reason: string },
  events: readonly StackEvent[],
): StackFailed {
  const failed = events.find(
    (event) => event.status.endsWith('_FAILED') && event.type !== STACK_TYPE,
  );
  return new StackFailed({
    status,
    message: failed?.reason ?? (reason || `The stack is in ${status}.`),
    ...(failed && { logicalId: failed.logicalId, type: failed.type }),
  });
}
