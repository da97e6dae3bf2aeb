/** A code's answer: its HTTP status and the message that the documentation gives. */
export type ErrorTable = Readonly<
  Record<string, { readonly status: number; readonly message: string }>
>;

/** An error that a service answers with. `code` is a row of the service's error table. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What the answer's body says beside code and message, where the protocol has it. */
  readonly members: Readonly<Record<string, string | Readonly<Record<string, string>>>>;

  constructor(
    code: string,
    status: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    members: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
    this.members = members;
  }
}

/** The table's answer for a code. A code that is not in the table is a mistake in the sandbox. */
export function errorFrom(
  errors: ErrorTable,
  code: string,
  options: { readonly message?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): ServiceError {
  const row = errors[code];
  if (row === undefined) throw new Error(`The error table has no row for ${code}`);
  return new ServiceError(code, row.status, options.message ?? row.message, options.headers);
}
