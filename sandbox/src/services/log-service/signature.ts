import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isSameText } from '../../protocols/is-same-text.ts';

/** `x-log-signaturemethod`: the older SDKs' and documentation's sha1, and the current SDK's sha256. */
const HASH_OF_METHOD: Readonly<Record<string, string>> = {
  'hmac-sha1': 'sha1',
  'hmac-sha256': 'sha256',
};

export function isKnownMethod(method: string): boolean {
  return Object.hasOwn(HASH_OF_METHOD, method);
}

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Signature v1. The string is UTF-8; `x-log-date`, where given, stands for Date.
 * Source: help.aliyun.com "Request signatures", and the two SDKs.
 */
export function stringToSign({ method, path, query, headers }: SignedRequest): string {
  const headerLines = Object.keys(headers)
    .filter((name) => name.startsWith('x-log-') || name.startsWith('x-acs-'))
    .sort()
    .map((name) => `${name}:${textOf(headers[name])}`);
  const pairs = [...query].map(([key, value]) => `${key}=${value}`).sort();
  const resource = pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
  return [
    method,
    textOf(headers['content-md5']),
    textOf(headers['content-type']),
    textOf(headers['x-log-date'] ?? headers.date),
    ...headerLines,
    resource,
  ].join('\n');
}

/** `method` must be known. */
export function signatureMatches(
  signature: string,
  text: string,
  secret: string,
  method: string,
): boolean {
  const hash = HASH_OF_METHOD[method];
  if (hash === undefined) return false;
  return isSameText(signature, createHmac(hash, secret).update(text, 'utf8').digest('base64'));
}

function textOf(header: string | string[] | undefined): string {
  if (header === undefined) return '';
  return (Array.isArray(header) ? header.join(',') : header).trim();
}
