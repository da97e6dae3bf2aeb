import { GetLogsRequest } from '@alicloud/sls20201230';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LONG, TEXT } from '../../../testing/analytics-logs.ts';
import { type LogSandbox, nowS, startLogSandbox } from '../../../testing/log-service-sandbox.ts';

let sandbox: LogSandbox;
beforeEach(async () => {
  sandbox = await startLogSandbox();
  sandbox.service.createIndex('audit', 'results', { keys: { n: LONG, outcome: TEXT } });
});
afterEach(() => sandbox.close());

const FROM = nowS() - 3600;
const read = (query: string, more: object = {}, sls = sandbox.sls()) =>
  sls.getLogs(
    'audit',
    'results',
    new GetLogsRequest({ from: FROM, to: nowS() + 3600, query, ...more }),
  );
const write = (count: number) =>
  sandbox.writer().postLogStoreLogs('audit', 'results', {
    logs: Array.from({ length: count }, (_, n) => ({
      timestamp: nowS() - 600 + n,
      content: { n: String(n), outcome: n % 2 === 0 ? 'covered' : 'failed' },
    })),
  });

describe('GetLogs with an analytic statement', () => {
  it('answers rows of strings, and says what it computed', async () => {
    await write(5);
    const { headers, body } = await read(
      'n > 0 | select outcome, count(*) as entries,\n  sum(n) as "ü" group by outcome order by outcome',
    );
    const beside = { __source__: '', __time__: String(FROM) };
    expect(body).toEqual([
      { ...beside, outcome: 'covered', entries: '2', ü: '6' },
      { ...beside, outcome: 'failed', entries: '2', ü: '4' },
    ]);
    expect(headers).toMatchObject({
      'x-log-progress': 'Complete',
      'x-log-count': '2',
      'x-log-has-sql': 'true',
      'x-log-agg-query':
        'select outcome, count(*) as entries, sum(n) as "?" group by outcome order by outcome',
      'x-log-where-query': 'n > 0',
      'x-log-processed-rows': '4',
    });
    expect((await read('n > 0')).headers).toMatchObject({ 'x-log-has-sql': 'false' });
  });

  it('is read by the older SDK, too', async () => {
    await write(3);
    const from = new Date(Date.now() - 3_600_000);
    const to = new Date(Date.now() + 60_000);
    const rows = await sandbox.writer().getLogs('audit', 'results', from, to, {
      query: '* | select count(*) as entries',
    });
    expect(rows).toMatchObject([{ entries: '3' }]);
  });

  it('pages by LIMIT: line and reverse mean nothing, an offset is refused', async () => {
    await write(120);
    const rows = await read('* | select n order by n limit 110', { line: 1, reverse: true });
    expect(rows.body?.map(({ n }) => n)).toEqual(Array.from({ length: 110 }, (_, n) => String(n)));
    await expect(read('* | select n', { offset: 1 })).rejects.toMatchObject({
      code: 'ParameterInvalid',
      message: expect.stringContaining(
        'offset is not available for pagination in sql query, please use limit x,y syntax for pagination.',
      ),
    });
  });

  it('shows the __time__ that a statement selects', async () => {
    await write(1);
    const rows = await read('* | select max(__time__) as __time__');
    expect(Number(rows.body?.[0]?.__time__)).toBeGreaterThan(FROM + 2000);
  });

  it('answers errors with their place', async () => {
    await expect(read('* | select none')).rejects.toMatchObject({
      code: 'ParameterInvalid',
      statusCode: 400,
      message: expect.stringContaining(
        "line 1:9: Column 'none' cannot be resolved;please add the column in the index attribute",
      ),
    });
    await expect(read('* | select array_agg(n)')).rejects.toMatchObject({
      code: 'SandboxUnsupportedAnalytics',
    });
    sandbox.service.deleteIndex('audit', 'results');
    await expect(read('* | select 1')).rejects.toMatchObject({ code: 'IndexConfigNotExist' });
  });

  it('computes an Incomplete answer from half of what was found', async () => {
    await write(4);
    sandbox.service.answerIncomplete(1);
    const first = await read('* | select count(*) as entries');
    expect(first.headers).toMatchObject({
      'x-log-progress': 'Incomplete',
      'x-log-processed-rows': '2',
    });
    expect(first.body).toMatchObject([{ entries: '2' }]);
    expect((await read('* | select count(*) as entries')).body).toMatchObject([{ entries: '4' }]);
  });

  it('needs the permission to read logs', async () => {
    const reader = (action: string) =>
      sandbox.assume({
        Version: '1',
        Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
      });
    const statement = '* | select count(*) as entries';
    const allowed = sandbox.sls(reader('log:GetLogStoreLogs'));
    expect((await read(statement, {}, allowed)).body).toHaveLength(1);
    const denied = sandbox.sls(reader('log:PostLogStoreLogs'));
    await expect(read(statement, {}, denied)).rejects.toMatchObject({ code: 'Unauthorized' });
  });

  it('computes several at once, each from its own moment', async () => {
    await write(10);
    const before = Array.from({ length: 5 }, () => read('* | select sum(n) as s'));
    for (const { body } of await Promise.all(before)) expect(body).toMatchObject([{ s: '45' }]);
  });
});
