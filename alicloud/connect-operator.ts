import { randomUUID } from 'node:crypto';
import type { Backoff, Clock } from '../workflows/onboarding/ports.ts';
import { systemClock } from './clock.ts';
import { memoize } from './memoize.ts';
import { serverlessDevsVariables } from './operator-credentials.ts';
import { createOperatorSession, type Whereabouts } from './operator-session.ts';
import {
  deploymentVariables,
  type GivenSettings,
  readOperatorSettings,
} from './operator-settings.ts';
import type { RetryReads } from './retry-reads.ts';
import { type Environment, readEnvironment } from './settings.ts';

const REMOVAL_TIMEOUT_MS = 30_000;

export interface OperatorConnection {
  /** Makes the retry policy of every read. */
  readonly retryReads: (retry: Backoff, clock: Clock, random: () => number) => RetryReads;
  /** Default: this process's. */
  readonly environment?: Environment;
  /** Wins over the environment. */
  readonly given?: GivenSettings;
  /** Told once where the command acts, before anything else. Default: nobody is. */
  readonly acting?: (where: Whereabouts) => void;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * The cloud as the operator's command sees it (`Operator` of `cli/operator.ts`), from the
 * environment. Settings are read and SDKs loaded when something is first needed: `--help` needs
 * neither. Every method but `clock`, `random` and `newId` rejects with a `SettingsError` when the
 * environment is wrong.
 */
export function connectOperator({
  retryReads: retryReadsWith,
  environment = readEnvironment(),
  given,
  acting = () => undefined,
  clock = systemClock,
}: OperatorConnection) {
  const settings = memoize(() => readOperatorSettings(environment, given));

  const retryReads = memoize(async () => {
    const { onboarding } = await settings();
    return retryReadsWith(onboarding.retry, clock, Math.random);
  });

  const session = createOperatorSession({
    settings,
    profile: given?.profile,
    read: async (read) => (await retryReads())(read),
    acting,
  });
  const { managementAccountId } = session;

  /** As stack.yaml names them. */
  const resultLocation = memoize(async () => {
    const { logProject, logStore } = await settings();
    return {
      project: logProject ?? `account-onboarding-${await managementAccountId()}`,
      logstore: logStore,
    };
  });

  return {
    clock,
    random: Math.random,
    newId: randomUUID,
    settings: async () => (await settings()).onboarding,
    region: async () => (await settings()).region,
    managementAccountId,
    resultLocation,

    results: memoize(async () => {
      const { logEndpoint, signing: credentials } = await session.open();
      const { project, logstore } = await resultLocation();
      const [{ createLogClient }, { createResultQuery }] = await Promise.all([
        import('./log-service/client.ts'),
        import('./log-service/result-query.ts'),
      ]);
      const client = createLogClient({ endpoint: logEndpoint, project, credentials });
      return createResultQuery({ client, logstore });
    }),

    functionLogs: memoize(async () => {
      const { logEndpoint, signing: credentials } = await session.open();
      const { project } = await resultLocation();
      const [{ createLogClient }, { createFunctionLogs }] = await Promise.all([
        import('./log-service/client.ts'),
        import('./log-service/function-logs.ts'),
      ]);
      const client = createLogClient({ endpoint: logEndpoint, project, credentials });
      return createFunctionLogs(client);
    }),

    onboarding: memoize(async () => {
      const { signing, ...known } = await session.open();
      const { project: logProject } = await resultLocation();
      const { connect } = await import('./connect.ts');
      return connect({ ...known, logProject }, signing);
    }),

    async invoker(functionName: string) {
      const { functionComputeEndpoint: endpoint, region, signing } = await session.open();
      const accountId = await managementAccountId();
      const { createFunctionInvoker } = await import('./function-compute/invoker.ts');
      return createFunctionInvoker({
        functionName,
        accountId,
        region,
        credentials: await signing(),
        ...(endpoint === undefined ? {} : { endpoint }),
      });
    },

    async stack(stackName: string, onWait?: (status: string) => void) {
      const {
        resourceOrchestrationEndpoint: endpoint,
        region,
        signing: credentials,
      } = await session.open();
      const { createStack } = await import('./resource-orchestration/stack.ts');
      return createStack({
        stackName,
        onWait,
        clock,
        retryReads: await retryReads(),
        region,
        credentials,
        ...(endpoint === undefined ? {} : { endpoint }),
      });
    },

    folders: memoize(async () => {
      const { resourceManagerEndpoint: endpoint, signing: credentials } = await session.open();
      const { createFolders } = await import('./resource-manager/folders.ts');
      return createFolders({ endpoint, credentials });
    }),

    serviceLinkedRoles: memoize(async () => {
      const { resourceManagerEndpoint: endpoint, signing: credentials } = await session.open();
      const { createServiceLinkedRoles } = await import(
        './resource-manager/service-linked-roles.ts'
      );
      return createServiceLinkedRoles({ endpoint, credentials });
    }),

    async inspection(retryReads: RetryReads) {
      const { connectInspection } = await import('./connect-inspection.ts');
      const { signing, ...known } = await session.open({ mayBeUnknown: true });
      return connectInspection(known, signing, retryReads);
    },
    async deploymentSettings() {
      const known = await settings();
      return {
        expectedAccountId: known.managementAccountId,
        variables: deploymentVariables(environment, known),
      };
    },

    async removeLogProject(project: string) {
      const { logEndpoint, signing: credentials } = await session.open();
      const [{ createLogClient }, { removeProject }] = await Promise.all([
        import('./log-service/client.ts'),
        import('./log-service/remove-project.ts'),
      ]);
      const client = createLogClient({ endpoint: logEndpoint, project, credentials });
      return removeProject(client, { timeoutMs: REMOVAL_TIMEOUT_MS });
    },

    /** What Serverless Devs takes, of the same credentials. */
    async serverlessDevsVariables() {
      return serverlessDevsVariables(await session.signing());
    },
  };
}
