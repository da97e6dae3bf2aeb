import { type ErrorTable, errorFrom, ServiceError } from '../service-error.ts';

/**
 * What the gateway answers before a product sees the call.
 * Sources: help.aliyun.com document_detail/48054 and 434846 (a product's page of gateway errors);
 * api.aliyun.com's error centre.
 */
export const gatewayErrors = {
  'Forbidden.RAM': {
    status: 403,
    message:
      'User not authorized to operate on the specified resource, or this API doesn’t support RAM.',
  },
  IncompleteSignature: {
    status: 400,
    message: 'The request signature does not conform to Aliyun standards.',
  },
  InternalError: {
    status: 500,
    message: 'The request processing has failed due to some unknown error.',
  },
  'InvalidAccessKeyId.NotFound': { status: 404, message: 'Specified access key is not found.' },
  'InvalidAction.NotFound': {
    status: 404,
    message: 'Specified api is not found, please check your url and method.',
  },
  InvalidParameter: { status: 400, message: 'The specified parameter is not valid.' },
  'InvalidSecurityToken.Expired': { status: 403, message: 'Specified SecurityToken is expired.' },
  'InvalidSecurityToken.Malformed': {
    status: 400,
    message: 'Specified SecurityToken is malformed.',
  },
  'InvalidTimeStamp.Expired': {
    status: 400,
    message: 'Specified time stamp or date value is expired.',
  },
  'InvalidTimeStamp.Format': {
    status: 400,
    message: 'Specified time stamp or date value is not well formatted.',
  },
  MissingParameter: {
    status: 400,
    message: 'An input parameter that is mandatory for processing this request is not supplied.',
  },
  SandboxUnsupportedFormat: {
    status: 400,
    message: 'The sandbox answers in JSON only: send Format=JSON.',
  },
  SandboxUnsupportedHeader: { status: 400, message: 'The sandbox does not model this header.' },
  SandboxUnsupportedSignature: {
    status: 400,
    message: 'The sandbox verifies HMAC-SHA1 (RPC, version 1.0) and ACS3-HMAC-SHA256 only.',
  },
  ServiceUnavailable: {
    status: 503,
    message: 'The request has failed due to a temporary failure of the server.',
  },
  SignatureDoesNotMatch: {
    status: 400,
    message: 'Specified signature is not matched with our calculation.',
  },
  SignatureNonceUsed: { status: 400, message: 'Specified signature nonce was used already.' },
  Throttling: { status: 400, message: 'Request was denied due to request throttling.' },
  'Throttling.Api': { status: 400, message: 'Request was denied due to api flow control.' },
  'Throttling.User': { status: 400, message: 'Request was denied due to user flow control.' },
} as const satisfies ErrorTable;

/** An operation's own parameter that is not there. */
export function missingParameter(name: string): ServiceError {
  return errorFrom(gatewayErrors, 'MissingParameter', {
    message: `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
  });
}

/** A part of the signature that is not there: the code has its name, so no table has it. */
export function missingPart(name: string): ServiceError {
  return new ServiceError(`Missing${name}`, 400, `${name} is mandatory for this action.`);
}
