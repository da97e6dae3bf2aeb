import * as sdk from '@alicloud/ros20190910';
import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { RosClient } from './ros-client.ts';

export interface StackState {
  readonly stackId: string;
  readonly status: string;
  readonly reason: string;
}

const listSchema = v.object({
  totalCount: v.number(),
  stacks: v.array(
    v.object({
      stackId: v.pipe(v.string(), v.nonEmpty()),
      stackName: v.string(),
      status: v.string(),
      statusReason: v.nullish(v.string(), ''),
    }),
  ),
});

const stackSchema = v.object({
  stackId: v.string(),
  status: v.string(),
  statusReason: v.nullish(v.string(), ''),
  outputs: v.nullish(
    v.array(v.object({ OutputKey: v.string(), OutputValue: v.optional(v.unknown()) })),
    [],
  ),
});

/** The stack of that name; `undefined` when there is none, or it was deleted. */
export async function findStack(
  client: RosClient,
  stackName: string,
): Promise<StackState | undefined> {
  const { stacks } = await client.call('ListStacks', listSchema, (api, regionId) =>
    api.listStacks(new sdk.ListStacksRequest({ regionId, stackName: [stackName], pageSize: 50 })),
  );
  // Names are unique among those that are there.
  const stack = stacks.find(
    (one) => one.stackName === stackName && one.status !== 'DELETE_COMPLETE',
  );
  return (
    stack && {
      stackId: stack.stackId,
      status: stack.status,
      reason: client.redact(stack.statusReason ?? ''),
    }
  );
}

/** `undefined` when it is gone. */
export async function readStack(
  client: RosClient,
  stackId: string,
): Promise<(StackState & { readonly outputs: Readonly<Record<string, string>> }) | undefined> {
  try {
    const stack = await client.call('GetStack', stackSchema, (api, regionId) =>
      api.getStack(new sdk.GetStackRequest({ regionId, stackId })),
    );
    return {
      stackId,
      status: stack.status,
      reason: client.redact(stack.statusReason ?? ''),
      outputs: Object.fromEntries(
        (stack.outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, textOf(OutputValue)]),
      ),
    };
  } catch (error) {
    if (isCloudError(error) && error.code === 'StackNotFound') {
      return undefined;
    }
    throw error;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
