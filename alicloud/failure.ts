/**
 * What the adapters have in common when a call fails: the two codes that no service sends, and
 * what is safe to say. The error that a client library threw is never kept as a `cause`: it holds
 * the request's headers, and with them the token and the signature.
 */

import { CloudError, MALFORMED_ANSWER, NO_ANSWER } from '../workflows/onboarding/errors.ts';

/** No whole answer arrived: refused, reset, timed out, or broken off in the middle of the body. */
export function noAnswer(operation: string, reason: string): CloudError {
  return new CloudError({ operation, code: NO_ANSWER, message: `No answer: ${reason}.` });
}

/** An answer arrived, and it is not one of the service's: HTML, nothing, or without a part. */
export function malformedAnswer(
  operation: string,
  reason: string,
  known: { readonly statusCode?: number; readonly requestId?: string } = {},
): CloudError {
  return new CloudError({
    operation,
    code: MALFORMED_ANSWER,
    message: `Malformed answer: ${reason}.`,
    ...known,
  });
}

/** The code of a broken connection, for example `ECONNRESET`; `undefined` for every other error. */
export function connectionErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  if ('code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return error.name === 'RequestTimeoutError' ? error.name : undefined;
}

/** From the header `x-acs-retry-after`, which is in milliseconds. */
export function retryAfterMs(header: unknown): number | undefined {
  return typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
