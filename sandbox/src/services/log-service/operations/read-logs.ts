import type { SandboxClock } from '../../../world/clock.ts';
import { analyze } from '../analytics/analyze.ts';
import { splitQuery } from '../analytics/split-query.ts';
import { finish } from '../cooperate.ts';
import { logError } from '../errors.ts';
import type { LogEntry } from '../log-entry.ts';
import { findEntries, type Search, searchLogstore } from '../search/search.ts';
import { indexInForce, type Logstore, type Store } from '../store.ts';

export interface ReadPorts {
  readonly store: Store;
  readonly clock: SandboxClock;
  /** The real time, which logs are stamped with: `now()` in an analytic statement. */
  wallNowMs(): number;
  /** Whether this read is cut short: half of what was found, `Incomplete`. */
  takeIncomplete(): boolean;
}

export interface ReadLogs {
  /** Flat objects of strings: logs, or the rows of an analytic statement. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly progress: Progress;
  /** Before and after the first `|`, each on one line. */
  readonly whereQuery: string;
  readonly aggQuery: string | undefined;
  /** Logs that were found, where an analytic statement computed something from them. */
  readonly processedRows: number;
}

export type Progress = 'Complete' | 'Incomplete';

/** What GetLogs and GetLogsV2 answer. Rejects with what they answer, too. */
export async function readLogs(
  ports: ReadPorts,
  logstore: Logstore,
  search: Search,
): Promise<ReadLogs> {
  const { search: query, statement } = splitQuery(search.query);
  const nowMs = ports.clock.now();
  const whereQuery = onOneLine(query);
  if (statement === undefined) {
    const found = await finish(searchLogstore(logstore, search, nowMs));
    const { shown, progress } = cutShort(ports, found);
    const rows = shown.map(logView);
    return { rows, progress, whereQuery, aggQuery: undefined, processedRows: rows.length };
  }
  // `line` and `reverse` mean nothing here.
  if (search.offset > 0) {
    throw logError(
      'ParameterInvalid',
      'ErrorType:OLSQueryParseError.ErrorMessage:offset is not available for pagination in sql query, please use limit x,y syntax for pagination.',
    );
  }
  const found = await finish(findEntries(logstore, { ...search, query }, nowMs));
  const { shown: entries, progress } = cutShort(ports, found);
  const rows = await analyze({
    statement,
    logstoreName: logstore.name,
    index: indexInForce(logstore, nowMs),
    entries,
    nowMs: ports.wallNowMs(),
  });
  return {
    rows: rows.map((row) => ({ __source__: '', __time__: String(search.from), ...row })),
    progress,
    whereQuery,
    aggQuery: onOneLine(statement),
    processedRows: entries.length,
  };
}

export function cutShort<T>(
  { takeIncomplete }: Pick<ReadPorts, 'takeIncomplete'>,
  found: readonly T[],
): { readonly shown: readonly T[]; readonly progress: Progress } {
  return takeIncomplete()
    ? { shown: found.slice(0, Math.floor(found.length / 2)), progress: 'Incomplete' }
    : { shown: found, progress: 'Complete' };
}

function onOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function logView(entry: LogEntry): Record<string, string> {
  return {
    __time__: String(entry.timeS),
    __source__: entry.source,
    __topic__: entry.topic,
    ...entry.contents,
  };
}
