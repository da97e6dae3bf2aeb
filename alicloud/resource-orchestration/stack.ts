import * as sdk from '@alicloud/ros20190910';
import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { Backoff, Clock } from '../../workflows/onboarding/ports.ts';
import type { RetryReads } from '../retry-reads.ts';
import { createChangeSet, deleteChangeSet, executeChangeSet, readChanges } from './change-set.ts';
import { readDeployedStack } from './deployed-stack.ts';
import { followStack, readStackBefore } from './follow-stack.ts';
import { createPolling } from './polling.ts';
import { createRosClient, type RosClientOptions } from './ros-client.ts';
import type { StackEvent } from './stack-events.ts';
import { StackFailed } from './stack-failed.ts';
import type { StackPlan } from './stack-plan.ts';
import { readStackResources } from './stack-resources.ts';
import { findStack, readStack, type StackState } from './stack-state.ts';

export interface StackOptions extends RosClientOptions {
  readonly stackName: string;
  readonly clock: Clock;
  readonly retryReads: RetryReads;
  /** How often an operation is looked at. Default: from 0.5 s to 5 s apart. */
  readonly poll?: Backoff;
  /** Told the stack's status before each wait for what others do to it. Default: nobody is. */
  readonly onWait?: (status: string) => void;
}

type OnEvent = (event: StackEvent) => void;

/** Of the states in which a stack can be updated, all but those of imports. Source: ROS, "Update a
 * stack by using a change set". */
const UPDATABLE = [
  'CREATE_COMPLETE',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
];
const IN_REVIEW = 'REVIEW_IN_PROGRESS';
/** Left by a plan or a creation that came to nothing: it holds no resource, and its name is taken. */
const EMPTY = [IN_REVIEW, 'CREATE_ROLLBACK_COMPLETE'];
/** It was never complete, or was to be deleted: all that can be done with it is to delete it. */
const LEFT_OVER = [...EMPTY, 'CREATE_FAILED', 'CREATE_ROLLBACK_FAILED', 'DELETE_FAILED'];
/** Whoever plans goes on within seconds: one that is under review for longer was left. Some 45 s. */
const LOOKS_AT_A_REVIEW = 12;

