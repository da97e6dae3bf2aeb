import { addAbortSignal, Readable } from 'node:stream';
import * as sdk from '@alicloud/fc20230330';
import { openApiConfig, unwrapDefault } from '../open-api.ts';
import { openApiFailure } from '../open-api-failure.ts';
import { createRedact } from '../redact.ts';
import {
  type FunctionTarget,
  type InvocationAnswer,
  OPERATION,
  type SendInvocation,
} from './invocation.ts';

const Client = unwrapDefault(sdk.default);

/** Function Compute 3.0. */
export function createFc3({ name, region, endpoint, credentials }: FunctionTarget): SendInvocation {
  const redact = createRedact(credentials);

  return async ({ payload, type, taskId, timeoutMs, signal }): Promise<InvocationAnswer> => {
    // One for each invocation: the headers and the timeouts are its own.
    const client = new Client(
      openApiConfig({
        endpoint,
        credentials,
        timeoutMs,
        regionId: region,
        headers: {
          'x-fc-invocation-type': type,
          ...(taskId !== undefined && { 'x-fc-async-task-id': taskId }),
        },
      }),
    );
    try {
      const { statusCode, headers, body } = await client.invokeFunction(
        name,
        // As one chunk of bytes: a stream of text ends the process.
        new sdk.InvokeFunctionRequest({ body: Readable.from([payload]) }),
      );
      return {
        statusCode: statusCode ?? 0,
        headers: headers ?? {},
        body: await drain(body, signal),
      };
    } catch (error) {
      throw openApiFailure(OPERATION, error, redact);
    }
  };
}

/** The answer's body comes as a stream, and its socket stays open until it was read. */
async function drain(body: Readable | undefined, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  if (body !== undefined) {
    for await (const chunk of addAbortSignal(signal, body)) {
      chunks.push(Buffer.from(chunk));
    }
  }
  return Buffer.concat(chunks);
}
