import { GetHistogramsRequest } from '@alicloud/sls20201230';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  LINE,
  type LogSandbox,
  startLogSandbox,
  TEXT,
} from '../../../testing/log-service-sandbox.ts';

let sandbox: LogSandbox;
beforeEach(async () => {
  sandbox = await startLogSandbox();
  sandbox.service.createIndex('audit', 'results', { line: LINE, keys: { outcome: TEXT } });
});
afterEach(() => sandbox.close());

const AT_S = 1_700_000_000;
const append = (...timesS: readonly number[]) =>
  sandbox.service.append(
    'audit',
    'results',
    timesS.map((timeS) => ({
      timeS: AT_S + timeS,
      source: '',
      topic: 'onboarding',
      contents: { outcome: timeS % 2 === 0 ? 'covered' : 'failed' },
    })),
  );
const ask = async (seconds: number, more: object = {}) => {
  const request = new GetHistogramsRequest({ from: AT_S, to: AT_S + seconds, ...more });
  return sandbox.sls().getHistograms('audit', 'results', request);
};
const counts = async (seconds: number, more: object = {}) =>
  (await ask(seconds, more)).body?.map(({ from = 0, to = 0, count }) => [
    from - AT_S,
    to - AT_S,
    count,
  ]);

describe('GetHistograms', () => {
  it('divides the time range evenly, and counts what is found in each part', async () => {
    append(0, 1, 1, 2, 4);
    const { body, headers } = await ask(4);
    expect(body?.map(({ count, progress }) => [count, progress])).toEqual([
      [1, 'Complete'],
      [2, 'Complete'],
      [1, 'Complete'],
      [0, 'Complete'],
    ]);
    expect(headers).toMatchObject({ 'x-log-progress': 'Complete', 'x-log-count': '4' });
    expect(await counts(4, { query: 'outcome: failed' })).toEqual([
      [0, 1, 0],
      [1, 2, 2],
      [2, 3, 0],
      [3, 4, 0],
    ]);
  });

  it('in 60 parts at the most, the last of which may be shorter', async () => {
    append(0, 61, 62, 130);
    const all = (await counts(131)) ?? [];
    expect(all).toHaveLength(44);
    expect(all[0]).toEqual([0, 3, 1]);
    expect(all[20]).toEqual([60, 63, 2]);
    expect(all.at(-1)).toEqual([129, 131, 1]);
    expect(await counts(3600)).toHaveLength(60);
  });

  it('reads one topic, and answers Incomplete as GetLogs does', async () => {
    append(0, 1);
    expect(await counts(2, { topic: 'other' })).toEqual([
      [0, 1, 0],
      [1, 2, 0],
    ]);
    sandbox.service.answerIncomplete(1);
    expect((await ask(2)).body?.map(({ progress }) => progress)).toEqual([
      'Incomplete',
      'Incomplete',
    ]);
  });

  it('is asked by the older SDK, too', async () => {
    append(0);
    const from = new Date(AT_S * 1000);
    const to = new Date((AT_S + 2) * 1000);
    const found = await sandbox
      .writer()
      .getHistograms('audit', 'results', from, to, { query: '*' });
    expect(found).toMatchObject([{ count: 1 }, { count: 0 }]);
  });

  it.each([
    [{ query: '* | select 1' }, 'InvalidQueryString'],
    [{ query: 'unknown: x' }, 'ParameterInvalid'],
    [{ to: AT_S }, 'InvalidTimeRange'],
  ])('refuses %o', async (more, expected) => {
    await expect(ask(60, more)).rejects.toMatchObject({ code: expected });
  });

  it('needs a permission of its own', async () => {
    const allow = (Action: string) =>
      sandbox.sls(
        sandbox.assume({ Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] }),
      );
    const request = new GetHistogramsRequest({ from: 1, to: 2 });
    const allowed = allow('log:GetLogStoreHistogram');
    expect((await allowed.getHistograms('audit', 'results', request)).body).toHaveLength(1);
    await expect(
      allow('log:GetLogStoreLogs').getHistograms('audit', 'results', request),
    ).rejects.toMatchObject({ code: 'Unauthorized' });
  });
});
