/** The stack is not as it was planned to be. */
export class StackFailed extends Error {
  override readonly name = 'StackFailed';
  /** For example `CREATE_ROLLBACK_COMPLETE`, or that of a change set that could not be made. */
  readonly status: string;
  /** The resource that failed first, by its name in the template; absent where none is known. */
  readonly logicalId: string | undefined;
  readonly type: string | undefined;

  /** `message` is the failed resource's own, or else the stack's. */
  constructor(details: {
    readonly status: string;
    readonly message: string;
    readonly logicalId?: string;
    readonly type?: string;
  }) {
    super(details.message);
    this.status = details.status;
    this.logicalId = details.logicalId;
    this.type = details.type;
  }
}
