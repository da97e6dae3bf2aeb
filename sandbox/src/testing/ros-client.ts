import { $OpenApiUtil } from '@alicloud/openapi-core';
import ros, {
  CreateChangeSetRequest,
  CreateChangeSetRequestParameters,
  CreateStackRequest,
  CreateStackRequestParameters,
  DeleteChangeSetRequest,
  DeleteStackRequest,
  ExecuteChangeSetRequest,
  GetChangeSetRequest,
  GetStackRequest,
  ListStackEventsRequest,
  ListStackResourcesRequest,
  ListStacksRequest,
  PreviewStackRequest,
  PreviewStackRequestParameters,
  ValidateTemplateRequest,
} from '@alicloud/ros20190910';
import type { Credentials } from '../world/identities.ts';
import { unwrapDefault } from './unwrap-default.ts';

const RosClient = unwrapDefault(ros);
const region = { regionId: 'cn-hangzhou' };

interface GivenParameters {
  readonly parameters?: Readonly<Record<string, string>>;
}

type Wanted<Request> = Omit<Partial<Request>, 'parameters'>;

/** The SDK with the region filled in, and parameters as a plain object. */
export function rosClient(port: number, credentials: Credentials) {
  const client = new RosClient(
    new $OpenApiUtil.Config({ ...credentials, endpoint: `127.0.0.1:${port}`, protocol: 'HTTP' }),
  );
  return {
    async createChangeSet(wanted: Wanted<CreateChangeSetRequest> & GivenParameters) {
      const parameters = listOf(wanted, CreateChangeSetRequestParameters);
      const { body } = await client.createChangeSet(
        new CreateChangeSetRequest({ ...region, ...wanted, parameters }),
      );
      return { changeSetId: body?.changeSetId ?? '', stackId: body?.stackId ?? '' };
    },
    getChangeSet: async (changeSetId: string, more: Partial<GetChangeSetRequest> = {}) =>
      (await client.getChangeSet(new GetChangeSetRequest({ ...region, ...more, changeSetId })))
        .body,
    executeChangeSet: (changeSetId: string) =>
      client.executeChangeSet(new ExecuteChangeSetRequest({ ...region, changeSetId })),
    deleteChangeSet: (changeSetId: string) =>
      client.deleteChangeSet(new DeleteChangeSetRequest({ ...region, changeSetId })),
    getStack: async (stackId: string, more: Partial<GetStackRequest> = {}) =>
      (await client.getStack(new GetStackRequest({ ...region, ...more, stackId }))).body,
    listStacks: async (wanted: Wanted<ListStacksRequest> = {}) =>
      (await client.listStacks(new ListStacksRequest({ ...region, ...wanted }))).body,
    listStackEvents: async (stackId: string, wanted: Wanted<ListStackEventsRequest> = {}) =>
      (
        await client.listStackEvents(
          new ListStackEventsRequest({ ...region, pageSize: 50, ...wanted, stackId }),
        )
      ).body,
    listStackResources: async (stackId: string) =>
      (await client.listStackResources(new ListStackResourcesRequest({ ...region, stackId }))).body
        ?.resources ?? [],
    async createStack(wanted: Wanted<CreateStackRequest> & GivenParameters) {
      const parameters = listOf(wanted, CreateStackRequestParameters);
      const request = new CreateStackRequest({ ...region, ...wanted, parameters });
      return (await client.createStack(request)).body?.stackId ?? '';
    },
    async previewStack(wanted: Wanted<PreviewStackRequest> & GivenParameters) {
      const parameters = listOf(wanted, PreviewStackRequestParameters);
      const request = new PreviewStackRequest({ ...region, ...wanted, parameters });
      return (await client.previewStack(request)).body?.stack;
    },
    deleteStack: (stackId: string, wanted: Wanted<DeleteStackRequest> = {}) =>
      client.deleteStack(new DeleteStackRequest({ ...region, ...wanted, stackId })),
    validateTemplate: async (templateBody: string) =>
      (await client.validateTemplate(new ValidateTemplateRequest({ ...region, templateBody })))
        .body,
  };
}

function listOf<Parameter>(
  { parameters = {} }: GivenParameters,
  Type: new (map: { readonly parameterKey: string; readonly parameterValue: string }) => Parameter,
): Parameter[] {
  return Object.entries(parameters).map(
    ([parameterKey, parameterValue]) => new Type({ parameterKey, parameterValue }),
  );
}
