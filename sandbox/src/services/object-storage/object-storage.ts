import { createHash, createHmac, randomBytes } from 'node:crypto';
import { headerOf } from '../../protocols/header.ts';
import { isSameText } from '../../protocols/is-same-text.ts';
import { type ErrorTable, errorFrom, type ServiceError } from '../../protocols/service-error.ts';
import { hostName, isCloudName } from '../../server/host-name.ts';
import type { Call, HttpAnswer, HttpRequest, HttpService } from '../../server/http-service.ts';
import type { Caller, Credentials } from '../../world/identities.ts';
import type { World } from '../../world/world.ts';

/** Object Storage Service, as far as Function Compute takes code from it and hands it out. */
export interface ObjectStorage extends HttpService {
  /** Temporary credentials that may put this one object, for half an hour. */
  grantUpload(object: ObjectName): Credentials;
  put(object: ObjectName, data: Buffer): void;
  get(object: ObjectName): Buffer | undefined;
  /** What there is, in the order it was first put. */
  objects(): readonly StoredObject[];
  /**
   * A URL that anybody may download the object with, for who came by this Host: at the bucket's own for
   * one of the cloud, else there.
   */
  signedUrl(host: string, object: ObjectName, validSeconds: number): string;
}

export interface ObjectName {
  readonly bucket: string;
  /** Without a slash in front. */
  readonly key: string;
}

export interface StoredObject {
  /** `/{bucket}/{key}` */
  readonly path: string;
  readonly bytes: number;
}

/** By operation. */
export const OBJECT_STORAGE_OPERATIONS = ['GetObject', 'PutObject'] as const;

/** Source: OSS, "Error codes" and the pages of PutObject and GetObject. */
export const OBJECT_STORAGE_ERRORS = {
  AccessDenied: { status: 403, message: 'You have no right to access this object.' },
  InternalError: { status: 500, message: 'Please contact the server administrator.' },
  InvalidAccessKeyId: {
    status: 403,
    message: 'The OSS Access Key Id you provided does not exist in our records.',
  },
  InvalidArgument: { status: 400, message: 'Authorization header is invalid.' },
  InvalidDigest: { status: 400, message: 'The Content-MD5 you specified was invalid.' },
  InvalidSecurityToken: {
    status: 403,
    message: 'The security token you provided is invalid.',
  },
  MethodNotAllowed: {
    status: 405,
    message: 'The sandbox models PutObject and GetObject only.',
  },
  NoSuchKey: { status: 404, message: 'The specified key does not exist.' },
  RequestTimeTooSkewed: {
    status: 403,
    message: 'The difference between the request time and the current time is too large.',
  },
  SecurityTokenExpired: {
    status: 403,
    message: 'The security token you provided has expired.',
  },
  SignatureDoesNotMatch: {
    status: 403,
    message: 'The request signature we calculated does not match the signature you provided.',
  },
} as const satisfies ErrorTable;

const SERVICE = 'object-storage';
const GRANT_MS = 30 * 60 * 1000;
const TIME_TOLERANCE_MS = 15 * 60 * 1000;

interface Grant {
  readonly credentials: Credentials;
  readonly object: ObjectName;
  readonly expiresAtMs: number;
}

