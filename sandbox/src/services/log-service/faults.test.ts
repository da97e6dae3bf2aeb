import { GetLogsRequest } from '@alicloud/sls20201230';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LINE, type LogSandbox, nowS, startLogSandbox } from '../../testing/log-service-sandbox.ts';

let sandbox: LogSandbox;
beforeEach(async () => {
  sandbox = await startLogSandbox();
  sandbox.service.createIndex('audit', 'results', { line: LINE });
});
afterEach(() => sandbox.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const group = () => ({ logs: [{ timestamp: nowS(), content: { a: '1' } }] });
const write = () => sandbox.writer().postLogStoreLogs('audit', 'results', group());
const stored = () => sandbox.service.entries('audit', 'results');

describe('faults', () => {
  const fault = (
    operation: string,
    effect: Parameters<typeof sandbox.world.faults.add>[0]['effect'],
  ) => sandbox.world.faults.add({ service: 'log-service', operation, effect, when: { first: 1 } });

  it('answer a code of the table', async () => {
    fault('PutLogs', { kind: 'error', code: 'ServerBusy' });
    await expect(write()).rejects.toEqual(code('ServerBusy'));
    expect(stored()).toEqual([]);
    await write();
    expect(stored()).toHaveLength(1);
  });

  it('reset the connection', async () => {
    fault('PutLogs', { kind: 'reset' });
    await expect(write()).rejects.toThrow(/ECONNRESET|socket hang up/);
  });

  it('answer an HTML 503 and an empty 500, which the older SDK takes for success', async () => {
    fault('PutLogs', { kind: 'html-503' });
    expect(await write()).toContain('<html>');
    fault('PutLogs', { kind: 'empty-500' });
    expect(await write()).toBe('');
    expect(stored()).toEqual([]);
  });

  it('lose an answer after the logs were stored', async () => {
    sandbox.world.faults.add({
      service: 'log-service',
      operation: 'PutLogs',
      effect: { kind: 'reset' },
      when: { first: 1 },
      afterEffect: true,
    });
    await expect(write()).rejects.toThrow();
    expect(stored()).toHaveLength(1);
  });

  it('break reading for the current SDK', async () => {
    fault('GetLogs', { kind: 'html-503' });
    const request = new GetLogsRequest({ from: 1, to: 2 });
    await expect(sandbox.sls().getLogs('audit', 'results', request)).rejects.toThrow();
    expect((await sandbox.sls().getLogs('audit', 'results', request)).body).toEqual([]);
  });
});
