import { lookup } from 'node:dns/promises';
import { createRequire } from 'node:module';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import sls, {
  CreateIndexRequest,
  CreateLogStoreRequest,
  CreateProjectRequest,
  GetLogsRequest,
  Index,
  IndexKey,
  ListProjectRequest,
} from '@alicloud/sls20201230';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SandboxServer, startServer } from '../../server/server.ts';
import { nowS } from '../../testing/log-service-sandbox.ts';
import { unwrapDefault } from '../../testing/unwrap-default.ts';
import { createWorld, type World } from '../../world/world.ts';
import { NO_DELAYS } from './delays.ts';
import { createLogService, type LogService } from './index.ts';

/**
 * Which clients reach a project of the sandbox by its printed endpoint, and how, without anything in
 * the way of names: nothing is patched here. What is found is said in README.md. By the proxy, and in
 * other languages: `sandbox/src/clients.test.ts`.
 */

const SlsClient = unwrapDefault(sls);
const ACCOUNT_ID = '1234567890123456';

let world: World;
let service: LogService;
let server: SandboxServer;
let credentials: { accessKeyId: string; accessKeySecret: string };

beforeEach(async () => {
  world = createWorld({ speed: 0 });
  service = createLogService({ world, accountId: ACCOUNT_ID, delays: NO_DELAYS });
  service.createProject('audit');
  service.createLogstore('audit', 'results');
  service.createIndex('audit', 'results', { line: { token: [' '] }, keys: KEYS });
  server = await startServer({ world, services: [service], port: 0 });
  credentials = world.identities.createAccessKey(ACCOUNT_ID);
});
afterEach(() => server.close());

const KEYS = { client: { type: 'text', token: [' '] } };

describe('@alicloud/sls20201230', () => {
  const client = (endpoint: string) =>
    new SlsClient(new $OpenApiUtil.Config({ ...credentials, endpoint, protocol: 'http' }));

  it('reaches any project with an endpoint of the form name@127.0.0.1:PORT', async () => {
    const current = client(`sandbox@127.0.0.1:${server.port}`);
    await current.createProject(new CreateProjectRequest({ projectName: 'made', description: '' }));
    expect((await current.listProject(new ListProjectRequest({}))).body).toMatchObject({
      total: 2,
    });
    await current.createLogStore(
      'made',
      new CreateLogStoreRequest({ logstoreName: 'here', ttl: 1, shardCount: 1 }),
    );
    const body = new Index({ keys: { n: new IndexKey({ type: 'long' }) } });
    await current.createIndex('made', 'here', new CreateIndexRequest({ body }));
    service.append('made', 'here', [{ timeS: 1, source: '', topic: '', contents: { n: '7' } }]);
    const request = new GetLogsRequest({ from: 1, to: 2, query: 'n = 7' });
    expect((await current.getLogs('made', 'here', request)).body).toMatchObject([{ n: '7' }]);
  });

  it('reaches any project at localhost:PORT where the names below localhost resolve', async ({
    skip,
  }) => {
    skip(!(await resolves('audit.localhost')), 'audit.localhost does not resolve on this machine');
    const current = client(`localhost:${server.port}`);
    expect((await current.getProject('audit')).body).toMatchObject({ projectName: 'audit' });
  });
});

describe('@alicloud/log', () => {
  interface Sent {
    readonly host: string;
    readonly port: string;
    readonly headers: Readonly<Record<string, string>>;
  }
  /** The last parameter of each of its calls. */
  const toLoopback = {
    beforeRequest: ({ host, port, headers, ...sent }: Sent) => ({
      ...sent,
      host: '127.0.0.1',
      port,
      headers: { ...headers, host: `${host}:${port}` },
    }),
  };
  const client = () => {
    const Client = createRequire(import.meta.url)('@alicloud/log');
    return new Client({ ...credentials, endpoint: `http://localhost:${server.port}` });
  };
  const logs = [{ timestamp: nowS(), content: { client: 'node' } }];

  it('reaches any project with beforeRequest, which says where to connect', async () => {
    const older = client();
    await older.postLogStoreLogs('audit', 'results', { logs }, toLoopback);
    const now = Date.now();
    const range = [new Date(now - 60_000), new Date(now + 60_000)];
    const search = { query: 'client: node' };
    expect(await older.getLogs('audit', 'results', ...range, search, toLoopback)).toMatchObject([
      { client: 'node' },
    ]);
  });

  it('reaches any project at localhost:PORT where the names below localhost resolve', async ({
    skip,
  }) => {
    skip(!(await resolves('audit.localhost')), 'audit.localhost does not resolve on this machine');
    await client().postLogStoreLogs('audit', 'results', { logs });
    expect(service.entries('audit', 'results')).toHaveLength(1);
  });
});

async function resolves(name: string): Promise<boolean> {
  return lookup(name).then(
    ({ address }) => address === '127.0.0.1' || address === '::1',
    () => false,
  );
}
