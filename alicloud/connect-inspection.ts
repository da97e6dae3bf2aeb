import { readCaller } from './access-management/caller.ts';
import { createRoles } from './access-management/roles.ts';
import { systemClock } from './clock.ts';
import { readFlow } from './cloud-flow/flows.ts';
import { createRecorder } from './config/recorder.ts';
import type { CredentialSource } from './credentials.ts';
import { readEventRule } from './event-bridge/event-rules.ts';
import { createLogClient } from './log-service/client.ts';
import { readLastRuns } from './log-service/last-runs.ts';
import { createLogResources } from './log-service/log-resources.ts';
import { memoize, memoizeByName } from './memoize.ts';
import { readQueue } from './message-queue/queues.ts';
import type { OperatorSettings } from './operator-settings.ts';
import type { RetryReads } from './retry-reads.ts';
import { createRpcClient } from './rpc-client.ts';

/**
 * What is deployed (`Inspection` of `cli/doctor/inspection.ts`). Each thing is read once, when it is
 * first asked for, and failures are kept as well; the SDKs are loaded then, too.
 */
export function connectInspection(
  settings: OperatorSettings,
  credentials: CredentialSource,
  retryReads: RetryReads,
) {
  const { region, inspectionEndpoints } = settings;
  const rpc = (endpoint: string) => createRpcClient({ endpoint, credentials });
  const securityToken = rpc(inspectionEndpoints.securityToken);
  const roles = createRoles(rpc(inspectionEndpoints.accessManagement));
  const eventBridge = rpc(inspectionEndpoints.eventBridge);
  const cloudFlow = rpc(inspectionEndpoints.cloudFlow);
  const messageQueue = rpc(inspectionEndpoints.messageQueue);
  const recorder = createRecorder(rpc(settings.configEndpoint));

  const logClient = (project: string) =>
    createLogClient({ endpoint: settings.logEndpoint, project, credentials });
  const logResources = (project: string) => createLogResources(logClient(project));

  const resourceManager = { endpoint: settings.resourceManagerEndpoint, credentials };
  const directory = memoize(async () => {
    const { createDirectory } = await import('./resource-manager/directory.ts');
    return createDirectory(resourceManager);
  });
  const serviceLinkedRoles = memoize(async () => {
    const { createServiceLinkedRoles } = await import('./resource-manager/service-linked-roles.ts');
    return createServiceLinkedRoles(resourceManager);
  });

  const caller = memoizeByName(() => retryReads((options) => readCaller(securityToken, options)));

  const functions = memoize(async () => {
    const { createDeployedFunctions } = await import('./function-compute/deployed-functions.ts');
    const endpoint =
      settings.functionComputeEndpoint ??
      `https://${(await caller()).accountId}.${region}.fc.aliyuncs.com`;
    return createDeployedFunctions({ endpoint, credentials: await credentials() });
  });

  return {
    caller,
    managementAccountId: memoizeByName(() =>
      retryReads(async (options) => (await directory()).managementAccountId(options)),
    ),
    organizationStatus: memoizeByName(async () => {
      const { organizationStatus } = await retryReads(recorder.describe);
      return organizationStatus;
    }),
    role: memoizeByName((name: string) => retryReads((options) => roles.role(name, options))),
    rolePolicies: memoizeByName((name: string) =>
      retryReads((options) => roles.policies(name, options)),
    ),
    hasServiceLinkedRole: memoizeByName((name: string) =>
      retryReads(async (options) => (await serviceLinkedRoles()).exists(name, options)),
    ),
    stack: memoizeByName((name: string) =>
      retryReads(async ({ timeoutMs: callTimeoutMs }) => {
        const [{ createRosClient }, { readDeployedStack }] = await Promise.all([
          import('./resource-orchestration/ros-client.ts'),
          import('./resource-orchestration/deployed-stack.ts'),
        ]);
        const { resourceOrchestrationEndpoint: endpoint } = settings;
        const client = createRosClient({ endpoint, region, credentials, callTimeoutMs });
        return readDeployedStack(client, name);
      }),
    ),
    hasLogProject: memoizeByName((project: string) =>
      retryReads((options) => logResources(project).hasProject(options)),
    ),
    logstore: memoizeByName((project: string, name: string) =>
      retryReads((options) => logResources(project).logstore(name, options)),
    ),
    logIndex: memoizeByName((project: string, logstore: string) =>
      retryReads((options) => logResources(project).index(logstore, options)),
    ),
    hasDashboard: memoizeByName((project: string, name: string) =>
      retryReads((options) => logResources(project).hasDashboard(name, options)),
    ),
    alerts: memoizeByName((project: string) =>
      retryReads((options) => logResources(project).alerts(options)),
    ),
    lastRuns: memoizeByName((project: string, logstore: string) =>
      retryReads((options) =>
        readLastRuns({ client: logClient(project), logstore }, systemClock.now(), options),
      ),
    ),
    queue: memoizeByName((name: string) =>
      retryReads((options) => readQueue(messageQueue, name, options)),
    ),
    flow: memoizeByName((name: string) =>
      retryReads((options) => readFlow(cloudFlow, name, options)),
    ),
    function: memoizeByName((name: string) =>
      retryReads(async (options) => (await functions()).find(name, options)),
    ),
    asyncInvokeConfig: memoizeByName((name: string) =>
      retryReads(async (options) => (await functions()).asyncInvokeConfig(name, options)),
    ),
    reservedConcurrency: memoizeByName((name: string) =>
      retryReads(async (options) => (await functions()).reservedConcurrency(name, options)),
    ),
    code: memoizeByName((name: string) =>
      retryReads(async (options) => (await functions()).code(name, options)),
    ),
    trigger: memoizeByName((functionName: string, name: string) =>
      retryReads(async (options) => (await functions()).trigger(functionName, name, options)),
    ),
    eventRule: memoizeByName((bus: string, name: string) =>
      retryReads((options) => readEventRule(eventBridge, { bus, name }, options)),
    ),
  };
}
