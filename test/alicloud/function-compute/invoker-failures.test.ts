/** What comes of a function that fails, of network faults, and of answers that are none. */
import { describe, expect, it } from 'vitest';
import { cloudErrorOf, credentials, expectNoSecret } from '../../support/adapters/errors.ts';
import { accepted, answered, connectInvoker } from '../../support/adapters/invoker.ts';
import { faults, json, text } from '../../support/adapters/server.ts';
import { functionNames } from '../../support/cli/operator-functions.ts';

const options = { timeoutMs: 5_000 };

describe.each(functionNames)('%s', (version, functionName) => {
  const refusal = (code: string, message: string) =>
    version === 'FC 3.0'
      ? { RequestId: 'F-3', Code: code, Message: message }
      : { ErrorCode: code, ErrorMessage: message };

  describe("the function's own error", () => {
    it('has its type, name, message and request id', async () => {
      const body = {
        errorType: 'AccountsFailed',
        errorMessage: '1 account failed.',
        stackTrace: [],
      };
      const headers = { 'x-fc-error-type': 'UnhandledInvocationError', 'x-fc-request-id': 'F-4' };
      const { invoker } = await connectInvoker(functionName, [json(body, 200, headers)]);
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
      const { invoker } = await connectInvoker(functionName, [text('killed', 200, headers)]);
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
      const { invoker } = await connectInvoker(functionName, [
        json({ errorMessage }, 200, headers),
      ]);
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
    const { invoker } = await connectInvoker(functionName, [
      json(refusal(code, 'No.'), status, headers),
    ]);
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
    const { invoker } = await connectInvoker(functionName, [
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
        const { invoker, server } = await connectInvoker(functionName, [answer]);
        const error = await cloudErrorOf(invoker.invoke({}, { timeoutMs }));
        expect(error).toMatchObject({ code, operation: 'InvokeFunction' });
        expect(error.message).toMatch(reason);
        expect(server.seen).toHaveLength(1);
        await server.untilNoSockets();
      });
    }

    it('a refused connection is NoAnswer', async () => {
      const { invoker, server } = await connectInvoker(functionName, [answered]);
      await server.close();
      expect(await cloudErrorOf(invoker.start({}, 'task-1', options))).toMatchObject({
        code: 'NoAnswer',
        message: 'No answer: ECONNREFUSED.',
      });
    });

    it('no time left is NoAnswer, and nothing is sent', async () => {
      const { invoker, server } = await connectInvoker(functionName, [answered]);
      expect(await cloudErrorOf(invoker.invoke({}, { timeoutMs: 0 }))).toMatchObject({
        code: 'NoAnswer',
      });
      expect(server.seen).toHaveLength(0);
    });
  });

  describe('an answer of the other kind', () => {
    it('a run that was only queued', async () => {
      const { invoker } = await connectInvoker(functionName, [accepted]);
      expect(await cloudErrorOf(invoker.invoke({}, options))).toMatchObject({
        code: 'MalformedAnswer',
        statusCode: 202,
        requestId: 'F-2',
      });
    });

    it('a start that was not queued', async () => {
      const { invoker } = await connectInvoker(functionName, [answered]);
      expect(await cloudErrorOf(invoker.start({}, 'task-1', options))).toMatchObject({
        code: 'MalformedAnswer',
        statusCode: 200,
        requestId: 'F-1',
      });
    });
  });
});
