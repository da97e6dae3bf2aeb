/**
 * What the operator's command needs of the world beside the workflow's ports: the smallest
 * interfaces. The adapters of `alicloud/` have these shapes; tests have them over memory.
 *
 * Every call rejects with a `CloudError` of the workflow, or with the error that is named at it.
 * No port repeats a call that changes something; `Stack` looks again when a look fails.
 */

import type { StackEvent } from '../alicloud/resource-orchestration/stack-events.ts';
import type { StackPlan } from '../alicloud/resource-orchestration/stack-plan.ts';
import type { CallOptions } from '../workflows/onboarding/ports.ts';

export { FunctionFailed } from '../alicloud/function-compute/function-failed.ts';
export type { StackEvent } from '../alicloud/resource-orchestration/stack-events.ts';
export { StackFailed } from '../alicloud/resource-orchestration/stack-failed.ts';
export type { StackChange, StackPlan } from '../alicloud/resource-orchestration/stack-plan.ts';

/** One deployed function. */
export interface FunctionInvoker {
  /**
   * Runs it and waits for its answer, `timeoutMs` at most: give the function's own timeout and some
   * seconds more. `payload` is sent as JSON, the answer is parsed from JSON. A repeat runs it again.
   * Rejects with `FunctionFailed` when the function itself failed.
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

/** What the functions stand on, as one ROS stack. */
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

/** Statistics over the log store. */
export interface ResultQuery {
  /**
   * The rows of `search | select …`, their values as text, a missing one as the text `null`. Without
   * a `limit` of its own a statement answers 100 rows. Safe to repeat.
   */
  query(query: {
    readonly query: string;
    /** Seconds since 1970, inclusive. */
    readonly fromS: number;
    /** Seconds since 1970, exclusive. */
    readonly toS: number;
    /** Bounds the whole query, however often it is asked again. */
    readonly timeoutMs: number;
  }): Promise<Readonly<Record<string, string>>[]>;
}
