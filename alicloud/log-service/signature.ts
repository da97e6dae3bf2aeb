import { createHmac } from 'node:crypto';
import type { Credentials } from '../credentials.ts';

/** What is signed of a request. */
export interface SignedParts {
  readonly method: string;
  /** Without the query, and not percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case; must hold `date`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The value of the header `authorization`: HMAC-SHA1, signature method `hmac-sha1`. */
export function authorization(parts: SignedParts, credentials: Credentials): string {
  const signature = createHmac('sha1', credentials.accessKeySecret)
    .update(stringToSign(parts), 'utf8')
    .digest('base64');
  return `LOG ${credentials.accessKeyId}:${signature}`;
}

/** Exported for the tests: the current official client signs the same text with SHA-256. */
export function stringToSign({ method, path, query, headers }: SignedParts): string {
  const names = Object.keys(headers)
    .filter((name) => name.startsWith('x-log-') || name.startsWith('x-acs-'))
    .sort();
  const pairs = Object.keys(query)
    .sort()
    .map((name) => `${name}=${query[name]}`);
  return [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers.date ?? '',
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    pairs.length === 0 ? path : `${path}?${pairs.join('&')}`,
  ].join('\n');
}
