import type { AsyncInvokeConfig } from '../services/function-compute/async-invoke-config.ts';
import type { NewFunction } from '../services/function-compute/function-config.ts';
import type { TimerTrigger } from '../services/function-compute/timer-trigger.ts';

/** Where a file is read for. */
export interface ReadOptions {
  readonly region: string;
  readonly accountId: string;
  /** What relative paths in the file start from. */
  readonly baseDir: string;
  /** Set in every function, over what the file sets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What the file says, read and checked: all that `deploy` acts on. */
export interface DeploymentPlan {
  readonly functions: readonly PlannedFunction[];
}

export interface PlannedFunction {
  /** `resources.{name}`. */
  readonly path: string;
  readonly config: NewFunction;
  readonly asyncInvokeConfig: AsyncInvokeConfig;
  readonly timers: readonly TimerTrigger[];
  /** What Serverless Devs runs before it deploys; whoever calls `deploy` has run it. */
  readonly preDeploy: readonly PreDeployCommand[];
}

export interface PreDeployCommand {
  readonly run: string;
  readonly path: string;
}
