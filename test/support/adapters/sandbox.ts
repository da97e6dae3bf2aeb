/** The sandbox's services on a port of their own, and our adapters connected to them by a role. */
import { createAccountGroup } from '../../../alicloud/config/account-group.ts';
import { createRecorder } from '../../../alicloud/config/recorder.ts';
import type { Credentials } from '../../../alicloud/credentials.ts';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { createResultLog } from '../../../alicloud/log-service/result-log.ts';
import { createResultReader } from '../../../alicloud/log-service/result-reader.ts';
import { createDirectory } from '../../../alicloud/resource-manager/directory.ts';
import { createRpcClient } from '../../../alicloud/rpc-client.ts';
import { createRpcService } from '../../../sandbox/src/protocols/rpc/rpc-service.ts';
import { startServer } from '../../../sandbox/src/server/server.ts';
import { createAccessStore } from '../../../sandbox/src/services/access-management/access-store.ts';
import type { ConfigOptions } from '../../../sandbox/src/services/config/config-data.ts';
import { createConfigService } from '../../../sandbox/src/services/config/config-service.ts';
import { createConfigState } from '../../../sandbox/src/services/config/config-state.ts';
import { createLogService } from '../../../sandbox/src/services/log-service/index.ts';
import { createDirectory as createSandboxDirectory } from '../../../sandbox/src/services/resource-manager/directory.ts';
import { createResourceManagerService } from '../../../sandbox/src/services/resource-manager/resource-manager-service.ts';
import { createWorld } from '../../../sandbox/src/world/world.ts';

const ACTIONS = [
  'config:DescribeConfigurationRecorder',
  'config:GetAggregator',
  'config:ListAggregators',
  'config:StartConfigurationRecorder',
  'log:GetLogStoreLogs',
  'log:PostLogStoreLogs',
  'ram:CreateServiceLinkedRole',
  'resourcemanager:GetResourceDirectory',
  'resourcemanager:ListAccounts',
];

/** Time stands still; `world.clock.advance` moves it. */
export async function startAdapterSandbox(
  options: {
    readonly members?: number;
    readonly config?: ConfigOptions;
    readonly actions?: readonly string[];
    readonly incompleteReads?: number;
  } = {},
) {
  const world = createWorld({ speed: 0 });
  const directory = createSandboxDirectory({ world, members: options.members ?? 0 });
  const accountId = directory.managementAccountId;
  const config = createConfigState({ world, directory, options: options.config ?? {} });
  const log = createLogService({
    world,
    accountId,
    visibleAfterMs: 0,
    incompleteReads: options.incompleteReads ?? 0,
  });
  const server = await startServer({
    world,
    services: [
      createRpcService(world, [
        createConfigService(config),
        createResourceManagerService(directory, createAccessStore(world, accountId)),
      ]),
      log,
    ],
    port: 0,
  });
  log.createProject('audit');
  log.createLogstore('audit', 'results');
  log.createIndex('audit', 'results', {
    line: { token: [' ', ',', ':'], caseSensitive: false },
    keys: { entry_type: { type: 'text', token: [' '], caseSensitive: false } },
  });
  world.identities.createRole(accountId, 'onboarding', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: options.actions ?? ACTIONS, Resource: '*' }],
  });
  const role: Credentials = world.identities.assumeRole(
    `acs:ram::${accountId}:role/onboarding`,
    3_600_000,
  );

  function connect(credentials: Credentials = role) {
    const { endpoint } = server;
    const shared = { endpoint, credentials, countCall: () => undefined };
    const configClient = createRpcClient(shared);
    const logClient = createLogClient({ endpoint, credentials, project: 'audit' });
    return {
      recorder: createRecorder(configClient),
      accountGroup: createAccountGroup(configClient),
      directory: createDirectory(shared),
      resultLog: createResultLog({ client: logClient, logstore: 'results' }),
      resultReader: createResultReader({
        client: logClient,
        logstore: 'results',
        rereadAfterMs: 1,
      }),
    };
  }

  return {
    world,
    directory,
    config,
    log,
    role,
    connect,
    async close() {
      world.clock.stop();
      await server.close();
    },
  };
}
