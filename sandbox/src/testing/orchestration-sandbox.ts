import { $OpenApiUtil } from '@alicloud/openapi-core';
import ros, {
  CreateChangeSetRequest,
  CreateChangeSetRequestParameters,
  DeleteChangeSetRequest,
  DeleteStackRequest,
  ExecuteChangeSetRequest,
  GetChangeSetRequest,
  GetStackRequest,
  ListStackEventsRequest,
  ListStackResourcesRequest,
  ListStacksRequest,
  ValidateTemplateRequest,
} from '@alicloud/ros20190910';
import sls from '@alicloud/sls20201230';
import { createRpcService } from '../protocols/rpc/rpc-service.ts';
import { startServer } from '../server/server.ts';
import { createLogService } from '../services/log-service/index.ts';
import { createMessageService } from '../services/message-service/message-service.ts';
import { createResourceOrchestration } from '../services/resource-orchestration/resource-orchestration.ts';
import type { Credentials } from '../world/identities.ts';
import { createWorld } from '../world/world.ts';
import { resolveProjectHosts } from './log-service-hosts.ts';
import { createLogWriter } from './log-service-writer.ts';
import { unwrapDefault } from './unwrap-default.ts';

const RosClient = unwrapDefault(ros);
const SlsClient = unwrapDefault(sls);

export const ACCOUNT_ID = '1000000000000001';
/** What a resource, or a change set, takes on the clock. */
export const RESOURCE_MS = 1000;

const region = { regionId: 'cn-hangzhou' };

/** Resource Orchestration with the services that it uses; time moves only by `clock.advance`. */
export async function startOrchestrationSandbox() {
  const world = createWorld({ speed: 0, startMs: Date.parse('2026-11-20T03:04:05.678Z') });
  const logService = createLogService({ world, accountId: ACCOUNT_ID, visibleAfterMs: 0 });
  const messageService = createMessageService({ world });
  const orchestration = createResourceOrchestration({
    world,
    accountId: ACCOUNT_ID,
    logService,
    messageService,
    resourceMs: RESOURCE_MS,
  });
  const server = await startServer({
    world,
    services: [createRpcService(world, [orchestration.product]), logService],
    port: 0,
  });
  const restore = resolveProjectHosts();
  const root = world.identities.createAccessKey(ACCOUNT_ID);

  return {
    world,
    logService,
    messageService,
    orchestration,
    root,
    port: server.port,
    /** The calls of the SDK, for the root user's key or the given one. */
    ros: (credentials: Credentials = root) => createRos(server.port, credentials),
    logWriter: (credentials: Credentials = root) =>
      createLogWriter({ ...credentials, endpoint: `localhost:${server.port}` }),
    sls: () =>
      new SlsClient(
        new $OpenApiUtil.Config({
          ...root,
          endpoint: `localhost:${server.port}`,
          protocol: 'http',
        }),
      ),
    async close() {
      restore();
      await server.close();
      world.clock.stop();
    },
  };
}

export type OrchestrationSandbox = Awaited<ReturnType<typeof startOrchestrationSandbox>>;

type Wanted<Request> = Omit<Partial<Request>, 'parameters'>;

/** The SDK with the region filled in, and parameters as a plain object. */
function createRos(port: number, credentials: Credentials) {
  const client = new RosClient(
    new $OpenApiUtil.Config({ ...credentials, endpoint: `127.0.0.1:${port}`, protocol: 'HTTP' }),
  );
  return {
    async createChangeSet(
      wanted: Wanted<CreateChangeSetRequest> & { parameters?: Readonly<Record<string, string>> },
    ) {
      const parameters = Object.entries(wanted.parameters ?? {}).map(
        ([parameterKey, parameterValue]) =>
          new CreateChangeSetRequestParameters({ parameterKey, parameterValue }),
      );
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
    deleteStack: (stackId: string, wanted: Wanted<DeleteStackRequest> = {}) =>
      client.deleteStack(new DeleteStackRequest({ ...region, ...wanted, stackId })),
    validateTemplate: async (templateBody: string) =>
      (await client.validateTemplate(new ValidateTemplateRequest({ ...region, templateBody })))
        .body,
  };
}

/** A template in JSON with these sections. */
export function template(sections: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ROSTemplateFormatVersion: '2015-09-01', ...sections });
}
