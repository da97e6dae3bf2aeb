import { CreateIndexRequest, GetLogsRequest, Index, IndexKey } from '@alicloud/sls20201230';
import { afterEach, describe, expect, it } from 'vitest';
import { type LogSandbox, nowS, startLogSandbox } from '../../testing/log-service-sandbox.ts';
import { createWorld } from '../../world/world.ts';
import { CLOUD_DELAYS, createDelays, NO_DELAYS } from './delays.ts';
import { createLogService } from './index.ts';

let sandbox: LogSandbox;
afterEach(() => sandbox.close());

const DELAYS = {
  visibleMs: [1000, 1000],
  logstoreMs: [20_000, 20_000],
  indexMs: [10_000, 10_000],
} as const;
const code = (expected: string) => expect.objectContaining({ code: expected });
const write = (n: string) =>
  sandbox.writer().postLogStoreLogs('audit', 'results', {
    logs: [{ timestamp: nowS(), content: { n } }],
  });
const read = async () => {
  const request = new GetLogsRequest({ from: nowS() - 60, to: nowS() + 60, query: '*' });
  return (await sandbox.sls().getLogs('audit', 'results', request)).body?.map(({ n }) => n);
};

describe('as in the cloud', () => {
  it('a new logstore is there, and takes neither writes nor reads for a while', async () => {
    sandbox = await startLogSandbox({ delays: DELAYS });
    expect((await sandbox.sls().getLogStore('audit', 'results')).body).toMatchObject({ ttl: 30 });
    await expect(write('1')).rejects.toEqual(code('LogStoreNotExist'));
    await expect(read()).rejects.toEqual(code('LogStoreNotExist'));
    sandbox.world.clock.advance(19_999);
    await expect(write('1')).rejects.toEqual(code('LogStoreNotExist'));
    expect(sandbox.service.entries('audit', 'results')).toEqual([]);
    sandbox.world.clock.advance(1);
    await write('1');
    expect(sandbox.service.entries('audit', 'results')).toHaveLength(1);
  });

  it('an index counts for what is written when it works, and then can be searched', async () => {
    sandbox = await startLogSandbox({ delays: DELAYS });
    const { clock } = sandbox.world;
    clock.advance(20_000);
    const keys = { n: new IndexKey({ type: 'long' }) };
    await sandbox
      .sls()
      .createIndex('audit', 'results', new CreateIndexRequest({ body: new Index({ keys }) }));
    expect((await sandbox.sls().getIndex('audit', 'results')).body?.keys).toHaveProperty('n');
    await write('before');
    await expect(read()).rejects.toEqual(code('IndexConfigNotExist'));
    clock.advance(10_000);
    await write('after');
    expect(await read()).toEqual([]);
    clock.advance(999);
    expect(await read()).toEqual([]);
    clock.advance(1);
    expect(await read()).toEqual(['after']);
  });

  it('an index that is replaced counts until the new one does', async () => {
    sandbox = await startLogSandbox({ delays: { ...NO_DELAYS, indexMs: [10_000, 10_000] } });
    const { service, world } = sandbox;
    const index = (name: string) => ({ keys: { [name]: { type: 'long' } } });
    service.createIndex('audit', 'results', index('n'));
    world.clock.advance(10_000);
    service.createIndex('audit', 'results', index('m'));
    const find = (query: string) => service.search('audit', 'results', { query });
    await write('1');
    expect(find('n = 1')).toHaveLength(1);
    expect(() => find('m = 1')).toThrow('key (m)');
    world.clock.advance(10_000);
    expect(() => find('n = 1')).toThrow('key (n)');
    expect(find('m = 1')).toEqual([]);
    service.deleteIndex('audit', 'results');
    expect(() => find('m = 1')).toThrow('without index');
  });

  it('by default', async () => {
    sandbox = await startLogSandbox({ delays: CLOUD_DELAYS });
    const service = createLogService({ world: createWorld({ speed: 0 }), accountId: '1' });
    service.createProject('audit');
    service.createLogstore('audit', 'results');
    service.createIndex('audit', 'results', { keys: { n: { type: 'long' } } });
    expect(() => service.search('audit', 'results')).toThrow('without index');
    await expect(write('1')).rejects.toEqual(code('LogStoreNotExist'));
  });
});

it('delays are drawn from their range, the same ones for the same seed', async () => {
  sandbox = await startLogSandbox();
  const draw = (seed: number) => {
    const delayMs = createDelays(CLOUD_DELAYS, seed);
    return Array.from({ length: 50 }, () => delayMs('logstoreMs'));
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  expect(new Set(draw(1)).size).toBeGreaterThan(40);
  const [fromMs, toMs] = CLOUD_DELAYS.logstoreMs;
  for (const delayMs of draw(1)) {
    expect(delayMs).toBeGreaterThanOrEqual(fromMs);
    expect(delayMs).toBeLessThanOrEqual(toMs);
  }
});
