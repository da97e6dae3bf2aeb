import type { FunctionCompute } from '../services/function-compute/function-compute.ts';
import { FUNCTION_COMPUTE, problemOfRole } from '../services/function-compute/function-role.ts';
import type { World } from '../world/world.ts';
import type { PlannedFunction, PreDeployCommand } from './plan.ts';
import { readPlan } from './read-plan.ts';

export interface DeployOptions {
  readonly world: World;
  readonly accountId: string;
  readonly functionCompute: FunctionCompute;
  /** The folder that paths in the file start from. */
  readonly baseDir: string;
  /** Set in every function, over what the file sets: for example the sandbox's own endpoints. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Deployment {
  /** In the file's order. */
  readonly functionNames: readonly string[];
  /** By function: what Serverless Devs runs before it deploys. Not run here. */
  readonly preDeploy: Readonly<Record<string, readonly PreDeployCommand[]>>;
}

/** The file can't be deployed; every reason, each with the full path of its property. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The functions can't be deployed to the sandbox:\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/**
 * Creates what a rendered file of Serverless Devs describes: functions, how they are invoked asynchronously,
 * and timers. Everything that the file sets is honoured or refused:
 * rejects with a `DeploymentError` that has every problem of the file, before anything is created.
 * What only a service knows, such as a queue that is missing, is refused when its turn comes. Safe
 * to repeat: a function that exists is replaced, with its triggers.
 */
export async function deploy(rendered: unknown, options: DeployOptions): Promise<Deployment> {
  const { world, functionCompute } = options;
  const problems: string[] = [];
  const plan = readPlan(
    rendered,
    {
      region: world.region,
      accountId: options.accountId,
      baseDir: options.baseDir,
      environment: options.environment ?? {},
    },
    problems,
  );
  for (const planned of plan.functions) problems.push(...problemsOfRoles(planned, world));
  if (problems.length > 0) throw new DeploymentError(problems);

  for (const planned of plan.functions) {
    await functionCompute.deleteFunction(planned.config.name);
    create(planned, options);
  }
  return {
    functionNames: plan.functions.map(({ config }) => config.name),
    preDeploy: Object.fromEntries(
      plan.functions.map(({ config, preDeploy }) => [config.name, preDeploy]),
    ),
  };
}

function create(planned: PlannedFunction, options: DeployOptions): void {
  const { functionCompute } = options;
  const { config, path } = planned;
  at(`${path}.props`, () => functionCompute.createFunction(config));
  at(`${path}.props.asyncInvokeConfig`, () =>
    functionCompute.putAsyncInvokeConfig(config.name, planned.asyncInvokeConfig),
  );
  for (const timer of planned.timers) {
    at(`${path}.props.triggers`, () => functionCompute.createTimer(config.name, timer));
  }
}

function problemsOfRoles({ config, path }: PlannedFunction, world: World): string[] {
  const { roleArn } = config;
  const problem = roleArn && problemOfRole(world.identities, roleArn, FUNCTION_COMPUTE);
  return problem ? [`${path}.props.role: ${problem}`] : [];
}

/** What the services refuse, with the place in the file. */
function at(path: string, action: () => void): void {
  try {
    action();
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    throw new DeploymentError([`${path}: ${text}`]);
  }
}
