import { GetLogsRequest } from '@alicloud/sls20201230';
import { afterEach, describe, expect, it } from 'vitest';
import {
  LINE,
  type LogSandbox,
  nowS,
  startLogSandbox,
  TEXT,
} from '../../../testing/log-service-sandbox.ts';
import { NO_DELAYS } from '../delays.ts';

let sandbox: LogSandbox;
afterEach(() => sandbox.close());

const INDEX = { line: LINE, keys: { n: { type: 'long' }, outcome: TEXT } };
const code = (expected: string) => expect.objectContaining({ code: expected });

const start = async (options: Parameters<typeof startLogSandbox>[0] = {}) => {
  sandbox = await startLogSandbox(options);
  sandbox.service.createIndex('audit', 'results', INDEX);
};

type Wanted = ConstructorParameters<typeof GetLogsRequest>[0];
const read = (wanted: Wanted = {}) =>
  sandbox
    .sls()
    .getLogs(
      'audit',
      'results',
      new GetLogsRequest({ from: nowS() - 3600, to: nowS() + 3600, query: '*', ...wanted }),
    );
const numbers = async (wanted: Wanted = {}) => (await read(wanted)).body?.map(({ n }) => n);

const write = (count: number, firstTimeS = nowS()) =>
  sandbox.writer().postLogStoreLogs('audit', 'results', {
    logs: Array.from({ length: count }, (_, n) => ({
      timestamp: firstTimeS + n,
      content: { n: String(n) },
    })),
    topic: 'onboarding',
    source: 'test',
  });

describe('GetLogs', () => {
  it('answers flat logs and says that they are all', async () => {
    await start();
    const timeS = nowS();
    await write(2, timeS);
    const { headers, body } = await read();
    expect(body).toEqual([
      { __time__: String(timeS), __source__: 'test', __topic__: 'onboarding', n: '0' },
      { __time__: String(timeS + 1), __source__: 'test', __topic__: 'onboarding', n: '1' },
    ]);
    expect(headers).toMatchObject({ 'x-log-progress': 'Complete', 'x-log-count': '2' });
  });

  it('is read by the older SDK, too', async () => {
    await start();
    await write(1);
    const from = new Date(Date.now() - 60_000);
    const to = new Date(Date.now() + 60_000);
    const found = await sandbox.writer().getLogs('audit', 'results', from, to, {
      query: 'n > -1 and not outcome: "a b"',
      line: 10,
      reverse: true,
    });
    expect(found).toMatchObject([{ n: '0' }]);
  });

  it('shows a log only when 3 s have passed on the sandbox clock', async () => {
    await start({ delays: { ...NO_DELAYS, visibleMs: [3000, 3000] } });
    await write(1);
    expect(await numbers()).toEqual([]);
    expect(sandbox.service.entries('audit', 'results')).toHaveLength(1);
    sandbox.world.clock.advance(2999);
    expect(await numbers()).toEqual([]);
    sandbox.world.clock.advance(1);
    expect(await numbers()).toEqual(['0']);
  });

  it('orders by time, either way, and pages', async () => {
    await start();
    const timeS = nowS() - 600;
    await write(3, timeS + 100);
    await write(3, timeS);
    expect(await numbers()).toEqual(['0', '1', '2', '0', '1', '2']);
    expect(await numbers({ offset: 1, line: 3 })).toEqual(['1', '2', '0']);
    expect(await numbers({ offset: 4, line: 3 })).toEqual(['1', '2']);
    expect(await numbers({ offset: 6 })).toEqual([]);
    expect(await numbers({ reverse: true, line: 4 })).toEqual(['2', '1', '0', '2']);
    expect(await numbers({ line: 0 })).toEqual([]);
  });

  it('gives 100 lines when none are asked for, and never more', async () => {
    await start();
    await write(150);
    expect(await numbers()).toHaveLength(100);
    expect(await numbers({ offset: 100 })).toHaveLength(50);
    await expect(read({ line: 101 })).rejects.toEqual(code('InvalidLine'));
  });

  it('includes from and excludes to', async () => {
    await start();
    const timeS = nowS();
    await write(3, timeS);
    expect(await numbers({ from: timeS, to: timeS + 2 })).toEqual(['0', '1']);
    await expect(read({ from: timeS, to: timeS })).rejects.toEqual(code('InvalidTimeRange'));
  });

  it('reads one topic', async () => {
    await start();
    await write(1);
    expect(await numbers({ topic: 'onboarding' })).toEqual(['0']);
    expect(await numbers({ topic: 'other' })).toEqual([]);
  });

  it('answers half, as Incomplete, for as many reads as it is told to', async () => {
    await start({ incompleteReads: 1 });
    await write(4);
    const first = await read();
    expect(first.headers).toMatchObject({ 'x-log-progress': 'Incomplete', 'x-log-count': '2' });
    expect(first.body).toHaveLength(2);
    expect((await read()).headers).toMatchObject({ 'x-log-progress': 'Complete' });
    sandbox.service.answerIncomplete(1);
    expect((await read()).headers).toMatchObject({ 'x-log-progress': 'Incomplete' });
  });

  it('needs an index, and one that was there when the log was written', async () => {
    sandbox = await startLogSandbox();
    await write(1);
    await expect(read()).rejects.toEqual(code('IndexConfigNotExist'));
    sandbox.service.createIndex('audit', 'results', INDEX);
    expect(await numbers()).toEqual([]);
    await write(1);
    expect(await numbers()).toEqual(['0']);
    sandbox.service.createIndex('audit', 'results', { keys: { ...INDEX.keys, fresh: TEXT } });
    expect(await numbers({ query: 'not fresh: *' })).toEqual(['0']);
  });

  it.each([
    [{ powerSql: true }, 'SandboxUnsupportedParameter'],
    [{ query: '* | select array_agg(n)' }, 'ParameterInvalid'],
    [{ query: 'unknown: x' }, 'ParameterInvalid'],
    [{ offset: -1 }, 'InvalidOffset'],
  ])('refuses %o', async (wanted, expected) => {
    await start();
    await expect(read(wanted)).rejects.toEqual(code(expected));
  });

  it('says which of project and logstore is missing', async () => {
    await start();
    const request = new GetLogsRequest({ from: 1, to: 2 });
    await expect(sandbox.sls().getLogs('nothing', 'results', request)).rejects.toEqual(
      code('ProjectNotExist'),
    );
    await expect(sandbox.sls().getLogs('audit', 'nothing', request)).rejects.toEqual(
      code('LogStoreNotExist'),
    );
  });

  it('finds the same in process', async () => {
    await start();
    await write(3);
    const { service } = sandbox;
    expect(service.search('audit', 'results').map(({ contents }) => contents.n)).toEqual([
      '0',
      '1',
      '2',
    ]);
    expect(service.search('audit', 'results', { query: 'n > 0', reverse: true, line: 1 })).toEqual([
      { timeS: expect.any(Number), source: 'test', topic: 'onboarding', contents: { n: '2' } },
    ]);
    service.append('audit', 'results', [{ timeS: 1, source: '', topic: '', contents: { n: '9' } }]);
    expect(service.search('audit', 'results', { query: 'n = 9' })).toHaveLength(1);
  });
});
