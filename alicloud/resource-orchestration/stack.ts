import * as sdk from '@alicloud/ros20190910';
import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { Backoff, Clock } from '../../workflows/onboarding/ports.ts';
import type { Ask } from '../ask.ts';
import { createChangeSet, deleteChangeSet, executeChangeSet, readChanges } from './change-set.ts';
import { followStack, readStackBefore } from './follow-stack.ts';
import { createPatience } from './patience.ts';
import { createRosClient, type RosClientOptions } from './ros-client.ts';
import type { StackEvent } from './stack-events.ts';
import { StackFailed } from './stack-failed.ts';
import type { StackPlan } from './stack-plan.ts';
import { findStack, readStack, type StackState } from './stack-state.ts';

export interface StackOptions extends RosClientOptions {
  readonly stackName: string;
  readonly clock: Clock;
  readonly ask: Ask;
  /** How often an operation is looked at. Default: from 0.5 s to 5 s apart. */
  readonly poll?: Backoff;
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

/** One stack of Resource Orchestration Service. */
export function createStack(options: StackOptions) {
  const { stackName, clock, ask, poll } = options;
  const client = createRosClient(options);
  const patience = createPatience(ask, clock, poll);

  /** As it is when no operation is under way. */
  async function findAtRest(): Promise<StackState | undefined> {
    for (let look = 1; ; look += 1) {
      const stack = await patience.ask(() => findStack(client, stackName));
      if (stack === undefined || stack.status === IN_REVIEW || !isUnderWay(stack.status)) {
        return stack;
      }
      await patience.pause(look);
    }
  }

  async function deleteStack(
    stackId: string,
    keep: readonly string[],
    onEvent: OnEvent,
  ): Promise<void> {
    const before = await readStackBefore(client, patience, stackId);
    await client.call('DeleteStack', v.unknown(), (api, regionId) =>
      api.deleteStack(
        new sdk.DeleteStackRequest({
          regionId,
          stackId,
          ...(keep.length > 0 && { retainResources: [...keep] }),
        }),
      ),
    );
    await followStack(client, patience, before, onEvent);
  }

  return {
    async plan(template: string, parameters: Readonly<Record<string, string>>): Promise<StackPlan> {
      let stack = await findAtRest();
      if (stack !== undefined && EMPTY.includes(stack.status)) {
        await deleteStack(stack.stackId, [], () => undefined);
        stack = undefined;
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
          const changes = await readChanges(client, patience, changeSetId);
          if (changes.length > 0) {
            return { ...made, changes };
          }
        } catch (error) {
          // Why it failed matters more than what it leaves: the next plan copes with that.
          await discard({ ...made, changes: [] }).catch(() => undefined);
          throw error;
        }
        await discard({ ...made, changes: [] });
        return { kind: 'nothing', changes: [] };
      } catch (error) {
        // In a state that can be updated, it is the answer to a stack that would stay as it is.
        if (kind === 'update' && isCloudError(error) && error.code === 'NotSupported') {
          return { kind: 'nothing', changes: [], reason: error.message };
        }
        throw error;
      }
    },

    async execute({ changeSetId, stackId }: StackPlan, onEvent: OnEvent): Promise<void> {
      if (changeSetId === undefined || stackId === undefined) {
        return;
      }
      const before = await readStackBefore(client, patience, stackId);
      await executeChangeSet(client, changeSetId);
      await followStack(client, patience, before, onEvent);
    },

    discard,

    async remove({ keep }: { readonly keep: readonly string[] }, onEvent: OnEvent): Promise<void> {
      const stack = await findAtRest();
      if (stack !== undefined) {
        await deleteStack(stack.stackId, keep, onEvent);
      }
    },

    async outputs(): Promise<Readonly<Record<string, string>> | undefined> {
      const stack = await ask(() => findStack(client, stackName));
      if (stack === undefined || EMPTY.includes(stack.status)) {
        return undefined;
      }
      return (await ask(() => readStack(client, stack.stackId)))?.outputs;
    },
  };

  async function discard({ kind, changeSetId, stackId }: StackPlan): Promise<void> {
    if (changeSetId === undefined || stackId === undefined) {
      return;
    }
    await deleteChangeSet(client, changeSetId);
    // The stack that it was to create is there already, empty. Nothing else is ever deleted here.
    if (kind !== 'create') return;
    const stack = await ask(() => readStack(client, stackId));
    if (stack?.status === IN_REVIEW) {
      await deleteStack(stackId, [], () => undefined);
    }
  }
}

function isUnderWay(status: string): boolean {
  return status.endsWith('_IN_PROGRESS');
}
