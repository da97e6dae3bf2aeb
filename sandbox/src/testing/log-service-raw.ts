import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { Credentials } from '../world/identities.ts';

export interface RawRequest {
  readonly port: number;
  readonly method: string;
  /** With the query. The signature expects it without characters to escape. */
  readonly path: string;
  readonly credentials: Credentials;
  readonly body?: Buffer;
  /** Signed as given; `undefined` leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Set after signing, so that the signature does not fit. */
  readonly tampered?: Readonly<Record<string, string>>;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
}

/** A request written by hand, for what no SDK sends. Signed with hmac-sha1. */
export function sendRaw(given: RawRequest): Promise<RawAnswer> {
  const { port, method, path, credentials, body = Buffer.alloc(0) } = given;
  const headers: Record<string, string> = {};
  const wanted: Record<string, string | undefined> = {
    host: `audit.127.0.0.1:${port}`,
    date: new Date().toUTCString(),
    'content-type': 'application/x-protobuf',
    'content-md5': createHash('md5').update(body).digest('hex').toUpperCase(),
    'x-log-apiversion': '0.6.0',
    'x-log-bodyrawsize': String(body.length),
    'x-log-signaturemethod': 'hmac-sha1',
    'x-acs-security-token': credentials.securityToken,
    ...given.headers,
  };
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== undefined) headers[name] = value;
  }
  const custom = Object.keys(headers).filter((name) => /^x-(?:log|acs)-/.test(name));
  const text = [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers.date ?? '',
    ...custom.sort().map((name) => `${name}:${headers[name]}`),
    path,
  ].join('\n');
  const signature = createHmac('sha1', credentials.accessKeySecret).update(text).digest('base64');
  headers.authorization ??= `LOG ${credentials.accessKeyId}:${signature}`;
  Object.assign(headers, given.tampered);

  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString();
        const error: unknown = answer.startsWith('{') ? JSON.parse(answer) : {};
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: answer,
          errorCode: textIn(error, 'errorCode'),
          errorMessage: textIn(error, 'errorMessage'),
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function textIn(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof found === 'string' ? found : undefined;
}
