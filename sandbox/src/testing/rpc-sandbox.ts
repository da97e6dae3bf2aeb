import { $OpenApiUtil } from '@alicloud/openapi-core';
import Core from '@alicloud/pop-core';
import * as resourceManagerModule from '@alicloud/resourcemanager20200331';
import { RuntimeOptions } from '@darabonba/typescript';
import { createRpcService } from '../protocols/rpc/rpc-service.ts';
import { startServer } from '../server/server.ts';
import { createAccessManagementService } from '../services/access-management/access-management-service.ts';
import { createAccessStore } from '../services/access-management/access-store.ts';
import type { ConfigOptions } from '../services/config/config-data.ts';
import { createConfigService } from '../services/config/config-service.ts';
import { createConfigState } from '../services/config/config-state.ts';
import { createDirectory, type DirectoryOptions } from '../services/resource-manager/directory.ts';
import { createResourceManagerService } from '../services/resource-manager/resource-manager-service.ts';
import type { Credentials } from '../world/identities.ts';
import { createWorld, type WorldOptions } from '../world/world.ts';
import { unwrapDefault } from './unwrap-default.ts';

export const MANAGEMENT_ACCOUNT_ID = '1000000000000001';

/** Config and Resource Manager on a port of their own; time moves only by `clock.advance`. */
export async function startRpcSandbox(
  options: {
    world?: WorldOptions;
    directory?: Omit<DirectoryOptions, 'world'>;
    config?: ConfigOptions;
  } = {},
) {
  const world = createWorld({
    speed: 0,
    startMs: Date.parse('2026-11-20T03:04:05.678Z'),
    ...options.world,
  });
  const directory = createDirectory({ world, ...options.directory });
  const access = createAccessStore(world, directory.managementAccountId);
  const config = createConfigState({
    world,
    directory,
    ...(options.config === undefined ? {} : { options: options.config }),
  });
  const server = await startServer({
    world,
    services: [
      createRpcService(world, [
        createConfigService(config),
        createResourceManagerService(directory, access),
        createAccessManagementService(access),
      ]),
    ],
    port: 0,
  });
  const root = world.identities.createAccessKey(directory.managementAccountId);

  /** pop-core for one API version: RPC v1 signatures. */
  function popCore(apiVersion: string, credentials: Credentials = root) {
    const core = new Core({ ...credentials, endpoint: server.endpoint, apiVersion });
    return (
      operation: string,
      parameters: Readonly<Record<string, unknown>> = {},
      callOptions: Readonly<Record<string, unknown>> = {},
    ): Promise<unknown> =>
      core.request<unknown>(operation, { ...parameters }, { method: 'POST', ...callOptions });
  }

  /** The OpenAPI SDK: ACS3 signatures. Its `callApi` reaches every RPC product. */
  function openApi(credentials: Credentials = root) {
    const Client = unwrapDefault(resourceManagerModule.default);
    return new Client(
      new $OpenApiUtil.Config({
        ...credentials,
        endpoint: `127.0.0.1:${server.port}`,
        protocol: 'HTTP',
      }),
    );
  }

  /** One call of any RPC product through the OpenAPI SDK. */
  async function acs3(
    apiVersion: string,
    operation: string,
    call: {
      credentials?: Credentials;
      query?: Record<string, string>;
      body?: Record<string, string>;
      headers?: Record<string, string>;
    } = {},
  ): Promise<unknown> {
    const { credentials, ...request } = call;
    const answer = await openApi(credentials).callApi(
      new $OpenApiUtil.Params({
        action: operation,
        version: apiVersion,
        protocol: 'HTTP',
        pathname: '/',
        method: 'POST',
        authType: 'AK',
        style: 'RPC',
        reqBodyType: 'formData',
        bodyType: 'json',
      }),
      new $OpenApiUtil.OpenApiRequest(request),
      new RuntimeOptions({}),
    );
    return answer.body;
  }

  return {
    acs3,
    world,
    directory,
    config,
    access,
    server,
    root,
    popCore,
    openApi,
    async close() {
      await server.close();
      world.clock.stop();
    },
  };
}
