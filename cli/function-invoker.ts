import type { CallOptions } from '../workflows/onboarding/ports.ts';

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
