import type { CloudEvent } from '../services/event-bridge/cloud-event.ts';
import type { EventBus } from '../services/event-bridge/event-bus.ts';
import { functionArn } from '../services/function-compute/function-arn.ts';
import type { FunctionCompute } from '../services/function-compute/function-compute.ts';
import { FUNCTION_COMPUTE, problemOfRole } from '../services/function-compute/function-role.ts';
import type { World } from '../world/world.ts';
import type { PlannedEventTrigger, PlannedFunction, PreDeployCommand } from './plan.ts';
import { readPlan } from './read-plan.ts';

/** Who assumes the role of an event trigger. */
const EVENT_BRIDGE = 'eventbridge.aliyuncs.com';

export interface DeployOptions {
  readonly world: World;
  readonly accountId: string;
  readonly functionCompute: FunctionCompute;
  readonly eventBus: EventBus;
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
 * timers, and rules on the default bus. Everything that the file sets is honoured or refused:
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
  const { eventTrigger } = planned;
  options.eventBus.removeRule(ruleName(config.name));
  if (eventTrigger?.enable) {
    at(eventTrigger.path, () => addRule(config.name, eventTrigger, options));
  }
}

function addRule(name: string, trigger: PlannedEventTrigger, options: DeployOptions): void {
  options.eventBus.addRule({
    name: ruleName(name),
    pattern: trigger.pattern,
    targets: [
      {
        retryStrategy: trigger.retryStrategy,
        ...(trigger.deadLetterQueueArn === undefined
          ? {}
          : { deadLetterQueueArn: trigger.deadLetterQueueArn }),
        push: (event) => push(name, trigger, options, event),
      },
    ],
  });
}

/** A function's own error fails a synchronous push too (inferred): EventBridge then tries again. */
async function push(
  name: string,
  trigger: PlannedEventTrigger,
  options: DeployOptions,
  event: CloudEvent,
): Promise<void> {
  const { world, accountId, functionCompute } = options;
  const arn = functionArn({ region: world.region, accountId }, name);
  const role = trigger.invocationRoleArn;
  if (role !== undefined) {
    const problem = problemOfRole(world.identities, role, EVENT_BRIDGE);
    if (problem !== undefined) throw new Error(problem);
    if (!world.identities.role(role)?.allows('fc:InvokeFunction', arn)) {
      throw new Error(`the trigger's role may not fc:InvokeFunction on ${arn}`);
    }
  }
  const { invocation } = await functionCompute.invoke(name, JSON.stringify(event), {
    async: trigger.isAsync,
  });
  if (invocation !== undefined && invocation.status !== 'succeeded') {
    throw new Error(invocation.errorMessage ?? invocation.status);
  }
}

function problemsOfRoles({ config, eventTrigger, path }: PlannedFunction, world: World): string[] {
  const roles: readonly (readonly [string, string | undefined, string])[] = [
    [`${path}.props.role`, config.roleArn, FUNCTION_COMPUTE],
    [`${eventTrigger?.path}.invocationRole`, eventTrigger?.invocationRoleArn, EVENT_BRIDGE],
  ];
  return roles.flatMap(([where, arn, service]) => {
    const problem = arn && problemOfRole(world.identities, arn, service);
    return problem ? [`${where}: ${problem}`] : [];
  });
}

/** At most one rule for each function: more than one eventbridge trigger is refused. */
function ruleName(functionName: string): string {
  return `function-compute-${functionName}`;
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
