import { onTestFinished } from 'vitest';
import type { Credentials } from '../../../alicloud/credentials.ts';
import { createFunctionInvoker } from '../../../alicloud/function-compute/invoker.ts';
import { credentials } from './errors.ts';
import { type Answer, json, startRawServer, text } from './server.ts';

export const accountId = '1000000000000001';
export const answered = json({ runId: 'r-1' }, 200, { 'x-fc-request-id': 'F-1' });
export const accepted = text('', 202, { 'x-fc-request-id': 'F-2' });

/** The invoker of a function, before a bare server that gives these answers. */
export async function connectInvoker(
  functionName: string,
  answers: Answer[],
  given: Credentials = credentials,
) {
  const server = await startRawServer(...answers);
  onTestFinished(() => server.close());
  const invoker = createFunctionInvoker({
    functionName,
    accountId,
    region: 'cn-hangzhou',
    endpoint: server.url,
    credentials: given,
  });
  return { invoker, server };
}
