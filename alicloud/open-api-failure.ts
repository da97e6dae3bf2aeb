import * as v from 'valibot';
import { CloudError } from '../workflows/onboarding/errors.ts';
import { connectionErrorCode, malformedAnswer, noAnswer } from './failure.ts';
import type { Redact } from './redact.ts';

/** `ClientError`, `ServerError` and `ThrottlingError` of the OpenAPI SDKs. */
const refused = v.object({
  // Without one in the body, the SDKs write the text `undefined`.
  code: v.pipe(v.string(), v.notValue('undefined')),
  statusCode: v.number(),
  requestId: v.optional(v.string()),
  /** Milliseconds, from `x-acs-retry-after`. */
  retryAfter: v.optional(v.number()),
  data: v.object({ Message: v.nullish(v.string(), '') }),
});

/** What an OpenAPI SDK threw, translated. */
export function openApiFailure(operation: string, error: unknown, redact: Redact): CloudError {
  const service = v.safeParse(refused, error);
  if (service.success) {
    const { code, statusCode, requestId, retryAfter, data } = service.output;
    return new CloudError({
      operation,
      code,
      // Not the error's own message: the SDKs add status and request id to it.
      message: redact(data.Message ?? ''),
      statusCode,
      ...(requestId !== undefined && requestId !== 'undefined' && { requestId }),
      retryAfterMs: retryAfter,
    });
  }
  const status = v.safeParse(v.object({ statusCode: v.number() }), error);
  if (status.success) {
    const { statusCode } = status.output;
    return malformedAnswer(operation, `status ${statusCode} without a code`, { statusCode });
  }
  const connection = connectionErrorCode(error);
  if (connection !== undefined) {
    return noAnswer(operation, connection);
  }
  // HTML or nothing is a SyntaxError, `null` a TypeError.
  return malformedAnswer(operation, 'the body is not a JSON object');
}
