import { GetLogsV2Headers, GetLogsV2Request } from '@alicloud/sls20201230';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendRaw } from '../../../testing/log-service-raw.ts';
import {
  LINE,
  type LogSandbox,
  nowS,
  startLogSandbox,
  TEXT,
} from '../../../testing/log-service-sandbox.ts';

let sandbox: LogSandbox;
beforeEach(async () => {
  sandbox = await startLogSandbox();
  const keys = {
    n: { type: 'long', doc_value: true },
    outcome: { ...TEXT, doc_value: true },
  };
  sandbox.service.createIndex('audit', 'results', { line: LINE, keys });
});
afterEach(() => sandbox.close());

const FROM = nowS() - 3600;
const write = (count: number) =>
  sandbox.writer().postLogStoreLogs('audit', 'results', {
    logs: Array.from({ length: count }, (_, n) => ({
      timestamp: nowS() - 600 + n,
      content: { n: String(n), outcome: n % 2 === 0 ? 'covered' : 'failed' },
    })),
    topic: 'onboarding',
  });
type Wanted = ConstructorParameters<typeof GetLogsV2Request>[0];
const read = (wanted: Wanted = {}, acceptEncoding = 'lz4', sls = sandbox.sls()) =>
  sls.getLogsV2WithOptions(
    'audit',
    'results',
    new GetLogsV2Request({ from: FROM, to: nowS() + 3600, query: '*', ...wanted }),
    new GetLogsV2Headers({ acceptEncoding }),
    {} as Parameters<typeof sls.getLogsV2WithOptions>[4],
  );

describe('GetLogsV2', () => {
  it.each(['lz4', 'gzip', 'deflate', 'identity'])(
    'answers logs and what there is to say of them, in %s',
    async (acceptEncoding) => {
      await write(5);
      const { body, headers } = await read({ query: 'outcome: covered', line: 2 }, acceptEncoding);
      expect(body?.data?.map(({ n }) => n)).toEqual(['0', '2']);
      expect(body?.data?.[0]).toMatchObject({ __topic__: 'onboarding', outcome: 'covered' });
      expect(body?.meta).toMatchObject({
        progress: 'Complete',
        count: 2,
        hasSQL: false,
        whereQuery: 'outcome: covered',
        aggQuery: '',
      });
      const compression = acceptEncoding === 'identity' ? undefined : acceptEncoding;
      expect(headers?.['x-log-compresstype']).toBe(compression);
    },
  );

  it('is what the SDK asks without being told to, and can be asked in any order', async () => {
    await write(5);
    const request = new GetLogsV2Request({ from: FROM, to: nowS() + 60, query: 'n > 0' });
    const { body } = await sandbox.sls().getLogsV2('audit', 'results', request);
    expect(body?.data).toHaveLength(4);
    const wanted = { reverse: true, offset: 1, line: 2, topic: 'onboarding' };
    expect((await read(wanted)).body?.data?.map(({ n }) => n)).toEqual(['3', '2']);
    expect((await read({ topic: 'other' })).body?.data).toEqual([]);
  });

  it('computes analytic statements', async () => {
    await write(5);
    const query = 'n > 0 | select outcome,\n count(*) as "ü" group by outcome order by outcome';
    const { body } = await read({ query });
    const beside = { __source__: '', __time__: String(FROM) };
    expect(body?.data).toEqual([
      { ...beside, outcome: 'covered', ü: '2' },
      { ...beside, outcome: 'failed', ü: '2' },
    ]);
    expect(body?.meta).toMatchObject({
      hasSQL: true,
      count: 2,
      processedRows: 4,
      whereQuery: 'n > 0',
      aggQuery: 'select outcome, count(*) as "ü" group by outcome order by outcome',
    });
  });

  it('answers Incomplete as GetLogs does', async () => {
    await write(4);
    sandbox.service.answerIncomplete(1);
    expect((await read()).body).toMatchObject({ meta: { progress: 'Incomplete', count: 2 } });
    expect((await read()).body).toMatchObject({ meta: { progress: 'Complete', count: 4 } });
  });

  it.each([
    [{ line: 101 }, 'InvalidLine'],
    [{ offset: -1 }, 'InvalidOffset'],
    [{ from: 2, to: 2 }, 'InvalidTimeRange'],
    [{ from: -5 }, 'InvalidTimeRange'],
    [{ query: 'unknown: x' }, 'ParameterInvalid'],
    [{ query: '* | select none' }, 'ParameterInvalid'],
    [{ query: '* | select n', offset: 1 }, 'ParameterInvalid'],
    [{ powerSql: true }, 'SandboxUnsupportedParameter'],
    [{ session: 'mode=scan' }, 'SandboxUnsupportedParameter'],
    [{ highlight: true }, 'SandboxUnsupportedParameter'],
  ])('refuses %o', async (wanted, expected) => {
    await expect(read(wanted)).rejects.toMatchObject({ code: expected });
  });

  it('says which of project and logstore is missing, and needs the permission of GetLogs', async () => {
    const request = new GetLogsV2Request({ from: 1, to: 2 });
    const sls = sandbox.sls();
    await expect(sls.getLogsV2('nothing', 'results', request)).rejects.toMatchObject({
      code: 'ProjectNotExist',
    });
    await expect(sls.getLogsV2('audit', 'nothing', request)).rejects.toMatchObject({
      code: 'LogStoreNotExist',
    });
    const allow = (Action: string) =>
      sandbox.assume({ Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
    const reader = sandbox.sls(allow('log:GetLogStoreLogs'));
    expect((await read({}, 'lz4', reader)).body?.data).toEqual([]);
    const writer = sandbox.sls(allow('log:PostLogStoreLogs'));
    await expect(read({}, 'lz4', writer)).rejects.toMatchObject({ code: 'Unauthorized' });
  });

  it.each([
    ['{"from":1,"to":2,"fromNs":0,"toNs":0,"accurate":true,"highlight":false}', undefined],
    ['{"from":1,"to":2,"fromNs":5}', 'SandboxUnsupportedParameter'],
    ['{"from":1,"to":2,"shard":0}', 'SandboxUnsupportedParameter'],
    ['{"from":"1","to":2}', 'InvalidTimeRange'],
    ['{"from":1,"to":1e400}', 'InvalidTimeRange'],
    ['[]', 'PostBodyInvalid'],
    ['', 'PostBodyInvalid'],
  ])('of %s says %s', async (body, expected) => {
    const answer = await sendRaw({
      port: sandbox.port,
      method: 'POST',
      path: '/logstores/results/logs',
      credentials: sandbox.credentials,
      body: Buffer.from(body),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.errorCode).toBe(expected);
  });
});
