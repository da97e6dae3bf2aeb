/** The definition can't be run here; every reason, each with the path of its field. */
export class FlowDefinitionError extends Error {
  override readonly name = 'FlowDefinitionError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The flow can't be run in the sandbox:\n${problems.map((p) => `  ${p}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * The execution came to something that no document describes, or over a limit of the service.
 * Thrown instead of failing the execution, so that no `Catch` can hide it.
 */
export class FlowNotModelled extends Error {
  override readonly name = 'FlowNotModelled';

  constructor(state: string, message: string) {
    super(`${state}: ${message}`);
  }
}

/** What `Retry` and `Catch` match, and what a failed execution ends with. */
export interface FlowError {
  readonly Code: string;
  readonly Detail: string;
}
