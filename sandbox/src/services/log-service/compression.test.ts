import { describe, expect, it } from 'vitest';
import { COMPRESSIONS, compressed } from '../../testing/compressed.ts';
import { eachTest } from '../../testing/each-test.ts';
import { logGroup } from '../../testing/log-group.ts';
import { type RawRequest, sendRaw } from '../../testing/log-service-raw.ts';
import { nowS, startLogSandbox } from '../../testing/log-service-sandbox.ts';

const sandbox = eachTest(startLogSandbox);

const stored = () => sandbox.service.entries('audit', 'results');
const oneLog = (a: string) => logGroup([{ timeS: nowS(), source: '', topic: '', contents: { a } }]);
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
  it.each(COMPRESSIONS)(
    'takes bodies in %s, answers nothing, and gives a request id',
    async (type) => {
      const a = 'again and '.repeat(100);
      const raw = oneLog(a);
      const packed = await compressed(type, raw);
      expect(packed.length).toBeLessThan(raw.length / 5);
      const headers = { 'x-log-compresstype': type, 'x-log-bodyrawsize': String(raw.length) };
      const answer = await put(packed, { headers });
      expect(answer).toMatchObject({ status: 200, body: '' });
      expect(answer.headers['x-log-requestid']).toMatch(/^[0-9A-F-]{36}$/);
      expect(stored()[0]?.contents).toEqual({ a });
    },
  );

  it.each(COMPRESSIONS)('refuses a body in %s that is more or less than it says', async (type) => {
    const raw = oneLog('x'.repeat(1000));
    const packed = await compressed(type, raw);
    for (const size of [raw.length - 1, raw.length + 1, 1, 0]) {
      const headers = { 'x-log-compresstype': type, 'x-log-bodyrawsize': String(size) };
      expect((await put(packed, { headers })).errorCode).toMatch(
        /^(?:InvalidBodyRawSize|PostBodyUncompressError)$/,
      );
    }
    expect(stored()).toEqual([]);
  });
});
