import { randomUUID } from 'node:crypto';
import { systemClock } from './clock.ts';
import { once } from './once.ts';
import { readOperatorSettings } from './settings.ts';

/** Bounds a call that no caller bounds. */
const CALL_TIMEOUT_MS = 10_000;
const REMOVAL_TIMEOUT_MS = 30_000;

/**
 * The cloud as the operator's command sees it (`Operator` of `cli/operator.ts`), from the
 * environment. Settings are read and SDKs loaded when something is first asked for: `--help` needs
 * neither. Every method but `clock` and `newId` rejects with a `SettingsError` when the environment
 * is wrong.
 */
export function connectOperator() {
  const settings = once(async () => readOperatorSettings());

  const managementAccountId = once(async () => {
    const { resourceManagerEndpoint, credentials } = await settings();
    const { createDirectory } = await import('./resource-manager/directory.ts');
    const directory = createDirectory({
      endpoint: resourceManagerEndpoint,
      credentials,
      countCall: () => undefined,
    });
    return directory.managementAccountId({ timeoutMs: CALL_TIMEOUT_MS });
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
    newId: randomUUID,
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
      return { ports: connect({ ...given, logProject }, credentials), settings: given.onboarding };
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