/** Objects in memory. Every key is one that `grantUpload` or `signedUrl` has given out. */
export function createObjectStorage({ world }: { readonly world: World }): ObjectStorage {
  const objects = new Map<string, Buffer>();
  const grants = new Map<string, Grant>();
  const downloadKey = { id: `LTAI5t${randomText(18)}`, secret: randomText(30) };

  function authenticatePut(request: HttpRequest): Caller {
    const [, keyId = '', signature = ''] =
      /^OSS ([^:]+):(\S+)$/.exec(headerOf(request, 'authorization') ?? '') ?? [];
    if (signature === '') throw ossError('InvalidArgument');
    const grant = grants.get(keyId);
    if (grant === undefined) throw ossError('InvalidAccessKeyId');
    const { credentials, object } = grant;
    if (headerOf(request, 'x-oss-security-token') !== credentials.securityToken) {
      throw ossError('InvalidSecurityToken');
    }
    if (world.clock.now() >= grant.expiresAtMs) throw ossError('SecurityTokenExpired');
    const date = headerOf(request, 'x-oss-date') ?? headerOf(request, 'date') ?? '';
    const text = stringToSign(request, date);
    if (!isSameText(signature, sign(credentials.accessKeySecret, text))) {
      throw ossError('SignatureDoesNotMatch');
    }
    // The real time: SDKs sign with it, whatever the sandbox's clock says.
    if (!(Math.abs(Date.parse(date) - Date.now()) <= TIME_TOLERANCE_MS)) {
      throw ossError('RequestTimeTooSkewed');
    }
    return { accountId: SERVICE, allows: (_action, resource) => resource === pathOf(object) };
  }

  function authenticateGet(request: HttpRequest): Caller {
    const expires = request.query.get('Expires') ?? '';
    if (request.query.get('OSSAccessKeyId') !== downloadKey.id)
      throw ossError('InvalidAccessKeyId');
    const expected = sign(downloadKey.secret, downloadText(expires, objectOf(request)));
    if (!isSameText(request.query.get('Signature') ?? '', expected)) {
      throw ossError('SignatureDoesNotMatch');
    }
    if (world.clock.now() >= Number(expires) * 1000) throw ossError('AccessDenied');
    return { accountId: SERVICE, allows: () => true };
  }

  function handle({ operation, request }: Call, caller: Caller): HttpAnswer {
    const object = objectOf(request);
    if (!caller.allows(`oss:${operation}`, pathOf(object))) throw ossError('AccessDenied');
    if (operation === 'GetObject') {
      const data = objects.get(pathOf(object));
      if (data === undefined) throw ossError('NoSuchKey');
      return answer(200, data);
    }
    const contentMd5 = headerOf(request, 'content-md5');
    const md5 = createHash('md5').update(request.body);
    if (contentMd5 !== undefined && contentMd5 !== md5.digest('base64')) {
      throw ossError('InvalidDigest');
    }
    objects.set(pathOf(object), request.body);
    return answer(200, Buffer.alloc(0));
  }

  return {
    grantUpload(object) {
      const credentials = {
        accessKeyId: `STS.${randomText(24)}`,
        accessKeySecret: randomText(44),
        securityToken: `CAIS${randomText(200)}`,
      };
      const expiresAtMs = world.clock.now() + GRANT_MS;
      grants.set(credentials.accessKeyId, { credentials, object, expiresAtMs });
      return credentials;
    },
    put: (object, data) => void objects.set(pathOf(object), data),
    get: (object) => objects.get(pathOf(object)),
    objects: () => [...objects].map(([path, data]) => ({ path, bytes: data.length })),
    signedUrl(host, object, validSeconds) {
      const expires = String(Math.floor(world.clock.now() / 1000) + validSeconds);
      const query = new URLSearchParams({
        Expires: expires,
        OSSAccessKeyId: downloadKey.id,
        Signature: sign(downloadKey.secret, downloadText(expires, object)),
      });
      if (isCloudName(hostName(host))) {
        return `https://${object.bucket}.oss-${world.region}.aliyuncs.com/${object.key}?${query}`;
      }
      // A loopback address has no label that is the bucket's.
      query.set('bucket', object.bucket);
      return `http://${host}/${object.key}?${query}`;
    },

    errors: OBJECT_STORAGE_ERRORS,
    identify: (request) => {
      const isSigned = headerOf(request, 'authorization')?.startsWith('OSS ') ?? false;
      if (!isSigned && !request.query.has('OSSAccessKeyId')) return undefined;
      return { service: SERVICE, operation: operationOf(request), apiVersion: '' };
    },
    authenticate: ({ operation, request }) => {
      if (operation === 'PutObject') return authenticatePut(request);
      if (operation === 'GetObject') return authenticateGet(request);
      throw ossError('MethodNotAllowed');
    },
    quota: () => undefined,
    throttled: () => ossError('InternalError'),
    handle: async (call, caller) => handle(call, caller),
    renderError: (error, call) =>
      answer(
        error.status,
        Buffer.from(
          `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code>` +
            `<Message>${error.message}</Message><RequestId>${call.requestId}</RequestId></Error>\n`,
        ),
        { 'content-type': 'application/xml' },
      ),
  };

  function answer(status: number, body: Buffer, headers: Record<string, string> = {}): HttpAnswer {
    return { status, headers: { 'x-oss-request-id': world.newRequestId(), ...headers }, body };
  }
}

function operationOf(request: HttpRequest): string {
  const isSigned = headerOf(request, 'authorization') !== undefined;
  if (request.method === 'PUT' && isSigned && request.query.size === 0) return 'PutObject';
  if (request.method === 'GET' && !isSigned) return 'GetObject';
  return `${request.method} ${request.path}`;
}

/** The bucket is the first label of the Host, whatever address the request was sent to. */
function objectOf(request: HttpRequest): ObjectName {
  const bucket = request.query.get('bucket') ?? headerOf(request, 'host')?.split('.')[0] ?? '';
  return { bucket, key: decodeURIComponent(request.path.slice(1)) };
}

function pathOf({ bucket, key }: ObjectName): string {
  return `/${bucket}/${key}`;
}

/** Source: OSS, "Include signatures in the Authorization header" (V1). */
function stringToSign(request: HttpRequest, date: string): string {
  const ossHeaders = Object.keys(request.headers)
    .filter((name) => name.startsWith('x-oss-'))
    .sort()
    .map((name) => `${name}:${headerOf(request, name)?.trim() ?? ''}\n`);
  const lines = [
    request.method,
    headerOf(request, 'content-md5') ?? '',
    headerOf(request, 'content-type') ?? '',
    date,
    '',
  ];
  return lines.join('\n') + ossHeaders.join('') + pathOf(objectOf(request));
}

/** Source: OSS, "Add signatures to URLs" (V1). */
function downloadText(expires: string, object: ObjectName): string {
  return `GET\n\n\n${expires}\n${pathOf(object)}`;
}

function sign(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text).digest('base64');
}

function ossError(code: keyof typeof OBJECT_STORAGE_ERRORS): ServiceError {
  return errorFrom(OBJECT_STORAGE_ERRORS, code);
}

function randomText(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length);
}