/** One stack of Resource Orchestration Service. */
export function createStack(options: StackOptions) {
  const { stackName, clock, retryReads, poll } = options;
  const client = createRosClient(options);
  const polling = createPolling(retryReads, clock, poll);

  /** As it is when no operation is under way; a plan under review may stay for so many looks. */
  async function findAtRest(
    looksAtReview: number,
    interrupted?: AbortSignal,
  ): Promise<StackState | undefined> {
    for (let look = 1; ; look += 1) {
      interrupted?.throwIfAborted();
      const stack = await polling.read(() => findStack(client, stackName));
      const isLeft = stack?.status === IN_REVIEW && look >= looksAtReview;
      if (stack === undefined || isLeft || !isUnderWay(stack.status)) return stack;
      options.onWait?.(stack.status);
      await polling.pause(look);
    }
  }

  async function deleteStack(stackId: string, onEvent: OnEvent): Promise<void> {
    const before = await readStackBefore(client, polling, stackId);
    await startDeletion(stackId);
    await followStack(client, polling, before, onEvent);
  }

  /** Nothing happens to it that could be followed. */
  async function deleteEmptyStack(stackId: string): Promise<void> {
    await startDeletion(stackId);
    for (let look = 1; ; look += 1) {
      const stack = await polling.read(() => readStack(client, stackId));
      if (stack === undefined || !isUnderWay(stack.status)) return;
      await polling.pause(look);
    }
  }

  async function startDeletion(stackId: string): Promise<void> {
    await client.call('DeleteStack', v.unknown(), (api, regionId) =>
      api.deleteStack(new sdk.DeleteStackRequest({ regionId, stackId })),
    );
  }

  return {
    async plan(
      template: string,
      parameters: Readonly<Record<string, string>>,
      interrupted = new AbortController().signal,
    ): Promise<StackPlan> {
      const stack = await unlessAborted(findAtRest(LOOKS_AT_A_REVIEW, interrupted), interrupted);
      if (stack !== undefined && LEFT_OVER.includes(stack.status)) {
        return { kind: 'clear', ...stack, isEmpty: EMPTY.includes(stack.status) };
      }
      if (stack !== undefined && !UPDATABLE.includes(stack.status)) {
        throw new StackFailed({
          status: stack.status,
          message: `${stack.reason || 'It failed.'} A stack in ${stack.status} can't be updated: remove it, then set up again.`,
        });
      }
      const kind = stack === undefined ? 'create' : 'update';
      try {
        const { changeSetId, stackId } = await createChangeSet(client, {
          // Unique among those of the stack.
          changeSetName: `setup-${clock.now()}`,
          of: stack === undefined ? { newStackName: stackName } : { stackId: stack.stackId },
          template,
          parameters,
        });
        const made = { kind, changeSetId, stackId } as const;
        try {
          const changes = await unlessAborted(
            readChanges(client, polling, changeSetId),
            interrupted,
          );
          if (changes.length > 0) {
            return { ...made, changes };
          }
        } catch (error) {
          // Why it failed matters more than what it leaves: the next plan copes with that.
          await discard({ ...made, changes: [] }).catch(() => undefined);
          throw error;
        }
        await discard({ ...made, changes: [] });
        return { kind: 'nothing' };
      } catch (error) {
        // In a state that can be updated, it is the answer to a stack that would stay as it is.
        if (kind === 'update' && isCloudError(error) && error.code === 'NotSupported') {
          return { kind: 'nothing', reason: error.message };
        }
        throw error;
      }
    },

    async execute(plan: StackPlan, onEvent: OnEvent): Promise<void> {
      if (plan.kind === 'nothing') return;
      const { stackId } = plan;
      if (plan.kind === 'clear') {
        // Only what is still as it was planned: in the meantime somebody may have set it up.
        const stack = await retryReads(() => readStack(client, stackId));
        if (stack?.status !== plan.status) return;
        await (plan.status === IN_REVIEW
          ? deleteEmptyStack(stackId)
          : deleteStack(stackId, onEvent));
        return;
      }
      const before = await unlessRefused(plan, async () => {
        const events = await readStackBefore(client, polling, stackId);
        await executeChangeSet(client, plan.changeSetId);
        return events;
      });
      await followStack(client, polling, before, onEvent);
    },

    discard,

    deployed: () => retryReads(() => readDeployedStack(client, stackName)),

    async describe() {
      const stack = await retryReads(() => findStack(client, stackName));
      if (stack === undefined) return undefined;
      const { stackId, status } = stack;
      return { status, resources: await retryReads(() => readStackResources(client, stackId)) };
    },

    async remove(onEvent: OnEvent): Promise<void> {
      const stack = await findAtRest(1);
      if (stack !== undefined) {
        await deleteStack(stack.stackId, onEvent);
      }
    },

    async isSetUp(interrupted = new AbortController().signal): Promise<boolean> {
      const stack = await unlessAborted(findAtRest(1, interrupted), interrupted);
      return stack !== undefined && !LEFT_OVER.includes(stack.status);
    },

    async outputs(): Promise<Readonly<Record<string, string>> | undefined> {
      const stack = await retryReads(() => findStack(client, stackName));
      if (stack === undefined || EMPTY.includes(stack.status)) {
        return undefined;
      }
      return (await retryReads(() => readStack(client, stack.stackId)))?.outputs;
    },
  };

  /** A plan that was refused would be in the way of the next one. */
  async function unlessRefused<T>(plan: StackPlan, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isRefusal(error)) await discard(plan).catch(() => undefined);
      throw error;
    }
  }

  async function discard(plan: StackPlan): Promise<void> {
    if (plan.kind === 'nothing' || plan.kind === 'clear') return;
    const { kind, changeSetId, stackId } = plan;
    try {
      await deleteChangeSet(client, changeSetId);
    } finally {
      // The stack that it was to create is there already, empty, and would be in the way of the next
      // plan. Nothing else is ever deleted here.
      const stack =
        kind === 'create' ? await retryReads(() => readStack(client, stackId)) : undefined;
      if (stack?.status === IN_REVIEW) await deleteEmptyStack(stackId);
    }
  }
}

/** It had no effect: with another status, or none, nobody knows. */
function isRefusal(error: unknown): boolean {
  if (!isCloudError(error)) return false;
  const { statusCode = 0 } = error;
  return statusCode >= 400 && statusCode < 500;
}

function isUnderWay(status: string): boolean {
  return status.endsWith('_IN_PROGRESS');
}

/** What it resolves to, unless the signal comes first: then it rejects with the signal's reason. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
