import { deflateSync } from 'node:zlib';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { eachTest } from '../../../testing/each-test.ts';
import { type RawRequest, sendRaw } from '../../../testing/log-service-raw.ts';
import { nowS, startLogSandbox } from '../../../testing/log-service-sandbox.ts';

const sandbox = eachTest(startLogSandbox);

const code = (expected: string) => expect.objectContaining({ code: expected });
const stored = () => sandbox.service.entries('audit', 'results');

/** Written apart from the sandbox's own definition, and with nothing required. */
const Group = protobuf
  .parse(
    `syntax = "proto2";
     message Content { optional bytes Key = 1; optional bytes Value = 2; }
     message Log { optional uint32 Time = 1; repeated Content Contents = 2; optional fixed32 Ns = 4; }
     message Group { repeated Log Logs = 1; optional string Category = 2; optional string Topic = 3;
       optional string Source = 4; optional string Later = 9; }`,
    { keepCase: true },
  )
  .root.lookupType('Group');

const encode = (group: { [key: string]: unknown }) => Buffer.from(Group.encode(group).finish());
const content = (key: string, value: string | Buffer) => ({
  Key: Buffer.from(key),
  Value: Buffer.from(value),
});
const oneLog = (time = nowS()) => ({ Logs: [{ Time: time, Contents: [content('a', '1')] }] });

const put = (body: Buffer, more: Partial<RawRequest> = {}) =>
  sendRaw({
    port: sandbox.port,
    method: 'POST',
    path: '/logstores/results/shards/lb',
    credentials: sandbox.credentials,
    body,
    ...more,
  });

