import { afterEach, describe, expect, it } from 'vitest';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  faults,
  json,
  type RawServer,
  startRawServer,
  text,
} from '../../support/adapters/server.ts';

let server: RawServer;
afterEach(() => server.close());

async function connect(...answers: Answer[]) {
  server = await startRawServer(...answers);
  const client = createLogClient({
    endpoint: server.url,
    project: 'audit',
    credentials,
    now: () => Date.UTC(2026, 10, 20, 1, 2, 3),
  });
  return (timeoutMs = 5_000) =>
    client.request({
      operation: 'PutLogs',
      method: 'POST',
      path: '/logstores/results/shards/lb',
      body: Buffer.from('body'),
      timeoutMs,
    });
}

it('sends one signed request, and keeps no connection', async () => {
  const request = await connect(text('whole', 200, { 'x-log-requestid': 'R1' }));
  const answer = await request();
  expect(answer.body.toString()).toBe('whole');
  expect(answer.headers['x-log-requestid']).toBe('R1');
  expect(server.seen[0]).toMatchObject({ method: 'POST', target: '/logstores/results/shards/lb' });
  expect(server.seen[0]?.headers).toEqual({
    authorization: expect.stringMatching(`^LOG ${credentials.accessKeyId}:[A-Za-z0-9+/]{27}=$`),
    connection: 'close',
    'content-length': '4',
    'content-md5': '841A2D689AD86BD1611447453C22C6FC',
    date: 'Fri, 20 Nov 2026 01:02:03 GMT',
    host: `audit.127.0.0.1:${server.port}`,
    'x-acs-security-token': credentials.securityToken,
    'x-log-apiversion': '0.6.0',
    'x-log-signaturemethod': 'hmac-sha1',
  });
  await server.untilNoSockets();
});

it('connects to localhost as it is, too', async () => {
  server = await startRawServer(text(''));
  const client = createLogClient({
    endpoint: `http://localhost:${server.port}/`,
    project: 'audit',
    credentials: { accessKeyId: 'id', accessKeySecret: 'secret' },
  });
  await client.request({ operation: 'X', method: 'GET', path: '/', timeoutMs: 5_000 });
  expect(server.seen[0]?.headers.host).toBe(`audit.localhost:${server.port}`);
  expect(server.seen[0]?.headers).not.toHaveProperty('x-acs-security-token');
});

it('speaks TLS to an https endpoint', async () => {
  server = await startRawServer(text(''));
  const client = createLogClient({
    endpoint: server.url.replace('http:', 'https:'),
    project: 'audit',
    credentials,
  });
  // This server doesn't, so what it got was no request.
  const error = await cloudErrorOf(
    client.request({ operation: 'X', method: 'GET', path: '/', timeoutMs: 5_000 }),
  );
  expect(error.code).toBe('NoAnswer');
  expect(error.message).toMatch(/EPROTO|ERR_SSL/);
  expect(server.seen).toHaveLength(0);
});

describe('an error of the service', () => {
  it('is translated with all that is known about it', async () => {
    const request = await connect(
      json({ errorCode: 'WriteQuotaExceed', errorMessage: 'Too much.' }, 403, {
        'x-log-requestid': 'R2',
        'x-acs-retry-after': '700',
      }),
    );
    const error = await cloudErrorOf(request());
    expect({ ...error, message: error.message, cause: error.cause }).toEqual({
      name: 'CloudError',
      operation: 'PutLogs',
      code: 'WriteQuotaExceed',
      message: 'Too much.',
      statusCode: 403,
      requestId: 'R2',
      retryAfterMs: 700,
      cause: undefined,
    });
  });

  it('is understood in the other shape', async () => {
    const request = await connect(json({ Error: { Code: 'InternalError', Message: 'No.' } }, 500));
    expect(await cloudErrorOf(request())).toMatchObject({
      code: 'InternalError',
      statusCode: 500,
      message: 'No.',
    });
  });

  it('loses the credentials and the signature that the service repeats', async () => {
    const request = await connect((response, { headers }) => {
      const errorMessage = `signature ${headers.authorization} not match ${headers['x-acs-security-token']}`;
      json({ errorCode: 'SignatureNotMatch', errorMessage }, 401)(response, {
        method: '',
        target: '',
        headers,
        body: Buffer.alloc(0),
      });
    });
    expect((await cloudErrorOf(request())).message).toBe('signature LOG ***:*** not match ***');
  });

  it.each([201, 204, 302, 400, 404, 500, 503])(
    'without a code has its status: %i',
    async (status) => {
      const request = await connect((response) => response.writeHead(status).end());
      expect(await cloudErrorOf(request())).toMatchObject({
        code: 'MalformedAnswer',
        statusCode: status,
      });
    },
  );
});

describe('a network fault', () => {
  for (const {
    name,
    code,
    reason = /^Malformed answer/,
    timeoutMs = 5_000,
    answer,
  } of faults.slice(0, 7)) {
    it(`${name} is ${code}`, async () => {
      const request = await connect(answer);
      if (name === 'a cut body') {
        // Nothing here reads the body: to this client it is a whole answer.
        expect((await request(timeoutMs)).body.length).toBeGreaterThan(0);
      } else {
        expect(await cloudErrorOf(request(timeoutMs))).toMatchObject({
          code,
          operation: 'PutLogs',
          message: expect.stringMatching(reason),
        });
      }
      await server.untilNoSockets();
    });
  }

  it('a refused connection is NoAnswer', async () => {
    const request = await connect(text(''));
    await server.close();
    expect(await cloudErrorOf(request())).toMatchObject({
      code: 'NoAnswer',
      message: 'No answer: ECONNREFUSED.',
    });
  });
});
