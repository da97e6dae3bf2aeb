import type { Failure, Reading } from './model.ts';

/** Codes that adapters give to what is not an answer of the service. */
export const NO_ANSWER = 'NoAnswer';
export const MALFORMED_ANSWER = 'MalformedAnswer';
/** The code of our own finding that the credentials belong to another account. */
export const NOT_MANAGEMENT_ACCOUNT = 'NotManagementAccount';

/**
 * A call that failed, translated once by the adapter that made it. Has no `cause`: what the client
 * libraries throw holds headers, and with them credentials.
 */
export class CloudError extends Error implements Failure {
  override readonly name = 'CloudError';
  readonly operation: string;
  readonly code: string;
  readonly statusCode?: number;
  readonly requestId?: string;
  readonly retryAfterMs?: number;

  constructor(details: Failure) {
    super(details.message);
    this.operation = details.operation;
    this.code = details.code;
    this.statusCode = details.statusCode;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/**
 * By name, not by class: the resource directory's adapter is bundled into a file of its own, with
 * its own copy of the class.
 */
export function isCloudError(error: unknown): error is CloudError {
  return error instanceof Error && error.name === 'CloudError';
}

/** A read whose failure is a finding: what it read, or why it could not. */
export async function reading<T>(read: Promise<T>): Promise<Reading<T>> {
  try {
    return { value: await read };
  } catch (error) {
    if (isCloudError(error)) return { error };
    throw error;
  }
}

/**
 * A filter that matches no account, or names one that the directory does not list: an error, since
 * a filter that is wrong looks the same.
 */
export class NoAccountInScope extends Error {
  override readonly name = 'NoAccountInScope';
}

/** Some accounts could not be onboarded. The invocation fails so that it is tried again. */
export class AccountsFailed extends Error {
  override readonly name = 'AccountsFailed';
}

/** Results could not be stored in the log store; they are on standard output. */
export class ResultsNotStored extends Error {
  override readonly name = 'ResultsNotStored';
}

/** A person's input that can't be used; it has been recorded as rejected. */
export class InputRejected extends Error {
  override readonly name = 'InputRejected';
}
