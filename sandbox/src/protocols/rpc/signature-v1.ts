import { createHmac } from 'node:crypto';
import { isSameText } from '../is-same-text.ts';
import { errorFrom } from '../service-error.ts';
import { gatewayErrors, missingPart } from './errors.ts';
import { canonicalQuery, percentEncode } from './percent-encode.ts';
import type { SignedRequest } from './signed-request.ts';

/**
 * RPC signature version 1.0 with HMAC-SHA1: over the method and all parameters, whether they came
 * in the query or the form. Throws a `ServiceError` for a part that is missing or not modelled.
 * Source: help.aliyun.com, "Request syntax and signature method V2 for RPC".
 */
export function readSignatureV1(
  method: string,
  parameters: ReadonlyMap<string, string>,
): SignedRequest {
  const required = (name: string): string => {
    const value = parameters.get(name);
    if (value === undefined || value === '') {
      throw missingPart(name);
    }
    return value;
  };
  const accessKeyId = required('AccessKeyId');
  const signature = required('Signature');
  const algorithm = required('SignatureMethod');
  const version = required('SignatureVersion');
  if (algorithm !== 'HMAC-SHA1' || version !== '1.0' || parameters.get('SignatureType')) {
    throw errorFrom(gatewayErrors, 'SandboxUnsupportedSignature');
  }
  return {
    accessKeyId,
    // An empty one is none, as for every parameter.
    securityToken: parameters.get('SecurityToken') || undefined,
    nonce: required('SignatureNonce'),
    timestamp: required('Timestamp'),
    matches: (accessKeySecret) =>
      isSameText(signature, signV1(method, parameters, accessKeySecret)),
  };
}

/** The signature of these parameters, whatever they hold as theirs. */
export function signV1(
  method: string,
  parameters: Iterable<readonly [string, string]>,
  accessKeySecret: string,
): string {
  const signed = [...parameters].filter(([name]) => name !== 'Signature');
  const stringToSign = `${method}&${percentEncode('/')}&${percentEncode(canonicalQuery(signed))}`;
  return createHmac('sha1', `${accessKeySecret}&`).update(stringToSign).digest('base64');
}
