import type { ServiceError } from '../../protocols/service-error.ts';
import type { Call, HttpAnswer } from '../../server/http-service.ts';
import { FC2_VERSION } from './route.ts';

/** `{ErrorCode, ErrorMessage}` in FC 2.0, `{RequestId, Code, Message}` in FC 3.0: what the SDKs read. */
export function renderFunctionComputeError(error: ServiceError, call: Call): HttpAnswer {
  const body =
    call.apiVersion === FC2_VERSION
      ? { ErrorCode: error.code, ErrorMessage: error.message }
      : { RequestId: call.requestId, Code: error.code, Message: error.message };
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json',
      'x-fc-request-id': call.requestId,
      ...error.headers,
    },
    body: Buffer.from(JSON.stringify(body)),
  };
}
