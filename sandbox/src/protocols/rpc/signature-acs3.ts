import { createHash, createHmac } from 'node:crypto';
import type { HttpRequest } from '../../server/http-service.ts';
import { headerOf } from '../header.ts';
import { isSameText } from '../is-same-text.ts';
import { errorFrom } from '../service-error.ts';
import { gatewayErrors, missingPart } from './errors.ts';
import { canonicalQuery } from './percent-encode.ts';
import type { SignedRequest } from './signed-request.ts';

const ALGORITHM = 'ACS3-HMAC-SHA256';

/** Whether the request carries a signature of this style, right or wrong. */
export function isAcs3(request: HttpRequest): boolean {
  return request.headers.authorization?.startsWith('ACS3-') ?? false;
}

/**
 * ACS3-HMAC-SHA256: over method, path, query, the headers it names and the body's hash. Throws a
 * `ServiceError` for a part that is missing, not signed, or not modelled.
 * Source: help.aliyun.com, "Request syntax and signature method V3".
 */
export function readAcs3(request: HttpRequest): SignedRequest {
  const { algorithm, accessKeyId, signedHeaders, signature } = readAuthorization(
    request.headers.authorization ?? '',
  );
  if (algorithm !== ALGORITHM || headerOf(request, 'x-acs-signature-type') !== undefined) {
    throw errorFrom(gatewayErrors, 'SandboxUnsupportedSignature');
  }
  const nonce = required(request, 'x-acs-signature-nonce');
  const timestamp = required(request, 'x-acs-date');
  const claimedHash = required(request, 'x-acs-content-sha256');
  const unsigned = Object.keys(request.headers).filter(
    (name) => (name === 'host' || name.startsWith('x-acs-')) && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw errorFrom(gatewayErrors, 'IncompleteSignature', {
      message: `${gatewayErrors.IncompleteSignature?.message} Not signed: ${unsigned.join(', ')}.`,
    });
  }
  const namedKey = headerOf(request, 'x-acs-accesskey-id');
  if (namedKey !== undefined && namedKey !== accessKeyId) {
    throw errorFrom(gatewayErrors, 'IncompleteSignature', {
      message: `${gatewayErrors.IncompleteSignature?.message} x-acs-accesskey-id is not the key of the credential.`,
    });
  }
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  const canonicalRequest = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    signedHeaders.map((name) => `${name}:${headerOf(request, name)?.trim() ?? ''}\n`).join(''),
    signedHeaders.join(';'),
    bodyHash,
  ].join('\n');
  const stringToSign = `${ALGORITHM}\n${createHash('sha256').update(canonicalRequest).digest('hex')}`;
  return {
    accessKeyId,
    securityToken: headerOf(request, 'x-acs-security-token'),
    nonce,
    timestamp,
    matches: (accessKeySecret) =>
      isSameText(claimedHash, bodyHash) &&
      isSameText(
        signature,
        createHmac('sha256', accessKeySecret).update(stringToSign).digest('hex'),
      ),
  };
}

function readAuthorization(text: string) {
  const match =
    /^(?<algorithm>\S+) +Credential=(?<key>[^,]+), *SignedHeaders=(?<headers>[^,]+), *Signature=(?<signature>[0-9a-f]+)$/.exec(
      text,
    );
  const { algorithm, key, headers, signature } = match?.groups ?? {};
  if (
    algorithm === undefined ||
    key === undefined ||
    headers === undefined ||
    signature === undefined
  ) {
    throw errorFrom(gatewayErrors, 'IncompleteSignature');
  }
  return { algorithm, accessKeyId: key, signedHeaders: headers.split(';'), signature };
}

function required(request: HttpRequest, name: string): string {
  const value = headerOf(request, name);
  if (value === undefined) {
    throw missingPart(name);
  }
  return value;
}
