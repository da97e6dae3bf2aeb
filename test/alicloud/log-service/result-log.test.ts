import { inflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { encodeLogGroup } from '../../../alicloud/log-service/log-group.ts';
import {
  createResultLog,
  MAX_BATCH_BYTES,
  MAX_BATCH_ENTRIES,
} from '../../../alicloud/log-service/result-log.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  faults,
  json,
  type RawServer,
  startRawServer,
  text,
} from '../../support/adapters/server.ts';

let server: RawServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function connect(...answers: Answer[]) {
  server = await startRawServer(...answers);
  return { server, resultLog: resultLogTo(server.url) };
}

function resultLogTo(endpoint: string) {
  const client = createLogClient({ endpoint, project: 'audit', credentials });
  return createResultLog({ client, logstore: 'results', source: 'onboarding', now: () => 5_999 });
}

const options = { timeoutMs: 5_000 };

describe('append', () => {
  const entries: Record<string, string>[] = [
    { time: '2026-11-20T01:02:03.999Z', entry_id: 'e-1' },
    { entry_id: 'e-2' },
  ];

  it('stores the batch, with the time of each entry', async () => {
    const { server, resultLog } = await connect(text(''));
    await resultLog.append(entries, options);
    const raw = encodeLogGroup({
      source: 'onboarding',
      logs: [
        {
          timeS: Date.UTC(2026, 10, 20, 1, 2, 3) / 1_000,
          contents: { time: '2026-11-20T01:02:03.999Z', entry_id: 'e-1' },
        },
        // Without a time of its own it gets the current one.
        { timeS: 5, contents: { entry_id: 'e-2' } },
      ],
    });
    expect(server.seen).toHaveLength(1);
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'POST', target: '/logstores/results/shards/lb' });
    expect(inflateSync(request?.body ?? '').equals(raw)).toBe(true);
    expect(request?.headers).toMatchObject({
      'content-type': 'application/x-protobuf',
      'x-log-bodyrawsize': String(raw.length),
      'x-log-compresstype': 'deflate',
    });
  });

  it.each(['yesterday', '1960-01-01T00:00:00Z', '9999-01-01T00:00:00Z', ''])(
    'takes the current time for one that the format has no room for: %s',
    async (time) => {
      const { server, resultLog } = await connect(text(''));
      await resultLog.append([{ time }], options);
      const raw = encodeLogGroup({
        source: 'onboarding',
        logs: [{ timeS: 5, contents: { time } }],
      });
      expect(inflateSync(server.seen[0]?.body ?? '').equals(raw)).toBe(true);
    },
  );

  it('sends nothing for nothing', async () => {
    const { server, resultLog } = await connect(text(''));
    await resultLog.append([], options);
    expect(server.seen).toHaveLength(0);
  });

  it('rejects unless the service confirms', async () => {
    const { resultLog } = await connect(
      json({ errorCode: 'LogStoreNotExist', errorMessage: 'No.' }, 404),
    );
    expect(await cloudErrorOf(resultLog.append(entries, options))).toMatchObject({
      operation: 'PutLogs',
      code: 'LogStoreNotExist',
      statusCode: 404,
    });
  });

  // The official client takes these for a success.
  it.each(faults.filter(({ name }) => /503|500|reset|hang/.test(name)))(
    'rejects for $name',
    async ({ code, reason = /^Malformed answer/, timeoutMs = 5_000, answer }) => {
      const { resultLog } = await connect(answer);
      expect(await cloudErrorOf(resultLog.append(entries, { timeoutMs }))).toMatchObject({
        operation: 'PutLogs',
        code,
        message: expect.stringMatching(reason),
      });
    },
  );
});

describe('batches', () => {
  const { batches } = resultLogTo('http://127.0.0.1:1');

  function rawSize(batch: readonly LogEntry[]): number {
    return encodeLogGroup({
      logs: batch.map((contents) => ({ timeS: 1_795_000_000, contents })),
    }).length;
  }

  it('of no entries are none', () => {
    expect(batches([])).toEqual([]);
  });

  it('hold at most 4,096 entries, in order', () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => ({ entry_id: `${index}` }));
    const cut = batches(entries);
    expect(cut.map((batch) => batch.length)).toEqual([MAX_BATCH_ENTRIES, MAX_BATCH_ENTRIES, 1_808]);
    expect(cut.flat()).toEqual(entries);
  });

  it('stay under 3 MB, and are not smaller than they need to be', () => {
    // Three bytes each, so that characters and bytes differ.
    const entries = Array.from({ length: 100 }, (_, index) => ({
      time: '2026-11-20T01:02:03.999Z',
      entry_id: `${index}`,
      reason: '网'.repeat(30_000),
    }));
    const cut = batches(entries);
    expect(cut.flat()).toEqual(entries);
    expect(cut.map((batch) => batch.length)).toEqual([32, 32, 32, 4]);
    for (const batch of cut) {
      expect(rawSize(batch)).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    }
  });

  it('cut a value that is too large for the service, and say so in it', () => {
    const [[entry] = []] = batches([{ entry_id: 'e-1', reason: '网'.repeat(400_000) }]);
    expect(entry?.entry_id).toBe('e-1');
    const reason = entry?.reason ?? '';
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(1_000_000);
    expect(Buffer.byteLength(reason)).toBeGreaterThan(999_900);
    expect(reason).toMatch(/^网+ … \[cut, had 1200000 bytes\]$/);
  });

  it('cut the longest values of an entry that is too large, and only as much as needed', () => {
    const large = {
      entry_id: 'e-1',
      a: 'a'.repeat(900_000),
      b: 'b'.repeat(990_000),
      c: 'c'.repeat(980_000),
      d: 'd'.repeat(970_000),
    };
    const cut = batches([{ entry_id: 'e-0' }, large, { entry_id: 'e-2' }]);
    expect(cut.flat().map((entry) => entry.entry_id)).toEqual(['e-0', 'e-1', 'e-2']);
    const entry = cut.flat()[1] ?? {};
    expect(entry.a).toBe(large.a);
    expect(entry.c).toBe(large.c);
    expect(entry.d).toBe(large.d);
    expect(entry.b).toMatch(/^b+ … \[cut, had 990000 bytes\]$/);
    expect(rawSize([entry])).toBeLessThanOrEqual(MAX_BATCH_BYTES);
    expect(rawSize([entry])).toBeGreaterThan(MAX_BATCH_BYTES - 200);
  });

  it('keep even an entry of very many values', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`k${index}`, 'x'.repeat(100_000 + index)]),
    );
    const cut = batches([many]);
    expect(cut).toHaveLength(1);
    expect(Object.keys(cut[0]?.[0] ?? {})).toEqual(Object.keys(many));
    expect(rawSize(cut[0] ?? [])).toBeLessThanOrEqual(MAX_BATCH_BYTES);
  });

  it('do not change the entries that they are given', () => {
    const entry = Object.freeze({ reason: 'x'.repeat(1_200_000) });
    batches([entry]);
    expect(entry.reason).toHaveLength(1_200_000);
  });
});
