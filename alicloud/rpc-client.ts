import { Agent as HttpAgent, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
// The package's main file would bring an XML parser that nothing here uses.
import RPCClient from '@alicloud/pop-core/lib/rpc.js';
import * as v from 'valibot';
import { CloudError } from '../workflows/onboarding/errors.ts';
import type { CallOptions } from '../workflows/onboarding/ports.ts';
import { type CredentialSource, type Credentials, perCredentials } from './credentials.ts';
import { parseEndpoint } from './endpoint.ts';
import { connectionErrorCode, malformedAnswer, noAnswer, retryAfterMs } from './failure.ts';
import { createRedact, type Redact } from './redact.ts';
import { withTimeout } from './timeout.ts';

export interface RpcAnswer {
  /** Integers over 15 digits are BigNumber objects: `exactId` reads them. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly statusCode: number;
  readonly requestId?: string;
}

/** Of one product, such as Cloud Config. */
export interface RpcClient {
  /** One request, never repeated. Parameters that are `undefined` are left out. */
  call(
    apiVersion: string,
    operation: string,
    params: Readonly<Record<string, string | number | boolean | undefined>>,
    options: CallOptions,
  ): Promise<RpcAnswer>;
}

export interface RpcClientOptions {
  /** Base URL, for example `https://config.cn-shanghai.aliyuncs.com`. */
  readonly endpoint: string;
  readonly credentials: Credentials | CredentialSource;
  /** Called before every request. Default: nothing is counted. */
  readonly countCall?: () => void;
}

/** With `verbose`, which its types don't declare, an answer comes with its HTTP status. */
class StatusReportingClient extends RPCClient {
  readonly verbose = true;
}

/** Ours ends a call; httpx's own timeouts only have to be later. */
const LATER_MS = 1_000;

const httpResponse = v.object({
  response: v.object({
    statusCode: v.number(),
    headers: v.object({ 'x-acs-retry-after': v.optional(v.unknown()) }),
  }),
});

const accepted = v.tuple([v.unknown(), httpResponse]);

const refused = v.object({
  data: v.object({
    Code: v.union([v.string(), v.number()]),
    Message: v.nullish(v.string(), ''),
    RequestId: v.nullish(v.string()),
  }),
  entry: httpResponse,
});

export function createRpcClient(options: RpcClientOptions): RpcClient {
  const { credentials, countCall = () => undefined } = options;
  const url = parseEndpoint(options.endpoint);
  // A frozen function instance wakes up with dead sockets: keep none.
  const Agent = url.protocol === 'https:' ? HttpsAgent : HttpAgent;
  const agent = new Agent({ keepAlive: false });
  const signing = perCredentials(credentials, (now) => {
    const clients = new Map<string, StatusReportingClient>();
    return {
      redact: createRedact(now),
      clientOf(apiVersion: string): StatusReportingClient {
        const client =
          clients.get(apiVersion) ??
          new StatusReportingClient({ endpoint: url.origin, apiVersion, ...now });
        clients.set(apiVersion, client);
        return client;
      },
    };
  });

  function translate(operation: string, error: unknown, redact: Redact): CloudError {
    const service = v.safeParse(refused, error);
    if (service.success) {
      const { data, entry } = service.output;
      const waitMs = retryAfterMs(entry.response.headers['x-acs-retry-after']);
      return new CloudError({
        operation,
        code: String(data.Code),
        // Not the error's own message: that one ends with the URL.
        message: redact(data.Message ?? ''),
        statusCode: entry.response.statusCode,
        ...(typeof data.RequestId === 'string' && { requestId: data.RequestId }),
        retryAfterMs: waitMs,
      });
    }
    const connection = connectionErrorCode(error);
    if (connection !== undefined) {
      return noAnswer(operation, connection);
    }
    // HTML, an empty or a cut body is a rejection with a plain object, `null` a TypeError.
    return malformedAnswer(operation, 'the body is not a JSON object');
  }

  return {
    async call(apiVersion, operation, params, { timeoutMs }) {
      const { clientOf, redact } = await signing();
      const answered = await withTimeout(operation, timeoutMs, async (signal) => {
        countCall();
        try {
          return await clientOf(apiVersion).request<unknown>(operation, given(params), {
            // In a GET's URL the signature would end up in error messages.
            method: 'POST',
            agent,
            timeout: timeoutMs + LATER_MS,
            beforeRequest: (request: RequestOptions) => ({ ...request, signal }),
          });
        } catch (error) {
          throw translate(operation, error, redact);
        }
      });
      const parsed = v.safeParse(accepted, answered);
      if (!parsed.success) {
        throw malformedAnswer(operation, 'no status');
      }
      const [body, { response }] = parsed.output;
      const { statusCode } = response;
      if (!isRecord(body)) {
        throw malformedAnswer(operation, 'the body is not a JSON object', { statusCode });
      }
      const requestId = typeof body.RequestId === 'string' ? { requestId: body.RequestId } : {};
      // pop-core looks at `Code` only, and takes a 500 without one for a success.
      if (statusCode < 200 || statusCode > 299) {
        throw malformedAnswer(operation, `status ${statusCode} without a code`, {
          statusCode,
          ...requestId,
        });
      }
      return { body, statusCode, ...requestId };
    },
  };
}

/** pop-core would send the text `undefined`. */
function given(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An account id as exact text. Some answers have a string, some an integer; one of over 15 digits
 * comes out of pop-core's parser as a BigNumber.
 */
export const exactId = v.pipe(
  v.custom<string | number | object>(isId, 'not an id'),
  v.transform(String),
);

function isId(value: unknown): boolean {
  if (typeof value === 'string') {
    return value !== '';
  }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value);
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    '_isBigNumber' in value &&
    /^\d+$/.test(String(value))
  );
}

/** The parts of an answer that are used; unknown ones are ignored. Throws a malformed answer. */
export function parseAnswer<S extends v.GenericSchema>(
  operation: string,
  schema: S,
  answer: RpcAnswer,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer.body, { abortEarly: true });
  if (parsed.success) {
    return parsed.output;
  }
  const [issue] = parsed.issues;
  throw malformedAnswer(operation, `${v.getDotPath(issue) ?? 'the body'} is missing or wrong`, {
    statusCode: answer.statusCode,
    requestId: answer.requestId,
  });
}
