import type { Clock, OnboardingSettings, Ports } from '../workflows/onboarding/ports.ts';
import type { FunctionInvoker } from './function-invoker.ts';
import type { ResultQuery } from './result-query.ts';
import type { Stack } from './stack.ts';

/**
 * The cloud as the operator's command sees it. Everything is connected on first use, so that
 * `--help` loads no SDK. `alicloud/connect-operator.ts` implements it from the environment.
 */
export interface Operator {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  /** Where the stack and the functions are. */
  region(): Promise<string>;
  /** Of the resource directory that the credentials belong to. */
  managementAccountId(): Promise<string>;
  /** Where the results are; `LOG_PROJECT` and `LOG_STORE`, or the names that stack.yaml gives. */
  resultLocation(): Promise<{ readonly project: string; readonly logstore: string }>;
  results(): Promise<ResultQuery>;
  /** The workflow's own, of which RETRY_* hold for the command's reads as well. */
  settings(): Promise<OnboardingSettings>;
  /** The workflow's own ports, for what runs or looks from here. */
  onboarding(): Promise<Ports>;
  /** `name` on Function Compute 3.0, `service/name` on 2.0. */
  invoker(functionName: string): Promise<FunctionInvoker>;
  stack(stackName: string): Promise<Stack>;
  /** Deletes a log project with all that is in it; `false` where there was none. Safe to repeat. */
  removeLogProject(project: string): Promise<boolean>;
}
