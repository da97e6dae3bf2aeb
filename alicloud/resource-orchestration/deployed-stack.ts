import * as sdk from '@alicloud/ros20190910';
import * as v from 'valibot';
import type { RosClient } from './ros-client.ts';
import { findStack } from './stack-state.ts';

/** A stack as it is now. */
export interface DeployedStack {
  /** For example `CREATE_COMPLETE`. */
  readonly status: string;
  readonly reason: string;
  /** Those of its template, by name; of ROS's own, `ALIYUN::…`, none. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The text of its template, JSON or YAML. */
  readonly template: string;
}

const stackSchema = v.object({
  parameters: v.nullish(
    v.array(v.object({ parameterKey: v.string(), parameterValue: v.nullish(v.string(), '') })),
    [],
  ),
});

const templateSchema = v.object({ templateBody: v.string() });

/**
 * `undefined` when there is no stack of this name. Safe to repeat. Rejects with a `CloudError`.
 * Source: ROS 2019-09-10, "ListStacks", "GetStack" and "GetTemplate".
 */
export async function readDeployedStack(
  client: RosClient,
  stackName: string,
): Promise<DeployedStack | undefined> {
  const stack = await findStack(client, stackName);
  if (stack === undefined) return undefined;
  const { stackId, status, reason } = stack;
  const [{ parameters }, { templateBody }] = await Promise.all([
    client.call('GetStack', stackSchema, (api, regionId) =>
      api.getStack(new sdk.GetStackRequest({ regionId, stackId })),
    ),
    client.call('GetTemplate', templateSchema, (api, regionId) =>
      api.getTemplate(new sdk.GetTemplateRequest({ regionId, stackId })),
    ),
  ]);
  return {
    status,
    reason,
    parameters: Object.fromEntries(
      (parameters ?? [])
        .filter(({ parameterKey }) => !parameterKey.startsWith('ALIYUN::'))
        .map(({ parameterKey, parameterValue }) => [parameterKey, parameterValue ?? '']),
    ),
    template: templateBody,
  };
}
