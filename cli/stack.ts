import type { StackEvent } from '../alicloud/resource-orchestration/stack-events.ts';
import type { StackPlan } from '../alicloud/resource-orchestration/stack-plan.ts';
import type { StackResource } from '../alicloud/resource-orchestration/stack-resources.ts';

/** What the functions stand on, as one ROS stack. Rejects with a `CloudError` or `StackFailed`. */
export interface Stack {
  /**
   * Compares a template with what is there, changing nothing but the change set that it makes;
   * `execute` or `discard` it. Waits for an operation on the stack that is under way. `template` is
   * its text; a parameter that is left out keeps its value, or has the template's default. When
   * `interrupted` is aborted it leaves no change set, and rejects with the signal's reason. Rejects
   * with `StackFailed` when the stack can't be updated, or is under somebody's review.
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
