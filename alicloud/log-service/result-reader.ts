import type { LogEntry } from '../../workflows/onboarding/ports.ts';
import { timeLeft } from '../timeout.ts';
import { getLogs, type LogSource } from './get-logs.ts';

/** The most that one answer holds. */
const PAGE_SIZE = 100;

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
   * Sorted by `time`, then by `entry_id`; an entry that was stored twice comes once. Fields that the
   * service adds (`__time__`, `__source__`, …) are left out. Safe to repeat. An entry can be read
   * about three seconds after it was stored.
   */
  search(search: ResultSearch): Promise<LogEntry[]>;
}

export function createResultReader(source: LogSource): ResultReader {
  return {
    async search({ query, fromS, toS, reverse = false, limit = Infinity, timeoutMs }) {
      const left = timeLeft(timeoutMs);
      const entries = new Map<string, LogEntry>();
      for (let offset = 0; entries.size < limit; offset += PAGE_SIZE) {
        const page = await getLogs(
          source,
          {
            from: String(fromS),
            to: String(toS),
            query,
            line: String(PAGE_SIZE),
            offset: String(offset),
            reverse: String(reverse),
          },
          left,
        );
        page.forEach((entry, index) => {
          entries.set(entry.entry_id ?? `at ${offset + index}`, entry);
        });
        if (page.length < PAGE_SIZE) {
          break;
        }
      }
      const sign = reverse ? -1 : 1;
      return [...entries.values()].sort((a, b) => sign * compareAge(a, b)).slice(0, limit);
    },
  };
}

/** The rule of `queries.ts`: of one time, the later id is the newer. */
function compareAge(a: LogEntry, b: LogEntry): number {
  return compare(a.time ?? '', b.time ?? '') || compare(a.entry_id ?? '', b.entry_id ?? '');
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
