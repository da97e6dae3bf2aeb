import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { createResultLog } from '../../../alicloud/log-service/result-log.ts';
import { createResultQuery, type ResultQuery } from '../../../alicloud/log-service/result-query.ts';

import { startLogSandbox } from '../../../sandbox/src/testing/log-service-sandbox.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  faults,
  json,
  type RawServer,
  startRawServer,
} from '../../support/adapters/server.ts';

let server: RawServer;

async function connect(...answers: Answer[]): Promise<ResultQuery> {
  server = await startRawServer(...answers);
  onTestFinished(() => server.close());
  const client = createLogClient({ endpoint: server.url, project: 'audit', credentials });
  return createResultQuery({ client, logstore: 'results', rereadAfterMs: 1 });
}

const statement = 'entry_type: account | select outcome, count(1) as n group by outcome limit 10';
const query = { query: statement, fromS: 100, toS: 200, timeoutMs: 5_000 };

function rows(list: readonly object[], progress = 'Complete'): Answer {
  return json(list, 200, { 'x-log-progress': progress, 'x-log-has-sql': 'true' });
}

it('asks with the statement, and gives back its columns as text', async () => {
  const results = await connect(
    rows([
      { outcome: 'covered', n: '12', __source__: '', __time__: '1795000000' },
      { outcome: 'failed', n: 1, gone: null },
    ]),
  );
  expect(await results.query(query)).toEqual([
    { outcome: 'covered', n: '12' },
    { outcome: 'failed', n: '1' },
  ]);
  const [request] = server.seen;
  expect(request?.method).toBe('GET');
  expect(request?.target).toMatch(/^\/logstores\/results\?/);
  expect(Object.fromEntries(new URL(request?.target ?? '', server.url).searchParams)).toEqual({
    type: 'log',
    from: '100',
    to: '200',
    query: statement,
  });
});

it('gives back no row where there is none', async () => {
  expect(await (await connect(rows([]))).query(query)).toEqual([]);
});

it('asks again while the answer is incomplete', async () => {
  const results = await connect(
    rows([{ n: '1' }], 'Incomplete'),
    rows([{ n: '2' }], 'Incomplete'),
    rows([{ n: '3' }]),
  );
  expect(await results.query(query)).toEqual([{ n: '3' }]);
  expect(server.seen).toHaveLength(3);
});

describe('a query that fails', () => {
  it('stays incomplete, and is given up', async () => {
    const results = await connect(rows([{ n: '1' }], 'Incomplete'));
    expect(await cloudErrorOf(results.query(query))).toMatchObject({
      code: 'NoAnswer',
      operation: 'GetLogs',
    });
    expect(server.seen.length).toBeGreaterThan(3);
  });

  it('takes longer than it may, all asks together', async () => {
    const slow: Answer = (response, request) => {
      setTimeout(() => rows([], 'Incomplete')(response, request), 40);
    };
    const results = await connect(slow);
    expect(await cloudErrorOf(results.query({ ...query, timeoutMs: 150 }))).toMatchObject({
      code: 'NoAnswer',
    });
    expect(server.seen.length).toBeLessThan(6);
  });

  it('is refused', async () => {
    const results = await connect(
      json({ errorCode: 'ParameterInvalid', errorMessage: 'syntax error' }, 400),
    );
    expect(await cloudErrorOf(results.query(query))).toMatchObject({
      code: 'ParameterInvalid',
      message: 'syntax error',
      statusCode: 400,
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
      const results = await connect(answer);
      expect(await cloudErrorOf(results.query({ ...query, timeoutMs }))).toMatchObject({
        code,
        operation: 'GetLogs',
        message: expect.stringMatching(reason),
      });
      await server.untilNoSockets();
    });
  }
});

describe('through the sandbox', () => {
  it('statistics over what was stored, from a whole answer', async () => {
    const sandbox = await startLogSandbox({ incompleteReads: 1 });
    onTestFinished(() => sandbox.close());
    const analytic = { type: 'text', token: [' '], caseSensitive: false, doc_value: true };
    sandbox.service.createIndex('audit', 'results', {
      keys: {
        entry_type: analytic,
        outcome: analytic,
        duration_ms: { type: 'long', doc_value: true },
      },
    });
    const client = createLogClient({
      endpoint: `http://127.0.0.1:${sandbox.port}`,
      project: 'audit',
      credentials: sandbox.credentials,
    });
    const nowMs = sandbox.world.clock.now();
    await createResultLog({ client, logstore: 'results' }).append(
      ['covered', 'failed', 'covered', 'covered'].map((outcome, index) => ({
        entry_type: index === 3 ? 'run' : 'account',
        outcome,
        duration_ms: String(index),
        time: new Date(nowMs).toISOString(),
      })),
      { timeoutMs: 5_000 },
    );
    const results: ResultQuery = createResultQuery({
      client,
      logstore: 'results',
      rereadAfterMs: 1,
    });
    expect(
      await results.query({
        query:
          'entry_type: account | select outcome, count(*) as n, max(duration_ms) as longest from log group by outcome order by n desc',
        fromS: Math.floor(nowMs / 1_000) - 60,
        toS: Math.floor(nowMs / 1_000) + 60,
        timeoutMs: 5_000,
      }),
    ).toEqual([
      { outcome: 'covered', n: '2', longest: '2' },
      { outcome: 'failed', n: '1', longest: '1' },
    ]);
  });
});
