import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMPRESSIONS, compressed } from '../../testing/compressed.ts';
import { field, text, varint } from '../../testing/log-group.ts';
import { sendRaw } from '../../testing/log-service-raw.ts';
import {
  LINE,
  type LogSandbox,
  nowS,
  startLogSandbox,
  TEXT,
} from '../../testing/log-service-sandbox.ts';

/** What a call must not make of the sandbox. How long each takes: `npm run bench -w sandbox`. */

let sandbox: LogSandbox;
beforeEach(async () => {
  sandbox = await startLogSandbox();
  sandbox.service.createIndex('audit', 'results', {
    line: LINE,
    keys: { a: TEXT, n: { type: 'long', doc_value: true }, t: { ...TEXT, doc_value: true } },
  });
});
afterEach(() => sandbox.close());

const send = (method: string, path: string, body: Buffer, headers: Record<string, string>) =>
  sendRaw({ port: sandbox.port, credentials: sandbox.credentials, method, path, body, headers });
const write = (body: Buffer, headers: Record<string, string> = {}) =>
  send('POST', '/logstores/results/shards/lb', body, headers);
const ask = (search: object) =>
  send(
    'POST',
    '/logstores/results/logs',
    Buffer.from(JSON.stringify({ from: 1, to: nowS() + 60, ...search })),
    { 'content-type': 'application/json' },
  );

const LARGEST = 3 * 1024 * 1024;
const pair = (number: number, key: string, value: string) =>
  field(number, [text(1, key), text(2, value)]);
const log = (...fields: Buffer[]) => field(1, [Buffer.from([8, ...varint(nowS())]), ...fields]);
const repeated = (part: Buffer) =>
  Buffer.alloc(Math.floor(LARGEST / part.length) * part.length, part);

describe('PutLogs refuses', () => {
  it.each([
    ['empty logs', repeated(Buffer.from([0x0a, 0])), 'PostBodyInvalid'],
    ['empty topics', repeated(Buffer.from([0x1a, 0])), 'PostBodyInvalid'],
    ['empty tags', repeated(Buffer.from([0x32, 0])), 'PostBodyInvalid'],
    [
      'fields that there are none of',
      repeated(Buffer.from([0x7a, 0])),
      'SandboxUnsupportedParameter',
    ],
    ['groups within groups', Buffer.alloc(LARGEST, 0x0b), 'PostBodyInvalid'],
    ['a length without end', Buffer.alloc(LARGEST, 0xff), 'PostBodyInvalid'],
    ['a length past the end', Buffer.from([0x0a, 0x7f, 1]), 'PostBodyInvalid'],
    ['logs within logs', nested(1000), 'PostBodyInvalid'],
    ['logs without end', repeated(log(pair(2, 'a', ''))), 'PostBodyTooLarge'],
    ['empty fields', log(repeated(Buffer.from([0x12, 0]))), 'PostBodyInvalid'],
    ['times', log(repeated(Buffer.from([8, 1]))), 'PostBodyInvalid'],
    ['fields without end', log(...fields(1001)), 'SandboxUnsupportedParameter'],
    [
      'a topic that counts for each of its logs',
      Buffer.concat([text(3, 't'.repeat(5000)), log(pair(2, 'a', ''))]),
      'SandboxUnsupportedParameter',
    ],
    [
      'tags that count for each of its logs',
      Buffer.concat([
        ...Array.from({ length: 900 }, (_, n) => pair(6, `k${n}`, 'value')),
        log(pair(2, 'a', '')),
      ]),
      'SandboxUnsupportedParameter',
    ],
  ])('%s', async (_what, body, expected) => {
    const answer = await write(body.subarray(0, LARGEST));
    expect(answer.errorCode).toBe(expected);
    expect(sandbox.service.entries('audit', 'results')).toEqual([]);
  });

  it.each(COMPRESSIONS)('what swells in %s', async (type) => {
    const swollen = Buffer.alloc(20 * LARGEST);
    const body = await compressed(type, swollen);
    const headers = (size: number) => ({
      'x-log-compresstype': type,
      'x-log-bodyrawsize': String(size),
    });
    expect(body.length).toBeLessThan(LARGEST);
    expect((await write(body, headers(swollen.length))).errorCode).toBe('PostBodyTooLarge');
    expect((await write(body, headers(LARGEST))).errorCode).toMatch(
      /^(?:InvalidBodyRawSize|PostBodyUncompressError)$/,
    );
  });

  it('what no operation takes, before it looks at the signature', async () => {
    const answer = await write(Buffer.alloc(11 * 1024 * 1024), { authorization: 'LOG nobody:x' });
    expect(answer.errorCode).toBe('PostBodyTooLarge');
  });
});

