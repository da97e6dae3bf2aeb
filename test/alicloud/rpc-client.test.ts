import { afterEach, describe, expect, it } from 'vitest';
import { createRpcClient } from '../../alicloud/rpc-client.ts';
import { cloudErrorOf, credentials, expectNoSecret } from '../support/adapters/errors.ts';
import {
  type Answer,
  faults,
  json,
  type RawServer,
  startRawServer,
  text,
} from '../support/adapters/server.ts';

let server: RawServer;
afterEach(() => server.close());

async function connect(...answers: Answer[]) {
  server = await startRawServer(...answers);
  let calls = 0;
  const client = createRpcClient({
    endpoint: server.url,
    credentials,
    countCall: () => {
      calls += 1;
    },
  });
  return {
    calls: () => calls,
    describe: (timeoutMs = 5_000) =>
      client.call('2019-01-08', 'DescribeConfigurationRecorder', {}, { timeoutMs }),
    client,
  };
}

describe('a call', () => {
  it('is a signed POST with the parameters in its body, and none that is undefined', async () => {
    const { client, calls } = await connect(json({ RequestId: 'R1', ok: true }));
    const answer = await client.call(
      '2020-09-07',
      'ListAggregators',
      { MaxResults: 100, NextToken: undefined },
      { timeoutMs: 5_000 },
    );
    expect(answer).toEqual({
      body: expect.objectContaining({ ok: true }),
      requestId: 'R1',
      statusCode: 200,
    });
    const [request] = server.seen;
    expect(request?.method).toBe('POST');
    expect(request?.target).toBe('/');
    const sent = new URLSearchParams(request?.body.toString());
    expect(sent.get('Action')).toBe('ListAggregators');
    expect(sent.get('Version')).toBe('2020-09-07');
    expect(sent.get('MaxResults')).toBe('100');
    expect(sent.has('NextToken')).toBe(false);
    expect(sent.get('SecurityToken')).toBe(credentials.securityToken);
    expect(sent.get('Signature')).toMatch(/=$/);
    expect(calls()).toBe(1);
  });

  it('keeps no connection', async () => {
    const { describe } = await connect(json({}));
    await describe();
    await server.untilNoSockets();
    expect(server.seen[0]?.headers.connection).toBe('close');
  });

  it('is not sent when no time is left', async () => {
    const { describe, calls } = await connect(json({}));
    expect(await cloudErrorOf(describe(0))).toMatchObject({ code: 'NoAnswer' });
    expect(server.seen).toHaveLength(0);
    expect(calls()).toBe(0);
  });
});

describe('an error of the service', () => {
  it('is translated with all that is known about it', async () => {
    const { describe } = await connect(
      json({ RequestId: 'R2', Code: 'Throttling.User', Message: 'Too many.' }, 400, {
        'x-acs-retry-after': '1500',
      }),
    );
    const error = await cloudErrorOf(describe());
    expect({ ...error, message: error.message, cause: error.cause }).toEqual({
      name: 'CloudError',
      operation: 'DescribeConfigurationRecorder',
      code: 'Throttling.User',
      message: 'Too many.',
      statusCode: 400,
      requestId: 'R2',
      retryAfterMs: 1_500,
      cause: undefined,
    });
  });

  it('is one with status 200 too', async () => {
    const { describe } = await connect(json({ Code: 'NoPermission', Message: 'No.' }));
    expect(await cloudErrorOf(describe())).toMatchObject({ code: 'NoPermission', statusCode: 200 });
  });

  it('loses the credentials that a gateway repeats in its message', async () => {
    const { describe } = await connect((response, request) => {
      // The gateway's text for a wrong signature holds the string that it signed.
      const signed = `POST&%2F&${encodeURIComponent(request.body.toString())}`;
      const plain = new URLSearchParams(request.body.toString());
      json(
        {
          Code: 'SignatureDoesNotMatch',
          Message: `server string to sign is:${signed} ${plain.get('Signature')} ${plain.get('SecurityToken')}`,
        },
        400,
      )(response, request);
    });
    const error = await cloudErrorOf(describe());
    expect(error.code).toBe('SignatureDoesNotMatch');
    expect(error.message).toContain('server string to sign is:POST');
    expect(error.message).toContain('***');
    const doubly = encodeURIComponent(encodeURIComponent(credentials.securityToken));
    expect(error.message).not.toContain(doubly);
    expect(error.message).not.toMatch(/Signature%3D[^*]/);
  });
});

it('waits longer than the three seconds that are the default of the library below', async () => {
  const { describe } = await connect((response, request) => {
    setTimeout(() => json({ RequestId: 'late' })(response, request), 3_200);
  });
  expect(await describe(6_000)).toMatchObject({ requestId: 'late' });
}, 10_000);

describe('a network fault', () => {
  for (const { name, code, reason = /^Malformed answer/, timeoutMs = 5_000, answer } of faults) {
    it(`${name} is ${code}`, async () => {
      const { describe, calls } = await connect(answer);
      const error = await cloudErrorOf(describe(timeoutMs));
      expect(error).toMatchObject({ code, operation: 'DescribeConfigurationRecorder' });
      expect(error.message).toMatch(reason);
      expect(calls()).toBe(1);
      await server.untilNoSockets();
    });
  }

  it('a refused connection is NoAnswer', async () => {
    const { describe } = await connect(json({}));
    await server.close();
    const error = await cloudErrorOf(describe());
    expect(error).toMatchObject({ code: 'NoAnswer' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it.each([299, 300, 399])('status %i without a code', async (status) => {
    const { describe } = await connect(text('{"RequestId":"R3"}', status));
    if (status === 299) {
      expect(await describe()).toMatchObject({ statusCode: 299, requestId: 'R3' });
    } else {
      expect(await cloudErrorOf(describe())).toMatchObject({ statusCode: status });
    }
  });

  it('a status without a code has its status', async () => {
    const { describe } = await connect(text('{"RequestId":"R3"}', 502));
    expect(await cloudErrorOf(describe())).toMatchObject({
      code: 'MalformedAnswer',
      statusCode: 502,
      requestId: 'R3',
    });
  });
});

it('speaks TLS to an https endpoint', async () => {
  server = await startRawServer(json({}));
  const client = createRpcClient({
    endpoint: server.url.replace('http:', 'https:'),
    credentials,
    countCall: () => undefined,
  });
  const call = client.call('2019-01-08', 'DescribeConfigurationRecorder', {}, { timeoutMs: 5_000 });
  // This server doesn't, so what it got was no request.
  const error = await cloudErrorOf(call);
  expect(error.code).toBe('NoAnswer');
  expect(error.message).toMatch(/EPROTO|ERR_SSL/);
  expect(server.seen).toHaveLength(0);
});

it('an endpoint over plain HTTP must be loopback', () => {
  const connectTo = (endpoint: string) => () =>
    createRpcClient({ endpoint, credentials, countCall: () => undefined });
  expect(connectTo('http://config.cn-shanghai.aliyuncs.com')).toThrow(/https/);
  expect(connectTo('https://config.cn-shanghai.aliyuncs.com')).not.toThrow();
  expect(connectTo('http://localhost:8080')).not.toThrow();
  expect(connectTo('http://[::1]:8080')).not.toThrow();
});

it('the check for secrets can fail', () => {
  expect(() => expectNoSecret(new Error(`key ${credentials.accessKeyId}`))).toThrow();
  expect(() => expectNoSecret({ a: { b: credentials.securityToken } })).toThrow();
});
