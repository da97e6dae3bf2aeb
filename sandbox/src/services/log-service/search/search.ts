import type { Steps } from '../cooperate.ts';
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

/** 32 bits of time and 21 of place make the 53 that a number holds exactly. */
const MOST_PLACES = 2 ** 21;

/** One page of the logs that are found. Throws what GetLogs throws. */
export function* searchLogstore(
  logstore: Logstore,
  search: Search,
  nowMs: number,
): Steps<readonly StoredEntry[]> {
  const { line, offset, reverse } = search;
  if (line < 0 || line > 100 || !Number.isInteger(line)) throw logError('InvalidLine');
  if (offset < 0 || !Number.isInteger(offset)) throw logError('InvalidOffset');
  const found = inTimeOrder(yield* findEntries(logstore, search, nowMs));
  if (!reverse) return found.slice(offset, offset + line);
  const end = Math.max(0, found.length - offset);
  return found.slice(Math.max(0, end - line), end).reverse();
}

/**
 * All logs that are found and already visible, as they arrived. Throws what GetLogs throws.
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
  for (const slice of logstore.history.slices()) {
    if (slice.latestS < from || slice.earliestS >= to) continue;
    const areAllWanted =
      (topic === undefined || topic === '') &&
      slice.earliestS >= from &&
      slice.latestS < to &&
      slice.visibleAtMs <= nowMs;
    for (const position of positionsOf(slice, expression)) {
      const entry = slice.entries[position];
      if (entry !== undefined && (areAllWanted || isWanted(entry))) found.push(entry);
    }
    yield;
  }
  return found;
}

/** Oldest first; of one time as they arrived. */
function inTimeOrder(found: readonly StoredEntry[]): readonly StoredEntry[] {
  if (found.length > MOST_PLACES) return [...found].sort((left, right) => left.timeS - right.timeS);
  // Time and place in one number: an array of such is sorted ten times as fast as one of logs.
  const keys = new Float64Array(found.length);
  let inOrder = true;
  found.forEach(({ timeS }, place) => {
    const key = timeS * MOST_PLACES + place;
    inOrder &&= place === 0 || key > (keys[place - 1] ?? 0);
    keys[place] = key;
  });
  if (inOrder) return found;
  const ordered: StoredEntry[] = [];
  for (const key of keys.sort()) {
    const entry = found[key % MOST_PLACES];
    if (entry !== undefined) ordered.push(entry);
  }
  return ordered;
}

function positionsOf({ entries, from, to, index, terms }: Slice, expression: Expression) {
  if (index === undefined || terms === undefined) return [];
  // Logs that have arrived since have positions, too, past `to`.
  const found = matching(expression, { size: entries.length, index, terms });
  return positionsIn(found).filter((position) => position >= from && position < to);
}
