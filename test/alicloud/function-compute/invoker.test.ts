/** Against bare servers: what is sent, network faults, and answers that are none. */
import { createHash, createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Credentials } from '../../../alicloud/credentials.ts';
import { createFunctionInvoker } from '../../../alicloud/function-compute/invoker.ts';
import type { FunctionInvoker } from '../../../cli/operator.ts';
import { cloudErrorOf, credentials, expectNoSecret } from '../../support/adapters/errors.ts';
import {
  type Answer,
  faults,
  json,
  type RawServer,
  startRawServer,
  text,
} from '../../support/adapters/server.ts';
import { functionNames } from '../../support/cli/operator-functions.ts';

let server: RawServer;
afterEach(() => server.close());

const accountId = '1000000000000001';
const options = { timeoutMs: 5_000 };
const answered = json({ runId: 'r-1' }, 200, { 'x-fc-request-id': 'F-1' });
const accepted = text('', 202, { 'x-fc-request-id': 'F-2' });

async function connect(
  functionName: string,
  answers: Answer[],
  given: Credentials = credentials,
): Promise<FunctionInvoker> {
  server = await startRawServer(...answers);
  return createFunctionInvoker({
    functionName,
    accountId,
    region: 'cn-hangzhou',
    endpoint: server.url,
    credentials: given,
  });
}

describe.each(functionNames)('%s', (version, functionName) => {
  const path =
    version === 'FC 3.0'
      ? '/2023-03-30/functions/backfill/invocations'
      : '/2016-08-15/services/onboarding/functions/backfill/invocations';
  const taskHeader =
    version === 'FC 3.0' ? 'x-fc-async-task-id' : 'x-fc-stateful-async-invocation-id';
  const tokenHeader = version === 'FC 3.0' ? 'x-acs-security-token' : 'x-fc-security-token';
  const refusal = (code: string, message: string) =>
    version === 'FC 3.0'
      ? { RequestId: 'F-3', Code: code, Message: message }
      : { ErrorCode: code, ErrorMessage: message };

  it('invokes, and gives back what the function answered', async () => {
    const invoker = await connect(functionName, [answered]);
    expect(await invoker.invoke({ dryRun: true }, options)).toEqual({
      requestId: 'F-1',
      answer: { runId: 'r-1' },
    });
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'POST', target: path });
    expect(request?.body.toString()).toBe('{"dryRun":true}');
    expect(request?.headers).toMatchObject({
      'x-fc-invocation-type': 'Sync',
      'content-type': 'application/octet-stream',
      [tokenHeader]: credentials.securityToken,
    });
    expect(request?.headers[taskHeader]).toBeUndefined();
    await server.untilNoSockets();
  });

  it('starts with a task id, and gives back the request id', async () => {
    const invoker = await connect(functionName, [accepted]);
    expect(await invoker.start({}, 'task-1', options)).toEqual({ requestId: 'F-2' });
    expect(server.seen[0]?.headers).toMatchObject({
      'x-fc-invocation-type': 'Async',
      [taskHeader]: 'task-1',
    });
    await server.untilNoSockets();
  });

  it('sends no token with a long-term key', async () => {
    const { accessKeySecret } = credentials;
    const key = { accessKeyId: 'LTAI5tUserKey', accessKeySecret };
    const invoker = await connect(functionName, [answered], key);
    await invoker.invoke({}, options);
    expect(server.seen[0]?.headers[tokenHeader]).toBeUndefined();
  });

  it('sends the token whatever the key id begins with', async () => {
    const key = { ...credentials, accessKeyId: 'TMP.KeyIdThatMustNotLeak' };
    const invoker = await connect(functionName, [answered], key);
    await invoker.invoke({}, options);
    expect(server.seen[0]?.headers[tokenHeader]).toBe(credentials.securityToken);
  });

  describe("the function's own error", () => {
    it('has its type, name, message and request id', async () => {
      const body = {
        errorType: 'AccountsFailed',
        errorMessage: '1 account failed.',
        stackTrace: [],
      };
      const headers = { 'x-fc-error-type': 'UnhandledInvocationError', 'x-fc-request-id': 'F-4' };
      const invoker = await connect(functionName, [json(body, 200, headers)]);
      const error = await invoker.invoke({}, options).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      expect({ ...(error instanceof Error && { ...error, message: error.message }) }).toEqual({
        name: 'FunctionFailed',
        errorType: 'UnhandledInvocationError',
        errorName: 'AccountsFailed',
        message: '1 account failed.',
        requestId: 'F-4',
      });
    });

    it('may be no JSON', async () => {
      const headers = { 'x-fc-error-type': 'FunctionTimeout' };
      const invoker = await connect(functionName, [text('killed', 200, headers)]);
      await expect(invoker.invoke({}, options)).rejects.toMatchObject({
        name: 'FunctionFailed',
        errorType: 'FunctionTimeout',
        errorName: undefined,
        message: 'The function failed without a message.',
        requestId: undefined,
      });
    });

    it('loses the credentials in its message', async () => {
      const errorMessage = `with ${credentials.accessKeySecret} and ${credentials.securityToken}`;
      const headers = { 'x-fc-error-type': 'HandledInvocationError' };
      const invoker = await connect(functionName, [json({ errorMessage }, 200, headers)]);
      const error = await invoker.invoke({}, options).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'FunctionFailed', message: 'with *** and ***' });
      expectNoSecret(error);
    });
  });

  it.each([
    ['ResourceExhausted', 429],
    ['FunctionNotFound', 404],
    ['InternalServerError', 500],
  ])('an error of the service, %s, is translated', async (code, status) => {
    const headers = { 'x-fc-request-id': 'F-3' };
    const invoker = await connect(functionName, [json(refusal(code, 'No.'), status, headers)]);
    const error = await cloudErrorOf(invoker.invoke({}, options));
    expect({ ...error, message: error.message, cause: error.cause }).toEqual({
      name: 'CloudError',
      operation: 'InvokeFunction',
      code,
      message: 'No.',
      statusCode: status,
      requestId: 'F-3',
      retryAfterMs: undefined,
      cause: undefined,
    });
  });

  it('loses the credentials that a gateway repeats in its message', async () => {
    const invoker = await connect(functionName, [
      (response, request) => {
        const { accessKeyId, securityToken } = credentials;
        const { authorization } = request.headers;
        const signature = /(?:Signature=|:)([^:]+)$/.exec(authorization ?? '')?.[1];
        const message = `signed: ${accessKeyId} ${securityToken} ${signature}`;
        json(refusal('SignatureNotMatch', message), 403)(response, request);
      },
    ]);
    const error = await cloudErrorOf(invoker.invoke({}, options));
    expect(error.message).toBe('signed: *** *** ***');
  });

  describe('a network fault', () => {
    const isAnswer = ['null', 'a list', 'a text'];
    for (const fault of faults.filter(({ name }) => !isAnswer.includes(name))) {
      const { name, code, reason = /^Malformed answer/, timeoutMs = 5_000, answer } = fault;
      it(`${name} is ${code}`, async () => {
        const invoker = await connect(functionName, [answer]);
        const error = await cloudErrorOf(invoker.invoke({}, { timeoutMs }));
        expect(error).toMatchObject({ code, operation: 'InvokeFunction' });
        expect(error.message).toMatch(reason);
        expect(server.seen).toHaveLength(1);
        await server.untilNoSockets();
      });
    }

    it('a refused connection is NoAnswer', async () => {
      const invoker = await connect(functionName, [answered]);
      await server.close();
      expect(await cloudErrorOf(invoker.start({}, 'task-1', options))).toMatchObject({
        code: 'NoAnswer',
        message: 'No answer: ECONNREFUSED.',
      });
    });

    it('no time left is NoAnswer, and nothing is sent', async () => {
      const invoker = await connect(functionName, [answered]);
      expect(await cloudErrorOf(invoker.invoke({}, { timeoutMs: 0 }))).toMatchObject({
        code: 'NoAnswer',
      });
      expect(server.seen).toHaveLength(0);
    });
  });

  describe('an answer of the other kind', () => {
    it('a run that was only queued', async () => {
      const invoker = await connect(functionName, [accepted]);
      expect(await cloudErrorOf(invoker.invoke({}, options))).toMatchObject({
        code: 'MalformedAnswer',
        statusCode: 202,
        requestId: 'F-2',
      });
    });

    it('a start that was not queued', async () => {
      const invoker = await connect(functionName, [answered]);
      expect(await cloudErrorOf(invoker.start({}, 'task-1', options))).toMatchObject({
        code: 'MalformedAnswer',
        statusCode: 200,
        requestId: 'F-1',
      });
    });
  });

  it('speaks TLS to an https endpoint', async () => {
    server = await startRawServer(answered);
    const invoker = createFunctionInvoker({
      functionName,
      accountId,
      region: 'cn-hangzhou',
      endpoint: server.url.replace('http:', 'https:'),
      credentials,
    });
    // This server doesn't, so what it got was no request.
    const error = await cloudErrorOf(invoker.invoke({}, options));
    expect(error.code).toBe('NoAnswer');
    expect(error.message).toMatch(/EPROTO|ERR_SSL/);
    expect(server.seen).toHaveLength(0);
  });
});

