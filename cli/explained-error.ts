/** Its message says all: what was wrong, where, and what to do. */
export class ExplainedError extends Error {
  override readonly name: string = 'ExplainedError';
}
