import * as v from 'valibot';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import type { Credentials } from '../credentials.ts';
import { parseEndpoint } from '../endpoint.ts';
import { malformedAnswer } from '../failure.ts';
import { memoize } from '../memoize.ts';
import { createRedact } from '../redact.ts';
import { withTimeout } from '../timeout.ts';
import { FunctionFailed } from './function-failed.ts';
import {
  type FunctionTarget,
  type Invocation,
  type InvocationAnswer,
  OPERATION,
  parseFunctionName,
  type SendInvocation,
} from './invocation.ts';

export interface FunctionInvokerOptions {
  /** `name` on Function Compute 3.0, `service/name` on 2.0. */
  readonly functionName: string;
  /** The account that the function is in. */
  readonly accountId: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** Base URL. Default: the account's own in the region, `https://{id}.{region}.fc.aliyuncs.com`. */
  readonly endpoint?: string;
}

/** The body of an answer with `x-fc-error-type`. */
const ownError = v.object({
  errorMessage: v.nullish(v.string()),
  errorType: v.nullish(v.string()),
});

const json = v.pipe(v.string(), v.parseJson());

/**
 * Invokes one deployed function. Its SDK is loaded at the first call. Throws for a name that is
 * none, and for an endpoint that `parseEndpoint` refuses.
 */
export function createFunctionInvoker(options: FunctionInvokerOptions) {
  const { functionName, accountId, region, credentials } = options;
  const parsedName = parseFunctionName(functionName);
  if (parsedName === undefined) {
    throw new Error(`${functionName} is no function: give its name, or service/name on FC 2.0`);
  }
  const endpoint = parseEndpoint(
    options.endpoint ?? `https://${accountId}.${region}.fc.aliyuncs.com`,
  );
  const redact = createRedact(credentials);
  const target: FunctionTarget = { ...parsedName, accountId, region, endpoint, credentials };
  const connected = memoize(() => connectTo(target));

  function request(
    invocation: Pick<Invocation, 'payload' | 'type' | 'taskId'>,
    { timeoutMs }: CallOptions,
  ): Promise<InvocationAnswer> {
    return withTimeout(OPERATION, timeoutMs, async (signal) => {
      const send = await connected();
      return send({ ...invocation, timeoutMs, signal });
    });
  }

  return {
    async invoke(payload: unknown, callOptions: CallOptions) {
      const answer = await request({ payload: encode(payload), type: 'Sync' }, callOptions);
      const requestId = requestIdOf(answer);
      const errorType = answer.headers['x-fc-error-type'];
      if (typeof errorType === 'string') {
        throw functionFailed(errorType, answer, redact);
      }
      const parsed = v.safeParse(json, answer.body.toString());
      if (answer.statusCode !== 200 || !parsed.success) {
        const what = answer.statusCode === 200 ? 'the body is not JSON' : 'no result of a run';
        throw malformedAnswer(OPERATION, what, { statusCode: answer.statusCode, ...requestId });
      }
      return { ...requestId, answer: parsed.output };
    },

    async start(payload: unknown, taskId: string, callOptions: CallOptions) {
      const answer = await request(
        { payload: encode(payload), type: 'Async', taskId },
        callOptions,
      );
      const requestId = requestIdOf(answer);
      if (answer.statusCode !== 202) {
        const { statusCode } = answer;
        throw malformedAnswer(OPERATION, `status ${statusCode}, not 202`, {
          statusCode,
          ...requestId,
        });
      }
      return requestId;
    },
  };
}

/** Loaded when it is needed: each SDK takes a few tenths of a second. */
async function connectTo(target: FunctionTarget): Promise<SendInvocation> {
  const { service } = target;
  if (service === undefined) {
    const { createFc3 } = await import('./fc3.ts');
    return createFc3(target);
  }
  const { createFc2 } = await import('./fc2.ts');
  return createFc2({ ...target, service });
}

function encode(payload: unknown): Buffer {
  return Buffer.from(JSON.stringify(payload));
}

function requestIdOf({ headers }: InvocationAnswer): { readonly requestId?: string } {
  const id = headers['x-fc-request-id'];
  return typeof id === 'string' ? { requestId: id } : {};
}

function functionFailed(
  errorType: string,
  answer: InvocationAnswer,
  redact: (text: string) => string,
): FunctionFailed {
  const parsed = v.safeParse(v.pipe(json, ownError), answer.body.toString());
  const { errorMessage, errorType: errorName } = parsed.success ? parsed.output : {};
  return new FunctionFailed({
    errorType,
    message: redact(errorMessage ?? 'The function failed without a message.'),
    ...(typeof errorName === 'string' && { errorName }),
    ...requestIdOf(answer),
  });
}