describe('a query is refused', () => {
  it.each([
    ['of 10 MB', 'a '.repeat(5 * 1024 * 1024), 'PostBodyTooLarge'],
    ['of 70,000 characters', `a: ${'x'.repeat(70_000)}`, 'SandboxUnsupportedQuery'],
    ['of 31 conditions', 'a '.repeat(31), 'ParameterInvalid'],
    ['of parentheses', `${'('.repeat(30_000)}a${')'.repeat(30_000)}`, 'SandboxUnsupportedQuery'],
    ['of NOTs', `${'not '.repeat(10_000)}a`, 'SandboxUnsupportedQuery'],
    ['of parentheses in SQL', `* | select ${'('.repeat(30_000)}1`, 'SandboxUnsupportedAnalytics'],
    ['of operators in SQL', `* | select ${'1+'.repeat(30_000)}1`, 'SandboxUnsupportedAnalytics'],
    [
      'of 70,000 characters of SQL',
      `* | select '${'x'.repeat(70_000)}'`,
      'SandboxUnsupportedQuery',
    ],
    [
      'of wildcards in SQL',
      `* | select t like '${'%a'.repeat(60)}b'`,
      'SandboxUnsupportedAnalytics',
    ],
    [
      'of a regular expression',
      "* | select regexp_like(t, '(a+)+$')",
      'SandboxUnsupportedAnalytics',
    ],
  ])('%s', async (_what, query, expected) => {
    expect((await ask({ query })).errorCode).toBe(expected);
  });

  it('when its body is a nest of brackets', async () => {
    const body = Buffer.from('['.repeat(500_000));
    const headers = { 'content-type': 'application/json' };
    expect((await send('POST', '/logstores/results/logs', body, headers)).errorCode).toBe(
      'PostBodyInvalid',
    );
  });
});

describe('a log does not slow a query down', () => {
  it.each([
    ['that looks for wildcards', 'a'.repeat(100_000), `${'a*'.repeat(31)}b`, '0'],
    [
      'that looks for wildcards with LIKE',
      'a'.repeat(2000),
      "* | select count(*) as c where t like '%a%a%a%a%a%a%ab'",
      '0',
    ],
    ['that reads it as a number', '9'.repeat(1_000_000), '* | select count(n) as c', '0'],
    ['that compares it as a number', '9'.repeat(1_000_000), 'n > 0 | select count(*) as c', '0'],
  ])('%s', async (_what, value, query, expected) => {
    sandbox.service.append('audit', 'results', [
      { timeS: nowS(), source: '', topic: '', contents: { a: value, t: value, n: value } },
    ]);
    const { status, body } = await ask({ query });
    expect(status).toBe(200);
    const { data } = JSON.parse(body);
    expect(query.includes('|') ? data[0].c : String(data.length)).toBe(expected);
  });
});

function nested(levels: number): Buffer {
  let inner = Buffer.from([0x0a, 0]);
  for (let level = 0; level < levels; level += 1) inner = Buffer.from(field(1, [inner]));
  return inner;
}

function fields(count: number): Buffer[] {
  return Array.from({ length: count }, (_, n) => pair(2, `k${n}`, ''));
}
