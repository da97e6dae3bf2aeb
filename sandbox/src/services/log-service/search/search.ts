import { type Steps, sorted } from '../cooperate.ts';
import { logError } from '../errors.ts';
import type { StoredEntry } from '../log-entry.ts';
import type { Slice } from '../log-history.ts';
import { indexInForce, type Logstore } from '../store.ts';
import { positionsIn } from './bits.ts';
import { checkQuery } from './check.ts';
import { matching } from './evaluate.ts';
import type { Expression } from './expression.ts';
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
export function* searchLogstore(
  logstore: Logstore,
  search: Search,
  nowMs: number,
): Steps<readonly StoredEntry[]> {
  const { line, offset, reverse } = search;
  if (line < 0 || line > 100 || !Number.isInteger(line)) throw logError('InvalidLine');
  if (offset < 0 || !Number.isInteger(offset)) throw logError('InvalidOffset');
  const found = yield* findEntries(logstore, search, nowMs);
  if (!reverse) return found.slice(offset, offset + line);
  const end = Math.max(0, found.length - offset);
  return found.slice(Math.max(0, end - line), end).reverse();
}

/**
 * All logs that are found and already visible, oldest first. Throws what GetLogs throws.
 * A log that was written before the logstore had an index is never found.
 */
export function* findEntries(
  logstore: Logstore,
  selection: Selection,
  nowMs: number,
): Steps<readonly StoredEntry[]> {
  const { from, to, topic } = selection;
  const index = indexInForce(logstore, nowMs);
  if (index === undefined) {
    throw logError('IndexConfigNotExist', 'logstore without index config');
  }
  if (from >= to) throw logError('InvalidTimeRange');
  const expression = parseQuery(selection.query);
  checkQuery(expression, index);

  const isWanted = (entry: StoredEntry): boolean =>
    entry.timeS >= from &&
    entry.timeS < to &&
    entry.visibleAtMs <= nowMs &&
    (topic === undefined || topic === '' || entry.topic === topic);
  const found: StoredEntry[] = [];
  let inOrder = true;
  for (const slice of logstore.history.slices()) {
    if (slice.latestS < from || slice.earliestS >= to) continue;
    for (const entry of matchesIn(slice, expression)) {
      if (!isWanted(entry)) continue;
      inOrder &&= (found.at(-1)?.timeS ?? 0) <= entry.timeS;
      found.push(entry);
    }
    yield;
  }
  return inOrder ? found : yield* sorted(found, (left, right) => left.timeS - right.timeS);
}

function* matchesIn(slice: Slice, expression: Expression): Generator<StoredEntry> {
  const { entries, from, to, index, terms } = slice;
  if (index === undefined || terms === undefined) return;
  // The terms may have grown since: positions past `to` are passed over.
  const size = entries.length;
  for (const position of positionsIn(matching(expression, { size, index, terms }))) {
    const entry = entries[position];
    if (position >= from && position < to && entry !== undefined) yield entry;
  }
}
