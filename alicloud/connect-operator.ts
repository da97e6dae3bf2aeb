import { randomUUID } from 'node:crypto';
import type { Backoff, Clock } from '../workflows/onboarding/ports.ts';
import { systemClock } from './clock.ts';
import { memoize } from './memoize.ts';
import {
  deploymentVariables,
  type GivenSettings,
  parseOperatorSettings,
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
  clock = systemClock,
}: OperatorConnection) {
  const settings = memoize(async () => parseOperatorSettings(environment, given));

  const retryReads = memoize(async () => {
    const { onboarding } = await settings();
    return retryReadsWith(onboarding.retry, clock, Math.random);
  });

  const managementAccountId = memoize(async () => {
    const { resourceManagerEndpoint, credentials } = await settings();
    const { createDirectory } = await import('./resource-manager/directory.ts');
    const directory = createDirectory({
      endpoint: resourceManagerEndpoint,
      credentials,
      countCall: () => undefined,
    });
    const retryRead = await retryReads();
    return retryRead((options) => directory.managementAccountId(options));
  });

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
      const { logEndpoint, credentials } = await settings();
      const { project, logstore } = await resultLocation();
      const [{ createLogClient }, { createResultQuery }] = await Promise.all([
        import('./log-service/client.ts'),
        import('./log-service/result-query.ts'),
      ]);
      const client = createLogClient({ endpoint: logEndpoint, project, credentials });
      return createResultQuery({ client, logstore });
    }),

    onboarding: memoize(async () => {
      const { credentials, ...given } = await settings();
      const { project: logProject } = await resultLocation();
      const { connect } = await import('./connect.ts');
      return connect({ ...given, logProject }, credentials);
    }),

    async invoker(functionName: string) {
      const { functionComputeEndpoint: endpoint, region, credentials } = await settings();
      const accountId = await managementAccountId();
      const { createFunctionInvoker } = await import('./function-compute/invoker.ts');
      return createFunctionInvoker({
        functionName,
        accountId,
        region,
        credentials,
        ...(endpoint === undefined ? {} : { endpoint }),
      });
    },

    async stack(stackName: string) {
      const { resourceOrchestrationEndpoint: endpoint, region, credentials } = await settings();
      const { createStack } = await import('./resource-orchestration/stack.ts');
      return createStack({
        stackName,
        clock,
        retryReads: await retryReads(),
        region,
        credentials,
        ...(endpoint === undefined ? {} : { endpoint }),
      });
    },

    serviceLinkedRoles: memoize(async () => {
      const { resourceManagerEndpoint: endpoint, credentials } = await settings();
      const { createServiceLinkedRoles } = await import(
        './resource-manager/service-linked-roles.ts'
      );
      return createServiceLinkedRoles({ endpoint, credentials });
    }),

    async inspection(retryReads: RetryReads) {
      const { connectInspection } = await import('./connect-inspection.ts');
      return connectInspection(await settings(), retryReads);
    },
    async deploymentSettings() {
      const known = await settings();
      return {
        expectedAccountId: known.managementAccountId,
        variables: deploymentVariables(environment, known),
      };
    },

    async removeLogProject(project: string) {
      const { logEndpoint, credentials } = await settings();
      const [{ createLogClient }, { removeProject }] = await Promise.all([
        import('./log-service/client.ts'),
        import('./log-service/remove-project.ts'),
      ]);
      const client = createLogClient({ endpoint: logEndpoint, project, credentials });
      return removeProject(client, { timeoutMs: REMOVAL_TIMEOUT_MS });
    },
  };
}