describe('PutLogs', () => {
  it('stores what the older SDK writes', async () => {
    const timestamp = nowS();
    await sandbox.writer().postLogStoreLogs('audit', 'results', {
      logs: [
        { timestamp, content: { outcome: 'covered', account_name: '测试 ünïcode' } },
        { timestamp: timestamp + 1, content: { outcome: 'pending' } },
      ],
      topic: 'onboarding',
      source: '10.0.0.1',
      tags: [{ host: 'h1' }],
    });
    expect(stored()).toEqual([
      {
        timeS: timestamp,
        source: '10.0.0.1',
        topic: 'onboarding',
        contents: { outcome: 'covered', account_name: '测试 ünïcode', '__tag__:host': 'h1' },
      },
      {
        timeS: timestamp + 1,
        source: '10.0.0.1',
        topic: 'onboarding',
        contents: { outcome: 'pending', '__tag__:host': 'h1' },
      },
    ]);
  });

  it('writes to the path of the SDK for Go, too', async () => {
    expect((await put(encode(oneLog()), { path: '/logstores/results' })).status).toBe(200);
    expect(stored()).toHaveLength(1);
    expect(sandbox.world.journal.count('log-service', 'PutLogs')).toBe(1);
  });

  it('keeps the nanoseconds that the SDK for Python sends', async () => {
    expect((await put(encode({ Logs: [{ ...oneLog().Logs[0], Ns: 5 }] }))).status).toBe(200);
    expect(stored()[0]?.contents).toEqual({ a: '1', __time_ns_part__: '5' });
    const second = { ...oneLog().Logs[0], Ns: 1_000_000_000 };
    expect((await put(encode({ Logs: [second] }))).errorCode).toBe('PostBodyInvalid');
  });

  it('keeps keys and values as they are', async () => {
    const odd = { __proto__x: '\ufeffx', constructor: '', toString: '\0' };
    const contents = [...Object.entries(odd), ['__proto__', 'p'] as const].map(([key, value]) =>
      content(key, value),
    );
    expect((await put(encode({ Logs: [{ Time: nowS(), Contents: contents }] }))).status).toBe(200);
    expect(Object.entries(stored()[0]?.contents ?? {})).toEqual([
      ...Object.entries(odd),
      ['__proto__', 'p'],
    ]);
  });

  it.each([
    ['not protobuf', () => Buffer.from('nonsense'), 'PostBodyInvalid'],
    ['an empty group', () => encode({ Logs: [] }), 'PostBodyInvalid'],
    [
      'a log without a time',
      () => encode({ Logs: [{ Contents: [content('a', '1')] }] }),
      'PostBodyInvalid',
    ],
    ['a log without fields', () => encode({ Logs: [{ Time: nowS() }] }), 'PostBodyInvalid'],
    [
      'a field without a value',
      () => encode({ Logs: [{ Time: nowS(), Contents: [{ Key: Buffer.from('a') }] }] }),
      'PostBodyInvalid',
    ],
    [
      'broken UTF-8',
      () => encode({ Logs: [{ Time: nowS(), Contents: [content('a', Buffer.from([0xff]))] }] }),
      'InvalidEncoding',
    ],
    [
      'an empty key',
      () => encode({ Logs: [{ Time: nowS(), Contents: [content('', '1')] }] }),
      'InvalidKey',
    ],
    [
      'a key twice',
      () => encode({ Logs: [{ Time: nowS(), Contents: [content('a', '1'), content('a', '2')] }] }),
      'InvalidKey',
    ],
    [
      'a reserved key',
      () => encode({ Logs: [{ Time: nowS(), Contents: [content('__time__', '1')] }] }),
      'InvalidKey',
    ],
    ['a log of 8 days ago', () => encode(oneLog(nowS() - 8 * 86_400)), 'PostBodyInvalid'],
    ['a log in 16 minutes', () => encode(oneLog(nowS() + 16 * 60)), 'PostBodyInvalid'],
    [
      'a value above 1 MB',
      () =>
        encode({ Logs: [{ Time: nowS(), Contents: [content('a', 'x'.repeat(1024 * 1024 + 1))] }] }),
      'PostBodyTooLarge',
    ],
    [
      '4,097 logs',
      () => encode({ Logs: Array.from({ length: 4097 }, () => oneLog().Logs[0]) }),
      'PostBodyTooLarge',
    ],
  ])('refuses %s and stores nothing', async (_name, body, expected) => {
    expect((await put(body())).errorCode).toBe(expected);
    expect(stored()).toEqual([]);
  });

  it.each([
    ['Category', () => ({ ...oneLog(), Category: 'x' }), 'field 2 of LogGroup: Category'],
    ['a field of a later version', () => ({ ...oneLog(), Later: 'x' }), 'field 9 of LogGroup'],
  ])('refuses %s, which it would drop, by name', async (_name, group, message) => {
    expect(await put(encode(group()))).toMatchObject({
      status: 400,
      errorCode: 'SandboxUnsupportedParameter',
      errorMessage: expect.stringContaining(message),
    });
    expect(stored()).toEqual([]);
  });

  it('stores none of a call whose last log is refused', async () => {
    const logs = [...oneLog().Logs, ...oneLog(nowS() - 8 * 86_400).Logs];
    expect(await put(encode({ Logs: logs }))).toMatchObject({
      status: 400,
      errorCode: 'PostBodyInvalid',
      errorMessage: 'The post data time is out of range',
    });
    expect(stored()).toEqual([]);
  });

  it('takes the edges: 7 days ago, 15 minutes ahead, 4,096 logs', async () => {
    const times = [nowS() - 7 * 86_400 + 30, nowS() + 15 * 60 - 30];
    const logs = times.flatMap((time) => oneLog(time).Logs);
    while (logs.length < 4096) logs.push(...oneLog().Logs);
    expect((await put(encode({ Logs: logs }))).status).toBe(200);
    expect(stored()).toHaveLength(4096);
  });

  it('refuses more than 3 MB, also when that shows only after inflating', async () => {
    const value = 'x'.repeat(1024 * 1024);
    const raw = encode({
      Logs: Array.from({ length: 4 }, () => ({ Time: nowS(), Contents: [content('a', value)] })),
    });
    expect((await put(raw)).errorCode).toBe('PostBodyTooLarge');
    const deflated = await put(deflateSync(raw), {
      headers: { 'x-log-compresstype': 'deflate', 'x-log-bodyrawsize': String(raw.length) },
    });
    expect(deflated.errorCode).toBe('PostBodyTooLarge');
  });

  it.each([
    ['gzip', { 'x-log-compresstype': 'gzip' }, 'InvalidCompressType'],
    ['deflate that is none', { 'x-log-compresstype': 'deflate' }, 'PostBodyUncompressError'],
    ['lz4 that is none', { 'x-log-compresstype': 'lz4' }, 'PostBodyUncompressError'],
    ['zstd that is none', { 'x-log-compresstype': 'zstd' }, 'PostBodyUncompressError'],
    ['a raw size that is none', { 'x-log-bodyrawsize': '0x10' }, 'InvalidBodyRawSize'],
    ['a wrong raw size', { 'x-log-bodyrawsize': '1' }, 'InvalidBodyRawSize'],
    ['no raw size', { 'x-log-bodyrawsize': undefined }, 'MissingBodyRawSize'],
    ['JSON', { 'content-type': 'application/json' }, 'InvalidContentType'],
    ['no content type', { 'content-type': undefined }, 'MissingContentType'],
    ['a hash key', { 'x-log-hashkey': 'ab' }, 'SandboxUnsupportedParameter'],
    ['a processor', { 'x-log-processor': 'trim' }, 'SandboxUnsupportedParameter'],
  ])('refuses %s', async (_name, headers, expected) => {
    expect((await put(encode(oneLog()), { headers })).errorCode).toBe(expected);
    expect(stored()).toEqual([]);
  });

  it('refuses to write by hash key, by name', async () => {
    const path = '/logstores/results/shards/route?key=14d2f850ad6ea48e46e4547edbbb27e0';
    const routed = await put(encode(oneLog()), { path });
    expect(routed.errorCode).toBe('SandboxUnsupportedOperation');
    expect(routed.errorMessage).toContain('PutLogs by hash key');
    const balanced = await put(encode(oneLog()), { path: '/logstores/results/shards/lb?key=ab' });
    expect(balanced.errorCode).toBe('SandboxUnsupportedParameter');
  });

  it('says which of project and logstore is missing', async () => {
    const group = { logs: [{ timestamp: nowS(), content: { a: '1' } }] };
    const writer = sandbox.writer();
    await expect(writer.postLogStoreLogs('nothing', 'results', group)).rejects.toEqual(
      code('ProjectNotExist'),
    );
    await expect(writer.postLogStoreLogs('audit', 'nothing', group)).rejects.toEqual(
      code('LogStoreNotExist'),
    );
  });

  it('takes 500 writes a second for each shard', async () => {
    sandbox.service.createLogstore('audit', 'small', { shardCount: 1 });
    const { quotas, clock } = sandbox.world;
    const use = (calls: number) => {
      for (let call = 0; call < calls; call += 1) {
        quotas.take('1234567890123456', 'log-service', 'PutLogs audit/small', {
          calls: 500,
          windowMs: 1000,
        });
      }
    };
    const write = () => put(encode(oneLog()), { path: '/logstores/small/shards/lb' });
    use(499);
    expect((await write()).status).toBe(200);
    expect(await write()).toMatchObject({ status: 403, errorCode: 'ShardWriteQuotaExceed' });
    clock.advance(1001);
    expect((await write()).status).toBe(200);
    use(499);
    quotas.setEnabled(false);
    expect((await write()).status).toBe(200);
  });
});
