import { createHash } from 'node:crypto';
import { headerOf } from '../../protocols/header.ts';
import type { HttpRequest } from '../../server/http-service.ts';
import type { Caller, Identities } from '../../world/identities.ts';
import { logError } from './errors.ts';
import { isKnownMethod, signatureMatches, stringToSign } from './signature.ts';

const API_VERSION = '0.6.0';
const LARGEST_SKEW_MS = 15 * 60_000;
/** No operation takes more by any page: what is larger is refused before it is hashed. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

interface AuthenticateOptions {
  readonly identities: Identities;
  /** The real time, not the sandbox's: clients stamp requests with theirs. */
  wallNowMs(): number;
}

/** Who sent the request. Throws for a request that the real service would not let in. */
export function authenticate(request: HttpRequest, options: AuthenticateOptions): Caller {
  if (request.body.length > LARGEST_BODY_BYTES) throw logError('PostBodyTooLarge');
  const version = headerOf(request, 'x-log-apiversion');
  if (version === undefined) throw logError('MissingAPIVersion');
  if (version !== API_VERSION) {
    throw logError('InvalidAPIVersion', `x-log-apiversion ${version} is unsupported.`);
  }
  checkTime(request, options.wallNowMs());

  const { accessKeyId, signature, method } = authorizationOf(request);
  const found = options.identities.find(accessKeyId, headerOf(request, 'x-acs-security-token'));
  switch (found.kind) {
    case 'unknown-key':
      throw logError('Unauthorized', 'AccessKeyId not found.');
    case 'wrong-token':
      throw logError('Unauthorized', 'The security token you provided is invalid.');
    case 'expired-token':
      throw logError('Unauthorized', 'The security token you provided has expired.');
    case 'found':
      if (!signatureMatches(signature, stringToSign(request), found.accessKeySecret, method)) {
        throw logError('SignatureNotMatch');
      }
      checkBodyDigest(request);
      return found.caller;
  }
}

function authorizationOf(request: HttpRequest): {
  accessKeyId: string;
  signature: string;
  method: string;
} {
  const authorization = headerOf(request, 'authorization');
  if (authorization === undefined) throw logError('MissAccessKeyId');
  const scheme = authorization.split(' ', 1)[0] ?? '';
  if (/^SLS\d/.test(scheme)) {
    throw logError('InvalidSignatureMethod', `signature method ${scheme} is unsupported.`);
  }
  const match = /^LOG ([^:\s]+):([A-Za-z0-9+/=]+)$/.exec(authorization);
  const [, accessKeyId, signature] = match ?? [];
  if (accessKeyId === undefined || signature === undefined) {
    throw logError('ParameterInvalid', 'Http extend authorization is invalid.');
  }
  const method = headerOf(request, 'x-log-signaturemethod');
  if (method === undefined) throw logError('MissingSignatureMethod');
  if (!isKnownMethod(method)) {
    throw logError('InvalidSignatureMethod', `signature method ${method} is unsupported.`);
  }
  return { accessKeyId, signature, method };
}

function checkTime(request: HttpRequest, nowMs: number): void {
  const text = headerOf(request, 'x-log-date') ?? headerOf(request, 'date');
  if (text === undefined) throw logError('MissingDate');
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs) || !/ GMT$/.test(text)) {
    throw logError('InvalidRequestTime', `Request time ${text} not follow RFC822 spec.`);
  }
  if (Math.abs(atMs - nowMs) > LARGEST_SKEW_MS) {
    const server = new Date(nowMs).toUTCString();
    throw logError(
      'RequestTimeExpired',
      `Request time ${text} has been expired while server time is ${server}.`,
    );
  }
}

/**
 * The signature covers the body only through Content-MD5. The documentation gives no code for a
 * digest that does not fit; this one follows the pattern of its neighbours.
 */
function checkBodyDigest(request: HttpRequest): void {
  const given = headerOf(request, 'content-md5');
  if (request.body.length === 0 && given === undefined) return;
  const digest = createHash('md5').update(request.body).digest('hex').toUpperCase();
  if (given !== digest) {
    throw logError('ParameterInvalid', 'Http extend content-md5 is invalid.');
  }
}
