import * as sdk from '@alicloud/ros20190910';
import * as v from 'valibot';
import type { RosClient } from './ros-client.ts';

/** A resource that a stack holds. */
export interface StackResource {
  /** Its name in the template. */
  readonly logicalId: string;
  /** For example `ALIYUN::SLS::Logstore`. */
  readonly type: string;
}

const resourcesSchema = v.object({
  resources: v.nullish(
    v.array(v.object({ logicalResourceId: v.string(), resourceType: v.string() })),
    [],
  ),
});

/** All of them: the service has no pages here. */
export async function readStackResources(
  client: RosClient,
  stackId: string,
): Promise<StackResource[]> {
  const { resources } = await client.call('ListStackResources', resourcesSchema, (api, regionId) =>
    api.listStackResources(new sdk.ListStackResourcesRequest({ regionId, stackId })),
  );
  return (resources ?? []).map(({ logicalResourceId, resourceType }) => ({
    logicalId: logicalResourceId,
    type: resourceType,
  }));
}
