import { logError } from '../errors.ts';
import type { Logstore, StoredEntry } from '../store.ts';
import { checkQuery } from './check.ts';
import { matches } from './evaluate.ts';
import { parseQuery } from './parse.ts';

export interface Search {
  /** Seconds since 1970; `from` is included, `to` is not. */
  readonly from: number;
  readonly to: number;
  readonly query: string;
  /** Only this topic; absent or empty: all. */
  readonly topic?: string;
  /** 0 to 100. */
  readonly line: number;
  readonly offset: number;
  /** Newest first. */
  readonly reverse: boolean;
}

/**
 * One page of the logs that are found and already visible, by time. Throws what GetLogs throws.
 * A log that was written before the logstore had an index is never found.
 */
export function searchLogstore(logstore: Logstore, search: Search, nowMs: number): StoredEntry[] {
  const { from, to, topic, line, offset, reverse } = search;
  if (logstore.index === undefined) {
    throw logError('IndexConfigNotExist', 'logstore without index config');
  }
  if (from >= to) throw logError('InvalidTimeRange');
  if (line < 0 || line > 100 || !Number.isInteger(line)) throw logError('InvalidLine');
  if (offset < 0 || !Number.isInteger(offset)) throw logError('InvalidOffset');
  const expression = parseQuery(search.query);
  checkQuery(expression, logstore.index);

  const found = logstore.entries.filter(
    (entry) =>
      entry.timeS >= from &&
      entry.timeS < to &&
      entry.visibleAtMs <= nowMs &&
      (topic === undefined || topic === '' || entry.topic === topic) &&
      entry.index !== undefined &&
      matches(expression, entry, entry.index),
  );
  found.sort((left, right) => left.timeS - right.timeS);
  if (reverse) found.reverse();
  return found.slice(offset, offset + line);
}
