import * as sdk from '@alicloud/ros20190910';
import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { Polling } from './polling.ts';
import type { RosClient } from './ros-client.ts';
import { StackFailed } from './stack-failed.ts';
import type { StackChange } from './stack-plan.ts';

export interface ChangeSetRequest {
  readonly changeSetName: string;
  /** A new stack's name, or the id of the one to update. */
  readonly of: { readonly newStackName: string } | { readonly stackId: string };
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const createdSchema = v.object({
  changeSetId: v.pipe(v.string(), v.nonEmpty()),
  stackId: v.pipe(v.string(), v.nonEmpty()),
});

/** The SDK leaves the names inside of a change as the service writes them. */
const changeSetSchema = v.object({
  status: v.string(),
  statusReason: v.nullish(v.string(), ''),
  changes: v.nullish(
    v.array(
      v.object({
        ResourceChange: v.object({
          Action: v.picklist(['Add', 'Modify', 'Remove']),
          LogicalResourceId: v.string(),
          ResourceType: v.string(),
          Replacement: v.nullish(v.picklist(['True', 'False', 'Conditional'])),
        }),
      }),
    ),
    [],
  ),
});

const anything = v.unknown();

/** The service answers before the comparison is complete. */
export function createChangeSet(
  client: RosClient,
  { changeSetName, of, template, parameters }: ChangeSetRequest,
): Promise<v.InferOutput<typeof createdSchema>> {
  return client.call('CreateChangeSet', createdSchema, (api, regionId) =>
    api.createChangeSet(
      new sdk.CreateChangeSetRequest({
        regionId,
        changeSetName,
        // Replacement stays off, the default: it would delete a log store to rename it.
        ...('stackId' in of
          ? // What is not given stays as it was set up.
            { changeSetType: 'UPDATE', stackId: of.stackId, usePreviousParameters: true }
          : { changeSetType: 'CREATE', stackName: of.newStackName }),
        timeoutInMinutes: 60,
        templateBody: template,
        parameters: Object.entries(parameters).map(
          ([parameterKey, parameterValue]) =>
            new sdk.CreateChangeSetRequestParameters({ parameterKey, parameterValue }),
        ),
      }),
    ),
  );
}

/** What it would change, once that is known. Rejects with `StackFailed` when it can't be known. */
export async function readChanges(
  client: RosClient,
  polling: Polling,
  changeSetId: string,
): Promise<StackChange[]> {
  for (let look = 1; ; look += 1) {
    const { status, statusReason, changes } = await polling.read(() =>
      client.call('GetChangeSet', changeSetSchema, (api, regionId) =>
        api.getChangeSet(new sdk.GetChangeSetRequest({ regionId, changeSetId })),
      ),
    );
    if (status === 'CREATE_COMPLETE') {
      return (changes ?? []).map(({ ResourceChange: change }) => ({
        action: change.Action,
        logicalId: change.LogicalResourceId,
        type: change.ResourceType,
        ...(change.Replacement && { replacement: change.Replacement }),
      }));
    }
    if (!/^CREATE_(PENDING|IN_PROGRESS)$/.test(status)) {
      throw new StackFailed({
        status,
        message: client.redact(statusReason || 'The change set could not be made.'),
      });
    }
    await polling.pause(look);
  }
}

export async function executeChangeSet(client: RosClient, changeSetId: string): Promise<void> {
  await client.call('ExecuteChangeSet', anything, (api, regionId) =>
    api.executeChangeSet(new sdk.ExecuteChangeSetRequest({ regionId, changeSetId })),
  );
}

/** Safe to repeat. A stack in review that it was to create stays. */
export async function deleteChangeSet(client: RosClient, changeSetId: string): Promise<void> {
  try {
    await client.call('DeleteChangeSet', anything, (api, regionId) =>
      api.deleteChangeSet(new sdk.DeleteChangeSetRequest({ regionId, changeSetId })),
    );
  } catch (error) {
    if (!(isCloudError(error) && error.code === 'ChangeSetNotFound')) {
      throw error;
    }
  }
}
