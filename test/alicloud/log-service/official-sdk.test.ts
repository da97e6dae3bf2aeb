/** The bytes and signatures of our client against those of the official one. */
import { createHmac } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import sls from '@alicloud/sls20201230';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { createResultLog } from '../../../alicloud/log-service/result-log.ts';
import { authorization, stringToSign } from '../../../alicloud/log-service/signature.ts';
import { unwrapDefault } from '../../../alicloud/open-api.ts';
import { credentials } from '../../support/adapters/errors.ts';
import { connectToLoopback, createOfficialLogClient } from '../../support/adapters/log-sdk.ts';
import {
  json,
  type RawServer,
  type SeenRequest,
  startRawServer,
} from '../../support/adapters/server.ts';

let server: RawServer;
beforeEach(async () => {
  server = await startRawServer(json([]));
});
afterEach(() => server.close());

const entries: (Record<string, string> & { time: string })[] = [
  {
    time: '2026-11-20T01:02:03.456Z',
    entry_id: 'e-1',
    account_name: '网络 👩‍💻',
    outcome: 'covered',
  },
  { time: '2026-11-20T01:02:04.000Z', entry_id: 'e-2', reason: 'x'.repeat(300) },
];

/** The official client's own clock, from what it sent. */
function dateOf(request: SeenRequest | undefined): () => number {
  const date = Date.parse(request?.headers.date ?? '');
  expect(date).not.toBeNaN();
  return () => date;
}

function ours(now: () => number) {
  return createLogClient({ endpoint: server.url, project: 'audit', credentials, now });
}

function texts(headers: SeenRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

it('PutLogs has the same body, and signs the same', async () => {
  await createOfficialLogClient(server.port, credentials).postLogStoreLogs(
    'audit',
    'results',
    {
      source: 'onboarding',
      logs: entries.map((content) => ({
        timestamp: Math.floor(Date.parse(content.time) / 1_000),
        content,
      })),
    },
    connectToLoopback,
  );
  const [official] = server.seen;
  const client = ours(dateOf(official));

  await createResultLog({ client, logstore: 'results', source: 'onboarding' }).append(entries, {
    timeoutMs: 5_000,
  });
  const own = server.seen[1];
  // The official client ends an empty query with its question mark.
  expect(`${own?.target}?`).toBe(official?.target);
  expect(own?.method).toBe(official?.method);
  expect(own?.headers.host).toBe(official?.headers.host);
  expect(own?.headers['x-log-bodyrawsize']).toBe(official?.headers['x-log-bodyrawsize']);
  expect(inflateSync(own?.body ?? '').equals(official?.body ?? Buffer.alloc(0))).toBe(true);

  // The same request, uncompressed: then every signed header must be the same too.
  await client.request({
    operation: 'PutLogs',
    method: 'POST',
    path: '/logstores/results/shards/lb',
    headers: {
      'content-type': 'application/x-protobuf',
      'x-log-bodyrawsize': String(official?.body.length),
    },
    body: official?.body ?? Buffer.alloc(0),
    timeoutMs: 5_000,
  });
  const { 'user-agent': _agent, ...officialHeaders } = official?.headers ?? {};
  // Connections differ on purpose.
  expect({ ...server.seen[2]?.headers, connection: officialHeaders.connection }).toEqual(
    officialHeaders,
  );
});

it('GetLogs asks and signs the same', async () => {
  await createOfficialLogClient(server.port, credentials).getLogs(
    'audit',
    'results',
    new Date(1_795_000_000_000),
    new Date(1_795_086_400_000),
    { query: 'outcome: "失败" and entry_type: account*', line: 100, offset: 200, reverse: true },
    connectToLoopback,
  );
  const [official] = server.seen;
  await ours(dateOf(official)).request({
    operation: 'GetLogs',
    method: 'GET',
    path: '/logstores/results',
    query: {
      type: 'log',
      from: '1795000000',
      to: '1795086400',
      query: 'outcome: "失败" and entry_type: account*',
      line: '100',
      offset: '200',
      reverse: 'true',
    },
    headers: { 'content-type': 'application/json' },
    timeoutMs: 5_000,
  });
  const own = server.seen[1];
  expect(own?.headers.authorization).toBe(official?.headers.authorization);
  const parameters = (request: SeenRequest | undefined) =>
    [...new URL(request?.target ?? '', server.url).searchParams].sort();
  expect(parameters(own)).toEqual(parameters(official));
});

it('the official signature is ours, over its own headers', async () => {
  await createOfficialLogClient(server.port, credentials).postLogStoreLogs(
    'audit',
    'results',
    { logs: [] },
    connectToLoopback,
  );
  const [official] = server.seen;
  const parts = { method: 'POST', path: '/logstores/results/shards/lb', query: {} };
  const headers = texts(official?.headers ?? {});
  expect(authorization({ ...parts, headers }, credentials)).toBe(headers.authorization);
  const otherBody = { ...headers, 'content-md5': '0'.repeat(32) };
  expect(authorization({ ...parts, headers: otherBody }, credentials)).not.toBe(
    headers.authorization,
  );
});

it('the current official client signs the same text, with SHA-256', async () => {
  const { default: SlsClient, GetLogsRequest } = sls;
  const client = new (unwrapDefault(SlsClient))(
    new $OpenApiUtil.Config({
      ...credentials,
      // It puts the project before this, and connects to what follows the @.
      endpoint: `any@127.0.0.1:${server.port}`,
      protocol: 'http',
    }),
  );
  await client.getLogs(
    'audit',
    'results',
    new GetLogsRequest({ from: 1, to: 2, query: 'outcome: "失败" and a: b*', line: 100 }),
  );
  const [official] = server.seen;
  const target = new URL(official?.target ?? '', server.url);
  const headers = texts(official?.headers ?? {});
  const text = stringToSign({
    method: 'GET',
    path: target.pathname,
    query: Object.fromEntries(target.searchParams),
    headers,
  });
  const signature = createHmac('sha256', credentials.accessKeySecret).update(text).digest('base64');
  expect(headers.authorization).toBe(`LOG ${credentials.accessKeyId}:${signature}`);
});
