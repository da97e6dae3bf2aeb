import type { StackEvent } from '../alicloud/resource-orchestration/stack-events.ts';
import type { StackPlan } from '../alicloud/resource-orchestration/stack-plan.ts';

/** What the functions stand on, as one ROS stack. Rejects with a `CloudError` or `StackFailed`. */
export interface Stack {
  /**
   * Compares a template with what is there, changing nothing but the change set that it makes;
   * `execute` or `discard` it. Waits for an operation on the stack that is under way. `template` is
   * its text; a parameter that is left out keeps its value, or has the template's default. Rejects with `StackFailed`
   * when the stack is in a state that can't be updated.
   */
  plan(template: string, parameters: Readonly<Record<string, string>>): Promise<StackPlan>;
  /**
   * Applies that plan, hands over each event once and in order, and resolves when all is done.
   * Rejects with `StackFailed`, after the roll-back, when a resource failed. A plan of nothing is
   * done already.
   */
  execute(plan: StackPlan, onEvent: (event: StackEvent) => void): Promise<void>;
  /** Forgets a plan that is not executed. Safe to repeat. */
  discard(plan: StackPlan): Promise<void>;
  /**
   * Deletes the stack and its resources, except those to keep: name what they stand on too.
   * Resources that the template retains are kept anyway. Resolves when it is gone; also when there
   * was none. Rejects with `StackFailed` when a resource can't be deleted.
   */
  remove(
    options: { readonly keep: readonly string[] },
    onEvent: (event: StackEvent) => void,
  ): Promise<void>;
  /** Values by name; `undefined` when there is no stack. Safe to repeat. */
  outputs(): Promise<Readonly<Record<string, string>> | undefined>;
}
