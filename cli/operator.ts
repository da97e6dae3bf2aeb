import type { FunctionLogs } from '../alicloud/log-service/function-logs.ts';
import type { ResultQuery } from '../alicloud/log-service/result-query.ts';
import type { Folders } from '../alicloud/resource-manager/folders.ts';
import type { DeployedStack } from '../alicloud/resource-orchestration/deployed-stack.ts';
import type { StackEvent } from '../alicloud/resource-orchestration/stack-events.ts';
import type { StackPlan } from '../alicloud/resource-orchestration/stack-plan.ts';
import type { StackResource } from '../alicloud/resource-orchestration/stack-resources.ts';
import type { RetryReads } from '../alicloud/retry-reads.ts';
import type {
  CallOptions,
  Clock,
  OnboardingSettings,
  Ports,
  Retry,
} from '../workflows/onboarding/ports.ts';
import type { Inspection } from './doctor/inspection.ts';

/**
 * The cloud as the operator's command sees it. Everything is connected on first use, so that
 * `--help` loads no SDK. `alicloud/connect-operator.ts` implements it from the environment.
 */
export interface Operator {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  /** Told of every read that is made again. Default: nobody is. */
  readonly retrying?: (retry: Retry) => void;
  /** Where the stack and the functions are. */
  region(): Promise<string>;
  /** Of the resource directory that the credentials belong to. */
  managementAccountId(): Promise<string>;
  /** Where the results are; `LOG_PROJECT` and `LOG_STORE`, or the names that stack.yaml gives. */
  resultLocation(): Promise<{ readonly project: string; readonly logstore: string }>;
  results(): Promise<ResultQuery>;
  /** What the functions printed. */
  functionLogs(): Promise<FunctionLogs>;
  /** The workflow's own, of which RETRY_* hold for the command's reads as well. */
  settings(): Promise<OnboardingSettings>;
  /** The workflow's own ports, for what runs or looks from here. */
  onboarding(): Promise<Ports>;
  /** `name` on Function Compute 3.0, `service/name` on 2.0. */
  invoker(functionName: string): Promise<FunctionInvoker>;
  folders(): Promise<Folders>;
  /** `onWait` is told its status before each wait for what others do to it. Default: nobody is. */
  stack(stackName: string, onWait?: (status: string) => void): Promise<Stack>;
  serviceLinkedRoles(): Promise<ServiceLinkedRoles>;
  /** What is deployed, for a look that changes nothing. `retryReads` makes every read. */
  inspection(retryReads: RetryReads): Promise<Inspection>;
  deploymentSettings(): Promise<DeploymentSettings>;
  /** Deletes a log project with all that is in it; `false` where there was none. Safe to repeat. */
  removeLogProject(project: string): Promise<boolean>;
}

/** Of the account. Both calls are safe to repeat, and reject with a `CloudError`. */
export interface ServiceLinkedRoles {
  exists(roleName: string, options: CallOptions): Promise<boolean>;
  /** One that exists is fine. */
  create(serviceName: string, options: CallOptions): Promise<void>;
}

/** What the environment says of deployments from here. */
export interface DeploymentSettings {
  /** `MANAGEMENT_ACCOUNT_ID`, where it is set. */
  readonly expectedAccountId?: string;
  /** What is filled into s.yaml, beside the account's id. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** One deployed function. Neither call is ever repeated here. */
export interface FunctionInvoker {
  /**
   * Runs it and waits for its answer, `timeoutMs` at most: give the function's own timeout and some
   * seconds more. `payload` is sent as JSON, the answer is parsed from JSON. A repeat runs it again.
   * Rejects with `FunctionFailed` when the function itself failed, else with a `CloudError`.
   */
  invoke(payload: unknown, options: CallOptions): Promise<Invoked>;
  /**
   * Queues a run and returns; its outcome is in the log store. `taskId`: a letter or `_`, then up to
   * 127 letters, digits, `_` and `-`. Where the function has asynchronous tasks on, a repeat with the
   * same id is refused (status 409) and runs nothing; elsewhere it runs again.
   */
  start(payload: unknown, taskId: string, options: CallOptions): Promise<Started>;
}

export interface Started {
  /** Finds the invocation in the function's logs. */
  readonly requestId?: string;
}

export interface Invoked extends Started {
  readonly answer: unknown;
}

/** What the functions stand on, as one ROS stack. Rejects with a `CloudError` or `StackFailed`. */
export interface Stack {
  /**
   * Compares a template with what is there, changing nothing but the change set that it makes;
   * `execute` or `discard` it. Waits for an operation on the stack that is under way. `template` is
   * its text; a parameter that is left out keeps its value, or has the template's default. When
   * `interrupted` is aborted it leaves no change set, and rejects with the signal's reason. Rejects
   * with `StackFailed` when the stack can't be updated. A stack that stays under review, for most of
   * a minute, is one that was left.
   */
  plan(
    template: string,
    parameters: Readonly<Record<string, string>>,
    interrupted?: AbortSignal,
  ): Promise<StackPlan>;
  /**
   * Applies that plan, hands over each event once and in order, and resolves when all is done.
   * Rejects with `StackFailed`, after the roll-back, when a resource failed. A plan of nothing is
   * done already.
   */
  execute(plan: StackPlan, onEvent: (event: StackEvent) => void): Promise<void>;
  /** Forgets a plan that is not executed. Safe to repeat. */
  discard(plan: StackPlan): Promise<void>;
  /**
   * Whether there is one, and not only what a failure left. Waits for an operation that is under way;
   * when `interrupted` is aborted it rejects with the signal's reason. Safe to repeat.
   */
  isSetUp(interrupted?: AbortSignal): Promise<boolean>;
  /** Its template and parameters; `undefined` when there is no stack of this name. Safe to repeat. */
  deployed(): Promise<DeployedStack | undefined>;
  /** What is there; `undefined` when there is no stack of this name. Safe to repeat. */
  describe(): Promise<StackDescription | undefined>;
  /**
   * Deletes the stack and its resources, except those that the template retains. Resolves when it
   * is gone; also when there was none. Rejects with `StackFailed` when a resource can't be deleted.
   */
  remove(onEvent: (event: StackEvent) => void): Promise<void>;
  /** Values by name; `undefined` when there is no stack. Safe to repeat. */
  outputs(): Promise<Readonly<Record<string, string>> | undefined>;
}

export interface StackDescription {
  /** For example `CREATE_COMPLETE`. */
  readonly status: string;
  readonly resources: readonly StackResource[];
}
