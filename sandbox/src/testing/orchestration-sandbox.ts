import { $OpenApiUtil } from '@alicloud/openapi-core';
import sls from '@alicloud/sls20201230';
import { createRpcService } from '../protocols/rpc/rpc-service.ts';
import { startServer } from '../server/server.ts';
import { createLogService } from '../services/log-service/index.ts';
import { createMessageService } from '../services/message-service/message-service.ts';
import { createResourceOrchestration } from '../services/resource-orchestration/resource-orchestration.ts';
import type { Credentials } from '../world/identities.ts';
import { createWorld } from '../world/world.ts';
import { createLogWriter } from './log-service-writer.ts';
import { rosClient } from './ros-client.ts';
import { unwrapDefault } from './unwrap-default.ts';

const SlsClient = unwrapDefault(sls);

export const ACCOUNT_ID = '1000000000000001';
/** What a resource, or a change set, takes on the clock. */
export const RESOURCE_MS = 1000;

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
  const root = world.identities.createAccessKey(ACCOUNT_ID);

  return {
    world,
    logService,
    messageService,
    orchestration,
    root,
    port: server.port,
    /** The calls of the SDK, for the root user's key or the given one. */
    ros: (credentials: Credentials = root) => rosClient(server.port, credentials),
    logWriter: (credentials: Credentials = root) =>
      createLogWriter({ ...credentials, endpoint: `127.0.0.1:${server.port}` }),
    sls: () =>
      new SlsClient(
        new $OpenApiUtil.Config({
          ...root,
          endpoint: `sandbox@127.0.0.1:${server.port}`,
          protocol: 'http',
        }),
      ),
    async close() {
      await server.close();
      world.clock.stop();
    },
  };
}

export type OrchestrationSandbox = Awaited<ReturnType<typeof startOrchestrationSandbox>>;

/** A template in JSON with these sections. */
export function template(sections: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ROSTemplateFormatVersion: '2015-09-01', ...sections });
}
