import { type ErrorTable, errorFrom, type ServiceError } from '../../protocols/service-error.ts';

/**
 * Codes and messages of Simple Log Service. Sources: help.aliyun.com/en/sls/developer-reference/error-codes,
 * and the error tables of the operations' own pages. Rows that start with `Sandbox` are ours: what
 * the real service does and this one does not model.
 */
export const LOG_SERVICE_ERRORS: ErrorTable = {
  IndexAlreadyExist: { status: 400, message: 'Logstore index is already created.' },
  IndexConfigNotExist: { status: 400, message: "index config doesn't exist." },
  IndexInfoInvalid: {
    status: 400,
    message: 'Required field token is lacking or of error format.',
  },
  InternalServerError: { status: 500, message: 'Internal server error.' },
  InvalidAPIVersion: { status: 400, message: 'x-log-apiversion is unsupported.' },
  InvalidBodyRawSize: { status: 400, message: 'x-log-bodyrawsize is invalid.' },
  InvalidCompressType: { status: 400, message: 'x-log-compresstype is unsupported.' },
  InvalidContentType: { status: 400, message: 'Content-Type is unsupported.' },
  InvalidEncoding: { status: 400, message: 'Non-UTF8 characters are in logs.' },
  InvalidHost: { status: 400, message: 'Host header is invalid.' },
  InvalidKey: { status: 400, message: 'Invalid keys are in logs.' },
  InvalidLine: { status: 400, message: 'line is invalid' },
  InvalidOffset: { status: 400, message: 'offset is invalid' },
  InvalidQueryString: { status: 400, message: 'query string is invalid.' },
  InvalidRequestTime: { status: 400, message: 'Request time not follow RFC822 spec.' },
  InvalidReverse: { status: 400, message: 'Reverse value is invalid' },
  InvalidSignatureMethod: { status: 400, message: 'signature method is unsupported.' },
  InvalidTimeRange: { status: 400, message: 'request time range is invalid' },
  LogStoreInfoInvalid: { status: 400, message: 'logstore information is invalid' },
  LogStoreNotExist: { status: 404, message: 'logstore does not exist.' },
  LogstoreAlreadyExist: { status: 400, message: 'logstore already exists.' },
  MissAccessKeyId: { status: 400, message: 'x-log-accesskeyid does not exist in header.' },
  MissingAPIVersion: {
    status: 400,
    message: 'x-log-apiversion does not exist in http header.',
  },
  MissingBodyRawSize: {
    status: 400,
    message: 'x-log-bodyrawsize does not exist in header when it is necessary.',
  },
  MissingContentType: {
    status: 400,
    message: 'Content-Type does not exist in http header when body is not empty.',
  },
  MissingDate: { status: 400, message: 'Date does not exist in http header.' },
  MissingHost: { status: 400, message: 'Host does not exist in http header.' },
  MissingSignatureMethod: {
    status: 400,
    message: 'x-log-signaturemethod does not exist in http header.',
  },
  ParameterInvalid: { status: 400, message: 'A parameter is invalid.' },
  PostBodyInvalid: { status: 400, message: 'Protobuffer content cannot be parsed.' },
  PostBodyTooLarge: {
    status: 400,
    message: 'Logs must be less than or equal to 3 MB and 4096 entries.',
  },
  PostBodyUncompressError: { status: 400, message: 'Failed to decompress logs.' },
  ProjectAlreadyExist: { status: 400, message: 'Project already exist.' },
  ProjectNotExist: { status: 404, message: 'The Project does not exist.' },
  ReadQuotaExceed: { status: 403, message: 'Read quota is exceeded.' },
  RequestTimeExpired: {
    status: 400,
    message: 'Request time has been expired: it differs from server time by more than 15 minutes.',
  },
  RequestTimeTooSkewed: {
    status: 400,
    message: 'Request time exceeds server time more than 15 minutes.',
  },
  ServerBusy: { status: 503, message: 'The server is busy, please try again later.' },
  ShardWriteQuotaExceed: { status: 403, message: 'Shard write quota exceed.' },
  SignatureNotMatch: { status: 401, message: 'Signature is not matched.' },
  Unauthorized: { status: 401, message: 'The AccessKeyId is unauthorized.' },
  WriteQuotaExceed: { status: 403, message: 'Write quota is exceeded.' },
  SandboxUnsupportedAnalytics: {
    status: 400,
    message: 'The sandbox does not model this form of analytic statement.',
  },
  SandboxUnsupportedOperation: {
    status: 400,
    message: 'The sandbox does not model this operation of Log Service.',
  },
  SandboxUnsupportedParameter: {
    status: 400,
    message: 'The sandbox does not model this parameter.',
  },
  SandboxUnsupportedQuery: {
    status: 400,
    message: 'The sandbox does not model this form of search.',
  },
};

/** A row of the table as an error. Never put a credential or a signature in the message. */
export function logError(code: string, message?: string): ServiceError {
  return errorFrom(LOG_SERVICE_ERRORS, code, message === undefined ? {} : { message });
}
