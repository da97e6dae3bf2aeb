import { deflateSync } from 'node:zlib';
import { Zstd } from '@hpcc-js/wasm-zstd';
import lz4 from 'lz4-wasm-nodejs';
import { field, text } from '../src/testing/log-group.ts';

interface HostileCall {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const LARGEST = 3 * 1024 * 1024;
const zstd = await Zstd.load();

/** What is refused, as `hostile.test.ts` shows, and what is answered although it looks for trouble. */
export function hostileCalls(): readonly HostileCall[] {
  const swollen = Buffer.alloc(20 * LARGEST);
  const [nothing, times] = [Buffer.from([0x12, 0]), Buffer.from([8, 1])];
  return [
    write('1.5 million empty logs', repeated(Buffer.from([0x0a, 0]))),
    write('1.5 million empty topics', repeated(Buffer.from([0x1a, 0]))),
    write('1.5 million unknown fields', repeated(Buffer.from([0x7a, 0]))),
    write('a log of 1.5 million empty fields', field(1, [repeated(nothing)])),
    write('a log of 1.5 million times', field(1, [repeated(times)])),
    write('300,000 small logs', repeated(field(1, [times, field(2, [text(1, 'a'), text(2, '')])]))),
    write('a zip bomb in deflate', deflateSync(swollen), 'deflate'),
    write('a zip bomb in lz4', Buffer.from(lz4.compress(swollen).subarray(4)), 'lz4'),
    write('a zip bomb in zstd', Buffer.from(zstd.compress(swollen)), 'zstd'),
    write('11 MB of nothing', Buffer.alloc(11 * 1024 * 1024)),
    search('a query of 10 MB', 'a '.repeat(5 * 1024 * 1024)),
    search('a query of 500,000 characters', 'a '.repeat(250_000)),
    search('31 conditions', 'a '.repeat(31)),
    search('30,000 parentheses', '('.repeat(30_000)),
    search('30,000 parentheses in SQL', `* | select ${'('.repeat(30_000)}1`),
    search('30,000 operators in SQL', `* | select ${'1+'.repeat(30_000)}1`),
    search('999 operators in SQL', `* | select ${'1 + '.repeat(998)}1 as x`),
    search('999 columns in SQL', `* | select ${'api_calls + '.repeat(998)}api_calls as x`),
    search('LIKE with 60 wildcards', `* | select message like '${'%a'.repeat(60)}b'`),
    search(
      'LIKE with 8 wildcards',
      `* | select count(*) as c where message like '${'%a'.repeat(7)}%b'`,
    ),
    search('a regular expression', "* | select regexp_like(message, '(a+)+$')"),
    search('wildcards in a search', `message: ${'a*'.repeat(31)}b`),
    search('a million digits', 'duration_ms > 5 | select max(duration_ms) as longest'),
    json('500,000 brackets', '['.repeat(500_000)),
  ];
}

function repeated(part: Buffer): Buffer {
  return Buffer.alloc(Math.floor(LARGEST / 2 / part.length) * 2 * part.length, part).subarray(
    0,
    LARGEST - 64,
  );
}

function write(what: string, body: Buffer, compression?: string): HostileCall {
  const headers: Record<string, string> =
    compression === undefined
      ? {}
      : { 'x-log-compresstype': compression, 'x-log-bodyrawsize': String(LARGEST) };
  return { what, method: 'POST', path: '/logstores/results/shards/lb', body, headers };
}

function search(what: string, query: string): HostileCall {
  return json(what, JSON.stringify({ from: 1, to: 2 ** 32, query }));
}

function json(what: string, body: string): HostileCall {
  return {
    what,
    method: 'POST',
    path: '/logstores/results/logs',
    body: Buffer.from(body),
    type: 'application/json',
  };
}
