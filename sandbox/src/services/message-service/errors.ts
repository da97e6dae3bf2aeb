import { type ErrorTable, ServiceError } from '../../protocols/service-error.ts';

/** Source: MNS, "Error codes". `SandboxUnsupportedOperation` is ours. */
export const MESSAGE_SERVICE_ERRORS = {
  AccessDenied: {
    status: 403,
    message: 'The OwnerId that your Access Key Id associated to is forbidden for this operation.',
  },
  AccessIDAuthError: {
    status: 403,
    message: 'AccessID authentication fails, please check your AccessID and retry.',
  },
  InternalError: { status: 500, message: 'Internal error.' },
  InvalidAuthorizationHeader: {
    status: 400,
    message: 'The Authorization header format is invalid.',
  },
  InvalidArgument: { status: 400, message: 'The value of a parameter is invalid.' },
  InvalidDegist: { status: 400, message: 'The Content-MD5 you specified is invalid.' },
  InvalidQueryString: {
    status: 400,
    message: 'Http request URL contains invalid querystring item.',
  },
  MessageNotExist: { status: 404, message: 'Message not exist.' },
  QueueNameInvalid: { status: 400, message: 'The queue name you provided is invalid.' },
  QueueNotExist: { status: 404, message: 'The queue name you provided does not exist.' },
  ReceiptHandleError: { status: 400, message: 'The receipt handle you provide is not valid.' },
  SandboxUnsupportedOperation: {
    status: 400,
    message:
      'The sandbox models GetQueueAttributes, ReceiveMessage, PeekMessage and DeleteMessage.',
  },
  SignatureDoesNotMatch: {
    status: 403,
    message: 'The request signature we calculated does not match the signature you provided.',
  },
  TimeExpired: { status: 408, message: 'The http request you sent is expired.' },
} as const satisfies ErrorTable;

export function messageServiceError(
  code: keyof typeof MESSAGE_SERVICE_ERRORS,
  message: string = MESSAGE_SERVICE_ERRORS[code].message,
): ServiceError {
  return new ServiceError(code, MESSAGE_SERVICE_ERRORS[code].status, message);
}
