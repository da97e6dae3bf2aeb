/** What is sent to run a function, against bare servers. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFunctionInvoker } from '../../../alicloud/function-compute/invoker.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import { accepted, accountId, answered, connectInvoker } from '../../support/adapters/invoker.ts';
import { type Answer, startRawServer } from '../../support/adapters/server.ts';
import { functionNames } from '../../support/cli/operator-functions.ts';

const options = { timeoutMs: 5_000 };

describe.each(functionNames)('%s', (version, functionName) => {
  const path =
    version === 'FC 3.0'
      ? '/2023-03-30/functions/backfill/invocations'
      : '/2016-08-15/services/onboarding/functions/backfill/invocations';
  const taskHeader =
    version === 'FC 3.0' ? 'x-fc-async-task-id' : 'x-fc-stateful-async-invocation-id';
  const tokenHeader = version === 'FC 3.0' ? 'x-acs-security-token' : 'x-fc-security-token';

  it('invokes, and gives back what the function answered', async () => {
    const { invoker, server } = await connectInvoker(functionName, [answered]);
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
    const { invoker, server } = await connectInvoker(functionName, [accepted]);
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
    const { invoker, server } = await connectInvoker(functionName, [answered], key);
    await invoker.invoke({}, options);
    expect(server.seen[0]?.headers[tokenHeader]).toBeUndefined();
  });

  it('sends the token whatever the key id begins with', async () => {
    const key = { ...credentials, accessKeyId: 'TMP.KeyIdThatMustNotLeak' };
    const { invoker, server } = await connectInvoker(functionName, [answered], key);
    await invoker.invoke({}, options);
    expect(server.seen[0]?.headers[tokenHeader]).toBe(credentials.securityToken);
  });

  it('speaks TLS to an https endpoint', async () => {
    const server = await startRawServer(answered);
    onTestFinished(() => server.close());
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
  const { invoker } = await connectInvoker('backfill', [slow]);
  expect(await invoker.invoke({}, { timeoutMs: 10_000 })).toMatchObject({ requestId: 'F-1' });
});

it('FC 2.0: the token is part of what is signed', async () => {
  const { invoker, server } = await connectInvoker('onboarding/backfill', [answered], {
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

  it.each(['', 'a/b/c', '/a', 'a/', '1st', 'a b', '../a', 'a?b'])('%j', (functionName) => {
    expect(connectTo(functionName)).toThrow(/no function/);
  });

  it('an endpoint over plain HTTP that is not loopback', () => {
    expect(connectTo('backfill', 'http://1.cn-hangzhou.fc.aliyuncs.com')).toThrow(/https/);
    expect(connectTo('backfill')).not.toThrow();
  });
});
