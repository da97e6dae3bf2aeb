import { memoize } from '../../../alicloud/memoize.ts';
import { checksOf } from '../../../cli/doctor/all-checks.ts';
import { type Deployment, readDeployment } from '../../../cli/doctor/deployment.ts';
import type { Inspection } from '../../../cli/doctor/inspection.ts';
import { type CheckLimits, type CheckResult, runChecks } from '../../../cli/doctor/run-checks.ts';
import { en } from '../../../cli/texts/en.ts';
import { type DoctorWorld, NOW_MS, REGION, refusal } from './doctor-world.ts';

export function inspectionOf(world: DoctorWorld): Inspection {
  const has = (list: readonly string[]) => async (name: string) => list.includes(name);
  const inProject =
    <T>(found: (name: string) => T) =>
    async (project: string, name = ''): Promise<T> => {
      if (!world.projects.includes(project)) throw refusal('GetLogStore', 'ProjectNotExist');
      return found(name);
    };
  const inspection: Inspection = {
    caller: async () => world.caller,
    managementAccountId: async () => world.directoryOwner,
    organizationStatus: async () => world.organizationStatus,
    role: async (name) => world.roles[name],
    rolePolicies: async (name) => world.policies[name] ?? [],
    hasServiceLinkedRole: has(world.serviceLinkedRoles),
    stack: async (name) => world.stacks[name],
    hasLogProject: has(world.projects),
    logstore: inProject((name) => world.logstores[name]),
    logIndex: inProject((name) => world.indexes[name]),
    hasDashboard: inProject((name) => world.dashboards.includes(name)),
    alerts: inProject(() => world.alerts),
    queue: async (name) => world.queues[name],
    flow: async (name) => world.flows[name],
    async function(name) {
      const found = world.functions[name];
      if (found === undefined) return undefined;
      const { settings, environment, lastModifiedTime } = found;
      return { settings: { ...settings, environmentVariables: environment }, lastModifiedTime };
    },
    asyncInvokeConfig: async (name) => world.functions[name]?.asyncInvokeConfig,
    reservedConcurrency: async (name) => world.functions[name]?.reservedConcurrency,
    code: async (name) => world.functions[name]?.code,
    trigger: async (functionName, name) => world.functions[functionName]?.triggers[name],
    eventRule: async (bus, name) => world.eventRules[`${bus}/${name}`],
    lastRuns: inProject(() => world.lastRuns),
  };
  for (const [name, failure] of Object.entries(world.failing)) {
    Object.assign(inspection, {
      [name]: () => (failure === 'hangs' ? new Promise(() => undefined) : Promise.reject(failure)),
    });
  }
  return inspection;
}

/** It takes a while to read. */
const unchanged = memoize(() => readDeployment({ REGION }));

/** This version's, with a build that the test knows. */
export async function deploymentOf(
  world: DoctorWorld,
  variables: Readonly<Record<string, string>> = {},
): Promise<Deployment> {
  const deployment = await (Object.keys(variables).length === 0
    ? unchanged()
    : readDeployment({ REGION, ...variables }));
  return { ...deployment, builtCode: async (folder) => world.builtCode[folder] };
}

/** All checks, made in that world. */
export async function examine(
  world: DoctorWorld,
  limits: CheckLimits = { checkMs: 2_000, totalMs: 3_000 },
  variables: Readonly<Record<string, string>> = {},
): Promise<readonly CheckResult[]> {
  const deployment = await deploymentOf(world, variables);
  return runChecks(
    checksOf(deployment),
    {
      inspection: inspectionOf(world),
      deployment,
      texts: en,
      region: REGION,
      expectedAccountId: world.expectedAccountId,
      nowMs: NOW_MS,
    },
    limits,
  );
}
