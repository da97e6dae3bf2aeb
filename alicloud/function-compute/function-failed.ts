/** The function ran and failed: its own error, not one of the service. */
export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
  /** `HandledInvocationError`, `UnhandledInvocationError`, …: how Function Compute saw it fail. */
  readonly errorType: string;
  /** The name of the error that the function threw, for example `AccountsFailed`. */
  readonly errorName: string | undefined;
  /** Finds the invocation in the function's logs. */
  readonly requestId: string | undefined;

  constructor(details: {
    readonly errorType: string;
    readonly errorName?: string;
    readonly message: string;
    readonly requestId?: string;
  }) {
    super(details.message);
    this.errorType = details.errorType;
    this.errorName = details.errorName;
    this.requestId = details.requestId;
  }
}
