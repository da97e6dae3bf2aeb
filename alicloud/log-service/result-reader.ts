import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import type { LogEntry } from '../../workflows/onboarding/ports.ts';
import { malformedAnswer, noAnswer } from '../failure.ts';
import { jsonOf, type LogClient } from './client.ts';

const OPERATION = 'GetLogs';
/** The most that one answer holds. */
const PAGE_SIZE = 100;
const MAX_ASKS_PER_PAGE = 30;

export interface ResultSearch {
  /** A search such as `entry_type: account`; not an SQL statement, which pages in its own way. */
  readonly query: string;
  /** Seconds since 1970, inclusive. */
  readonly fromS: number;
  /** Seconds since 1970, exclusive. */
  readonly toS: number;
  /** Newest first. Default: oldest first. */
  readonly reverse?: boolean;
  /** At most this many entries. Default: all. */
  readonly limit?: number;
  /** Bounds the whole search, however many pages it takes. */
  readonly timeoutMs: number;
}

export interface ResultReader {
  /**
   * Sorted by `time`; an entry that was stored twice comes once. Fields that the service adds
   * (`__time__`, `__source__`, …) are left out. Safe to repeat. An entry can be read about three
   * seconds after it was stored.
   */
  search(search: ResultSearch): Promise<LogEntry[]>;
}

export interface ResultReaderOptions {
  readonly client: LogClient;
  readonly logstore: string;
  /** How long to wait before an incomplete answer is asked for again. Default: 200. */
  readonly askAgainMs?: number;
}

const pageSchema = v.array(v.record(v.string(), v.nullish(v.union([v.string(), v.number()]))));

export function createResultReader(options: ResultReaderOptions): ResultReader {
  const { client, logstore, askAgainMs = 200 } = options;

  /** One page, asked for until the service has searched all that it holds. */
  async function readPage(query: Record<string, string>, leftMs: () => number) {
    for (let ask = 0; ask < MAX_ASKS_PER_PAGE; ask += 1) {
      const answer = await client.request({
        operation: OPERATION,
        method: 'GET',
        path: `/logstores/${logstore}`,
        query,
        timeoutMs: leftMs(),
      });
      const parsed = v.safeParse(pageSchema, jsonOf(answer.body));
      if (!parsed.success) {
        throw malformedAnswer(OPERATION, 'the body is not a list of entries', { statusCode: 200 });
      }
      if (answer.headers['x-log-progress'] === 'Complete') {
        return parsed.output;
      }
      await sleep(Math.min(askAgainMs, Math.max(0, leftMs())));
    }
    throw noAnswer(OPERATION, 'the search stays incomplete');
  }

  return {
    async search({ query, fromS, toS, reverse = false, limit = Infinity, timeoutMs }) {
      const startedMs = performance.now();
      const leftMs = () => Math.ceil(timeoutMs - (performance.now() - startedMs));
      const entries = new Map<string, LogEntry>();
      for (let offset = 0; entries.size < limit; offset += PAGE_SIZE) {
        const page = await readPage(
          {
            type: 'log',
            from: String(fromS),
            to: String(toS),
            query,
            line: String(PAGE_SIZE),
            offset: String(offset),
            reverse: String(reverse),
          },
          leftMs,
        );
        page.forEach((fields, index) => {
          const entry = ownFields(fields);
          entries.set(entry.entry_id ?? `at ${offset + index}`, entry);
        });
        if (page.length < PAGE_SIZE) {
          break;
        }
      }
      const sign = reverse ? -1 : 1;
      return [...entries.values()]
        .sort((a, b) => sign * compare(a.time ?? '', b.time ?? ''))
        .slice(0, limit);
    },
  };
}

function ownFields(fields: Record<string, string | number | null | undefined>): LogEntry {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      key.startsWith('__') || value === null || value === undefined ? [] : [[key, String(value)]],
    ),
  );
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
