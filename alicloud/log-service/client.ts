import { createHash } from 'node:crypto';
import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import * as v from 'valibot';
import { CloudError } from '../../workflows/onboarding/errors.ts';
import { type CredentialSource, type Credentials, perCredentials } from '../credentials.ts';
import { parseEndpoint } from '../endpoint.ts';
import { type Exchange, exchange } from '../exchange.ts';
import { connectionErrorCode, malformedAnswer, noAnswer, retryAfterMs } from '../failure.ts';
import { createRedact } from '../redact.ts';
import { withTimeout } from '../timeout.ts';
import { projectHost } from './project-host.ts';
import { authorization } from './signature.ts';

export interface LogRequest {
  /** For the error, for example `PutLogs`. */
  readonly operation: string;
  readonly method: 'DELETE' | 'GET' | 'POST';
  /** Not percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly timeoutMs: number;
}

export interface LogAnswer {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface LogClient {
  /** One request, never repeated. Resolves for status 200 and a whole body, and for nothing else. */
  request(request: LogRequest): Promise<LogAnswer>;
}

export interface LogClientOptions {
  /** Base URL without the project, for example `https://cn-hangzhou.log.aliyuncs.com`. */
  readonly endpoint: string;
  readonly project: string;
  readonly credentials: Credentials | CredentialSource;
  /** Milliseconds since 1970, for the signed date. Default: the system's clock. */
  readonly now?: () => number;
}

const refused = v.union([
  v.pipe(
    v.object({ errorCode: v.string(), errorMessage: v.nullish(v.string(), '') }),
    v.transform(({ errorCode: code, errorMessage: message }) => ({ code, message })),
  ),
  // What the gateway in front of the service answers with.
  v.pipe(
    v.object({ Error: v.object({ Code: v.string(), Message: v.nullish(v.string(), '') }) }),
    v.transform(({ Error: { Code: code, Message: message } }) => ({ code, message })),
  ),
]);

/**
 * A client of ours, since of the official two `@alicloud/sls20201230` can't write, and
 * `@alicloud/log` takes a 503 with HTML, or an empty 500, for a success.
 */
export function createLogClient(options: LogClientOptions): LogClient {
  const { project, now: dateMs = Date.now } = options;
  const url = parseEndpoint(options.endpoint);
  const host = projectHost(url, project);
  const signing = perCredentials(options.credentials, (now) => ({
    credentials: now,
    redact: createRedact(now),
  }));
  const isHttps = url.protocol === 'https:';
  const send = isHttps ? httpsRequest : httpRequest;
  const target: RequestOptions = {
    host: host.connectTo,
    ...(url.port !== '' && { port: url.port }),
    // A frozen function instance wakes up with dead sockets: keep none.
    agent: isHttps ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false }),
  };

  function signedHeaders(request: LogRequest, credentials: Credentials): Record<string, string> {
    const { method, path, query = {}, body } = request;
    const headers: Record<string, string> = {
      ...request.headers,
      host: host.header,
      date: new Date(dateMs()).toUTCString(),
      'x-log-apiversion': '0.6.0',
      'x-log-signaturemethod': 'hmac-sha1',
      ...(body !== undefined && {
        'content-length': String(body.length),
        'content-md5': createHash('md5').update(body).digest('hex').toUpperCase(),
      }),
      ...(credentials.securityToken !== undefined && {
        'x-acs-security-token': credentials.securityToken,
      }),
    };
    headers.authorization = authorization({ method, path, query, headers }, credentials);
    return headers;
  }

  return {
    async request(request) {
      const { operation, method, path, query = {}, body, timeoutMs } = request;
      const { credentials, redact } = await signing();
      const answer = await withTimeout(operation, timeoutMs, async (signal) => {
        try {
          return await exchange(
            send({
              ...target,
              method,
              path: encodeTarget(path, query),
              headers: signedHeaders(request, credentials),
              signal,
            }),
            body,
          );
        } catch (error) {
          throw noAnswer(operation, connectionErrorCode(error) ?? 'the connection failed');
        }
      });
      if (answer.statusCode !== 200) {
        throw refusal(operation, answer, redact);
      }
      return answer;
    },
  };
}

function encodeTarget(path: string, query: Readonly<Record<string, string>>): string {
  const encodedPath = path.split('/').map(encodeURIComponent).join('/');
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return pairs.length === 0 ? encodedPath : `${encodedPath}?${pairs.join('&')}`;
}

function refusal(
  operation: string,
  { statusCode, headers, body }: Exchange,
  redact: (text: string) => string,
): CloudError {
  const id = headers['x-log-requestid'];
  const requestId = typeof id === 'string' ? { requestId: id } : {};
  const parsed = v.safeParse(refused, jsonOf(body));
  if (!parsed.success) {
    const reason = `status ${statusCode} without an error code`;
    return malformedAnswer(operation, reason, { statusCode, ...requestId });
  }
  const waitMs = retryAfterMs(headers['x-acs-retry-after']);
  return new CloudError({
    operation,
    code: parsed.output.code,
    message: redact(parsed.output.message ?? ''),
    statusCode,
    ...requestId,
    retryAfterMs: waitMs,
  });
}

/** `undefined` when it is not JSON. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
