import { createHash, createHmac } from 'node:crypto';
import { isSameText } from '../../protocols/is-same-text.ts';
import type { HttpRequest } from '../../server/http-service.ts';
import { functionComputeError } from './errors.ts';

export interface Fc2SignedRequest {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
  /** RFC 1123, as sent. */
  readonly date: string;
  matches(accessKeySecret: string): boolean;
}

/**
 * FC 2.0's own signature, `FC {key id}:{HMAC-SHA256}`: over method, content-md5, content-type, date,
 * the `x-fc-*` headers and the path; the body by its content-md5. Throws a `ServiceError` for a part
 * that is missing. Source: "Signature authentication" of FC 2.0, and what `@alicloud/fc2` sends.
 */
export function readFc2Signature(request: HttpRequest): Fc2SignedRequest {
  const date = required(request, 'date');
  const match = /^FC ([^:]+):(\S+)$/.exec(required(request, 'authorization'));
  const [, accessKeyId, signature] = match ?? [];
  if (accessKeyId === undefined || signature === undefined) {
    throw functionComputeError(
      'InvalidArgument',
      'The authorization header is not FC id:signature',
    );
  }
  const contentMd5 = header(request, 'content-md5');
  const fcHeaders = Object.keys(request.headers)
    .filter((name) => name.startsWith('x-fc-'))
    .sort()
    .map((name) => `${name}:${header(request, name)}\n`);
  const stringToSign =
    [request.method, contentMd5, header(request, 'content-type'), date, ''].join('\n') +
    fcHeaders.join('') +
    decodeURIComponent(request.path);
  return {
    accessKeyId,
    securityToken: request.headers['x-fc-security-token']?.toString(),
    date,
    matches: (accessKeySecret) =>
      (contentMd5 === '' ? request.body.length === 0 : isSameText(contentMd5, md5(request.body))) &&
      isSameText(
        signature,
        createHmac('sha256', accessKeySecret).update(stringToSign).digest('base64'),
      ),
  };
}

/** Base64 of the digest in hexadecimal, as the SDK computes it. */
function md5(body: Buffer): string {
  return Buffer.from(createHash('md5').update(body).digest('hex')).toString('base64');
}

function header(request: HttpRequest, name: string): string {
  return request.headers[name]?.toString() ?? '';
}

function required(request: HttpRequest, name: string): string {
  const value = header(request, name);
  if (value === '') {
    throw functionComputeError(
      'MissingRequiredHeader',
      `required HTTP header ${name} was not specified`,
    );
  }
  return value;
}
