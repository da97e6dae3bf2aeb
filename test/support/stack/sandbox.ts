import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { createLogResources } from '../../../alicloud/log-service/log-resources.ts';
import { removeProject } from '../../../alicloud/log-service/remove-project.ts';
import { createStack } from '../../../alicloud/resource-orchestration/stack.ts';
import { retryReads } from '../../../cli/retry-reads.ts';
import {
  ACCOUNT_ID,
  startOrchestrationSandbox,
} from '../../../sandbox/src/testing/orchestration-sandbox.ts';
import { createStackShell } from './operator.ts';

const RETRY = { baseMs: 1_000, capMs: 30_000 };
const CALL = { timeoutMs: 5_000 };
const PROJECT = `account-onboarding-${ACCOUNT_ID}`;

/** The operator's command over the real adapters, against the sandbox. */
export async function startStackSandbox() {
  const sandbox = await startOrchestrationSandbox();
  const { clock } = sandbox.world;
  const handClock = {
    now: clock.now,
    sleep: async (durationMs: number) => clock.advance(durationMs),
  };
  const endpoint = `http://127.0.0.1:${sandbox.port}`;

  return {
    connect() {
      const seen = createStackShell((stackName) =>
        createStack({
          endpoint,
          region: 'cn-hangzhou',
          credentials: sandbox.root,
          stackName,
          clock: handClock,
          retryReads: retryReads(RETRY, handClock, () => 1),
        }),
      );
      const logClient = (project: string) =>
        createLogClient({ endpoint, project, credentials: sandbox.root });
      const logResources = (project: string) => createLogResources(logClient(project));
      const operator = {
        ...seen.operator,
        inspection: async () => ({
          ...(await seen.operator.inspection((read) => read(CALL))),
          hasLogProject: (project: string) => logResources(project).hasProject(CALL),
          logstore: (project: string, name: string) => logResources(project).logstore(name, CALL),
          logIndex: (project: string, logstore: string) =>
            logResources(project).index(logstore, CALL),
        }),
        removeLogProject: (project: string) => removeProject(logClient(project), CALL),
      };
      return { ...seen, shell: { ...seen.shell, connect: () => operator } };
    },
    /** Logical ids of what stacks hold. */
    resources: () =>
      sandbox.orchestration
        .stacks()
        .filter(({ status }) => status !== 'DELETE_COMPLETE')
        .flatMap(({ resources }) => Object.keys(resources)),
    hasResults() {
      try {
        sandbox.logService.requireProject(PROJECT);
        return true;
      } catch {
        return false;
      }
    },
    faults: sandbox.world.faults,
    close: sandbox.close,
  };
}