it('FC 3.0: waits for longer than the SDK would', async () => {
  const slow: Answer = (response, request) => {
    setTimeout(() => answered(response, request), 3_200);
  };
  const invoker = await connect('backfill', [slow]);
  expect(await invoker.invoke({}, { timeoutMs: 10_000 })).toMatchObject({ requestId: 'F-1' });
});

it('FC 2.0: the token is part of what is signed', async () => {
  const invoker = await connect('onboarding/backfill', [answered], {
    ...credentials,
    accessKeyId: 'TMP.KeyId',
  });
  await invoker.invoke({}, options);
  const headers = server.seen[0]?.headers ?? {};
  const md5 = Buffer.from(createHash('md5').update('{}').digest('hex')).toString('base64');
  const signature = createHmac('sha256', credentials.accessKeySecret)
    .update(
      [
        'POST',
        md5,
        'application/octet-stream',
        headers.date,
        `x-fc-account-id:${accountId}`,
        'x-fc-invocation-type:Sync',
        `x-fc-security-token:${credentials.securityToken}`,
        '/2016-08-15/services/onboarding/functions/backfill/invocations',
      ].join('\n'),
    )
    .digest('base64');
  expect(headers.authorization).toBe(`FC TMP.KeyId:${signature}`);
});

describe('what can be no function', () => {
  const connectTo = (functionName: string, endpoint?: string) => () =>
    createFunctionInvoker({
      functionName,
      accountId,
      region: 'cn-hangzhou',
      credentials,
      ...(endpoint !== undefined && { endpoint }),
    });

  it.each(['', 'a/b/c', '/a', 'a/', '1st', 'a b', '../a', 'a?b'])('%j', async (functionName) => {
    server = await startRawServer(answered);
    expect(connectTo(functionName)).toThrow(/no function/);
  });

  it('an endpoint over plain HTTP that is not loopback', async () => {
    server = await startRawServer(answered);
    expect(connectTo('backfill', 'http://1.cn-hangzhou.fc.aliyuncs.com')).toThrow(/https/);
    expect(connectTo('backfill')).not.toThrow();
  });
});
