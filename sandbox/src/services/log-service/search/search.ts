import { logError } from '../errors.ts';
import type { Logstore, StoredEntry } from '../store.ts';
import { checkQuery } from './check.ts';
import { matches } from './evaluate.ts';
import { parseQuery } from './parse.ts';

/** Which logs; all of them. */
export interface Selection {
  /** Seconds since 1970; `from` is included, `to` is not. */
  readonly from: number;
  readonly to: number;
  /** Without an analytic statement. */
  readonly query: string;
  /** Only this topic; absent or empty: all. */
  readonly topic?: string;
}

export interface Search extends Selection {
  /** 0 to 100. */
  readonly line: number;
  readonly offset: number;
  /** Newest first. */
  readonly reverse: boolean;
}

/** One page of the logs that are found. Throws what GetLogs throws. */
export function searchLogstore(logstore: Logstore, search: Search, nowMs: number): StoredEntry[] {
  const { line, offset, reverse } = search;
  if (line < 0 || line > 100 || !Number.isInteger(line)) throw logError('InvalidLine');
  if (offset < 0 || !Number.isInteger(offset)) throw logError('InvalidOffset');
  const found = findEntries(logstore, search, nowMs);
  if (reverse) found.reverse();
  return found.slice(offset, offset + line);
}

/**
 * All logs that are found and already visible, oldest first. Throws what GetLogs throws.
 * A log that was written before the logstore had an index is never found.
 */
export function findEntries(
  logstore: Logstore,
  selection: Selection,
  nowMs: number,
): StoredEntry[] {
  const { from, to, topic } = selection;
  if (logstore.index === undefined) {
    throw logError('IndexConfigNotExist', 'logstore without index config');
  }
  if (from >= to) throw logError('InvalidTimeRange');
  const expression = parseQuery(selection.query);
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
  return found.sort((left, right) => left.timeS - right.timeS);
}
