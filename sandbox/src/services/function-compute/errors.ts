import { type ErrorTable, ServiceError } from '../../protocols/service-error.ts';

/**
 * The codes of "Function Compute: Error codes" (alibabacloud.com/help/en/functioncompute/error-codes)
 * and of "Task deduplication" (409), as far as this service answers with them. What is missing is
 * named by the sources of the fc3 component (triggers) and of Terraform's provider
 * (`AsyncConfigNotExists`); `ConcurrencyConfigNotFound` and the status of
 * `StatefulAsyncInvocationNotFound` are inferred.
 */
export const FUNCTION_COMPUTE_ERRORS = {
  AccessDenied: { status: 403, message: 'The caller may not perform this operation.' },
  AsyncConfigNotExists: {
    status: 404,
    message: 'The asynchronous invocation configuration does not exist.',
  },
  ConcurrencyConfigNotFound: {
    status: 404,
    message: 'The concurrency configuration does not exist.',
  },
  EntityTooLarge: { status: 400, message: 'payload size exceeds maximum allowed size' },
  FunctionAlreadyExists: { status: 409, message: 'The function already exists.' },
  FunctionNotFound: { status: 404, message: 'The function does not exist.' },
  InternalServerError: { status: 500, message: 'an internal error has occurred. Please retry.' },
  InvalidAccessKeyID: { status: 403, message: 'invalid access key ID' },
  InvalidArgument: { status: 400, message: 'A request parameter is invalid.' },
  LimitExceededError: { status: 400, message: 'A limit of resources is exceeded.' },
  MissingRequiredHeader: { status: 400, message: 'A required HTTP header was not specified.' },
  PathNotSupported: { status: 400, message: 'The path is not supported.' },
  ResourceExhausted: { status: 429, message: 'The concurrency limit is reached.' },
  ResourceThrottled: { status: 503, message: 'Resources are throttled. Please retry.' },
  ServiceNotFound: { status: 404, message: 'The service does not exist.' },
  SignatureNotMatch: {
    status: 403,
    message:
      'The request signature we calculated does not match the signature you provided. Check your access key and signing method',
  },
  StatefulAsyncInvocationAlreadyExists: {
    status: 409,
    message: 'An invocation with this task ID already exists.',
  },
  StatefulAsyncInvocationNotFound: {
    status: 404,
    message: 'There is no invocation with this task ID.',
  },
  TriggerAlreadyExists: { status: 409, message: 'The trigger already exists.' },
  TriggerNotFound: { status: 404, message: 'The trigger does not exist.' },
} as const satisfies ErrorTable;

type FunctionComputeErrorCode = keyof typeof FUNCTION_COMPUTE_ERRORS;

export function functionComputeError(
  code: FunctionComputeErrorCode,
  message: string = FUNCTION_COMPUTE_ERRORS[code].message,
): ServiceError {
  return new ServiceError(code, FUNCTION_COMPUTE_ERRORS[code].status, message);
}
