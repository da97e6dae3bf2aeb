import { afterEach, describe, expect, it } from 'vitest';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { createResultReader } from '../../../alicloud/log-service/result-reader.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  faults,
  json,
  type RawServer,
  startRawServer,
} from '../../support/adapters/server.ts';

let server: RawServer;
afterEach(() => server.close());

async function connect(...answers: Answer[]) {
  server = await startRawServer(...answers);
  const client = createLogClient({ endpoint: server.url, project: 'audit', credentials });
  return createResultReader({ client, logstore: 'results', rereadAfterMs: 1 });
}

const search = { query: 'entry_type: account', fromS: 100, toS: 200, timeoutMs: 5_000 };

function page(entries: readonly object[], progress = 'Complete'): Answer {
  return json(entries, 200, { 'x-log-progress': progress, 'x-log-count': `${entries.length}` });
}

function entry(id: number) {
  return {
    __time__: 1_795_000_000,
    __source__: '10.0.0.1',
    __topic__: '',
    entry_id: `e-${id}`,
    time: `2026-11-20T00:00:00.${String(id).padStart(3, '0')}Z`,
  };
}

function sentQueries() {
  return server.seen.map(({ target }) =>
    Object.fromEntries(new URL(target, server.url).searchParams),
  );
}

it('asks for entries, and leaves out what the service adds', async () => {
  const reader = await connect(
    page([{ ...entry(1), outcome: 'covered', attempts: 3, gone: null }]),
  );
  expect(await reader.search(search)).toEqual([
    { entry_id: 'e-1', time: '2026-11-20T00:00:00.001Z', outcome: 'covered', attempts: '3' },
  ]);
  expect(server.seen[0]).toMatchObject({ method: 'GET' });
  expect(server.seen[0]?.target).toMatch(/^\/logstores\/results\?/);
  expect(sentQueries()).toEqual([
    {
      type: 'log',
      from: '100',
      to: '200',
      query: 'entry_type: account',
      line: '100',
      offset: '0',
      reverse: 'false',
    },
  ]);
});

const three = [0, 1, 2].map((part) =>
  Array.from({ length: part === 2 ? 7 : 100 }, (_, index) => entry(part * 100 + index)),
);

it('reads all pages', async () => {
  const reader = await connect(...three.map((entries) => page(entries)));
  expect((await reader.search(search)).map(({ entry_id }) => entry_id)).toEqual(
    Array.from({ length: 207 }, (_, id) => `e-${id}`),
  );
  expect(sentQueries().map(({ offset }) => offset)).toEqual(['0', '100', '200']);
});

it('reads no more pages than the limit needs', async () => {
  const reader = await connect(...three.map((entries) => page(entries)));
  expect(await reader.search({ ...search, limit: 30 })).toHaveLength(30);
  expect(server.seen).toHaveLength(1);
});

it('ends when the last page is full', async () => {
  const reader = await connect(page(three[0] ?? []), page([]));
  expect(await reader.search(search)).toHaveLength(100);
});

describe('order', () => {
  it('is that of `time`, whatever the service answers', async () => {
    const reader = await connect(page([entry(3), entry(1), entry(2)]));
    const found = await reader.search(search);
    expect(found.map(({ entry_id }) => entry_id)).toEqual(['e-1', 'e-2', 'e-3']);
  });

  it('is that of the ids where the time is one', async () => {
    const { time } = entry(1);
    const answer = page([3, 1, 2].map((id) => ({ ...entry(id), time })));
    const ids = async (more: object) =>
      (await (await connect(answer)).search({ ...search, ...more })).map(
        ({ entry_id }) => entry_id,
      );
    expect(await ids({})).toEqual(['e-1', 'e-2', 'e-3']);
    await server.close();
    expect(await ids({ reverse: true })).toEqual(['e-3', 'e-2', 'e-1']);
  });

  it('can be reversed', async () => {
    const reader = await connect(page([entry(3), entry(1), entry(2)]));
    const found = await reader.search({ ...search, reverse: true });
    expect(found.map(({ entry_id }) => entry_id)).toEqual(['e-3', 'e-2', 'e-1']);
    expect(sentQueries()[0]?.reverse).toBe('true');
  });
});

it('shows an entry that was stored twice once', async () => {
  const reader = await connect(page([entry(1), entry(2), entry(1), { a: 'x' }, { a: 'x' }]));
  expect(await reader.search(search)).toHaveLength(4);
});

it('asks again while the answer is incomplete', async () => {
  const reader = await connect(
    page([entry(1)], 'Incomplete'),
    page([], 'Incomplete'),
    page([entry(1), entry(2)]),
  );
  expect(await reader.search(search)).toHaveLength(2);
  expect(sentQueries().map(({ offset }) => offset)).toEqual(['0', '0', '0']);
});

describe('a search that fails', () => {
  it('stays incomplete, and is given up', async () => {
    const reader = await connect(page([entry(1)], 'Incomplete'));
    expect(await cloudErrorOf(reader.search(search))).toMatchObject({
      code: 'NoAnswer',
      operation: 'GetLogs',
    });
    expect(server.seen.length).toBeGreaterThan(3);
  });

  it('takes longer than it may', async () => {
    const slow: Answer = (response, request) => {
      setTimeout(() => page(three[0] ?? [])(response, request), 40);
    };
    const reader = await connect(slow);
    const error = await cloudErrorOf(reader.search({ ...search, timeoutMs: 150 }));
    expect(error).toMatchObject({ code: 'NoAnswer' });
  });

  it('is refused', async () => {
    const reader = await connect(
      json({ errorCode: 'IndexConfigNotExist', errorMessage: 'No index.' }, 400),
    );
    expect(await cloudErrorOf(reader.search(search))).toMatchObject({
      code: 'IndexConfigNotExist',
      message: 'No index.',
    });
  });

  for (const {
    name,
    code,
    reason = /^Malformed answer/,
    timeoutMs = 5_000,
    answer,
  } of faults.filter((fault) => fault.name !== 'a list')) {
    it(`meets ${name}: ${code}`, async () => {
      const reader = await connect(answer);
      expect(await cloudErrorOf(reader.search({ ...search, timeoutMs }))).toMatchObject({
        code,
        operation: 'GetLogs',
        message: expect.stringMatching(reason),
      });
      await server.untilNoSockets();
    });
  }
});
