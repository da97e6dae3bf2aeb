import { randomUUID } from 'node:crypto';
import type { Backoff, Clock } from '../workflows/onboarding/ports.ts';
import type { Ask } from './ask.ts';
import { systemClock } from './clock.ts';
import { once } from './once.ts';
import { readOperatorSettings } from './settings.ts';

const REMOVAL_TIMEOUT_MS = 30_000;

/**
 * The cloud as the operator's command sees it (`Operator` of `cli/operator.ts`), from the
 * environment. Settings are read and SDKs loaded when something is first asked for: `--help` needs
 * neither. `askWith` makes the retry policy of every read. Every method but `clock`, `random` and
 * `newId` rejects with a `SettingsError` when the environment
 * is wrong.
 */
export function connectOperator(
  askWith: (retry: Backoff, clock: Clock, random: () => number) => Ask,
) {
  const settings = once(async () => readOperatorSettings());

  const ask = once(async () => {
    const { onboarding } = await settings();
    return askWith(onboarding.retry, systemClock, Math.random);
  });

  const managementAccountId = once(async () => {
    const { resourceManagerEndpoint, credentials } = await settings();
    const { createDirectory } = await import('./resource-manager/directory.ts');
    const directory = createDirectory({
      endpoint: resourceManagerEndpoint,
      credentials,
      countCall: () => undefined,
    });
    const askDirectory = await ask();
    return askDirectory((options) => directory.managementAccountId(options));
  });

  /** As stack.yaml names them. */
  const resultLocation = once(async () => {
    const { logProject, logStore } = await settings();
    return {
      project: logProject ?? `account-onboarding-${await managementAccountId()}`,
      logstore: logStore,
    };
  });

  return {
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    settings: async () => (await settings()).onboarding,
    region: async () => (await settings()).region,
    managementAccountId,
    resultLocation,

    results: once(async () => {
      const { logEndpoint, credentials } = await settings();
      const { project, logstore } = await resultLocation();
      const [{ createLogClient }, { createResultQuery }] = await Promise.all([
        import('./log-service/client.ts'),
        import('./log-service/result-query.ts'),
      ]);
      const client = createLogClient({ endpoint: logEndpoint, project, credentials });
      return createResultQuery({ client, logstore });
    }),

    onboarding: once(async () => {
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
        clock: systemClock,
        ask: await ask(),
        region,
        credentials,
        ...(endpoint === undefined ? {} : { endpoint }),
      });
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
