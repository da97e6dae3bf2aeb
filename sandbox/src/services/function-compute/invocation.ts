/** One attempt to run a function, for tests and people to read. Never a credential. */
export interface Invocation {
  /** The same for every attempt of one asynchronous request. */
  readonly requestId: string;
  readonly functionName: string;
  /** From 1. */
  readonly attempt: number;
  readonly mode: 'sync' | 'async';
  /**
   * - `failed`: the function threw, or its process ended by itself.
   * - `killed`: `killRunning` ended it.
   * - `throttled`: refused with 429, nothing ran.
   */
  readonly status: 'succeeded' | 'failed' | 'timed-out' | 'killed' | 'throttled';
  /** `UnhandledInvocationError`, `HandledInvocationError`, `AccessDenied` or `ResourceExhausted`. */
  readonly errorType?: string;
  /** The thrown error's `name`. */
  readonly errorName?: string;
  readonly errorMessage?: string;
  readonly payload: Buffer;
  /** What the caller gets: the function's answer, or the error as JSON. */
  readonly result: Buffer;
  readonly durationMs: number;
  /** On the sandbox's clock. */
  readonly startedAtMs: number;
  readonly instanceId: string | undefined;
  /** Lines of standard output and standard error, each in its order. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

/** How a run of an instance ended. */
export type Outcome = Pick<
  Invocation,
  | 'status'
  | 'errorType'
  | 'errorName'
  | 'errorMessage'
  | 'result'
  | 'durationMs'
  | 'stdout'
  | 'stderr'
>;
