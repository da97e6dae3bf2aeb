/**
 * What a failed call means for the run: ask again here, ask again later, or never.
 * The codes are those of `StartConfigurationRecorder`, of the API gateway before it, and of the
 * log store. Text is never matched: a message is for people.
 */

/**
 * - `in-progress`: the service is working on it; ask again until the deadline.
 * - `transient`: likely gone in a moment; a limited number of tries.
 * - `throttled`: too many calls; wait longer than for `transient`.
 * - `uncertain`: not documented as transient; a few tries, then permanent.
 * - `permanent`: asking again can't help; a person has to act.
 */
export type ErrorClass = 'in-progress' | 'transient' | 'throttled' | 'uncertain' | 'permanent';

/** Codes that adapters give to what is not an answer of the service. */
export const NO_ANSWER = 'NoAnswer';
export const MALFORMED_ANSWER = 'MalformedAnswer';

export interface CloudErrorDetails {
  /** The operation that failed, for example `StartConfigurationRecorder`. */
  readonly operation: string;
  /** The service's own code, or `NO_ANSWER` or `MALFORMED_ANSWER`. */
  readonly code: string;
  readonly message: string;
  readonly statusCode?: number;
  readonly requestId?: string;
  /** How long the server asks to wait before the next call. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** A call that failed, translated once by the adapter that made it. Holds no credential. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly operation: string;
  readonly code: string;
  readonly statusCode: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(details: CloudErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.operation = details.operation;
    this.code = details.code;
    this.statusCode = details.statusCode;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
