import type { Logstore, StoredEntry } from '../store.ts';
import { doubleText } from './double-text.ts';
import { compute } from './engine.ts';
import type { Value } from './implementations.ts';
import { logTable } from './log-table.ts';
import { parseStatement } from './parse-query.ts';
import { timestampText } from './time.ts';
import { translateStatement } from './translate-query.ts';
import type { SqlType } from './types.ts';

interface Analysis {
  /** What follows the `|`. */
  readonly statement: string;
  readonly logstore: Logstore;
  /** What the search found: the rows of `log`. */
  readonly entries: readonly StoredEntry[];
  /** `now()` */
  readonly nowMs: number;
}

export type ResultRow = Readonly<Record<string, string>>;

/**
 * One object for each row, every value a string, NULL as `null`. Rejects with `ParameterInvalid`
 * for what the service refuses, with `SandboxUnsupportedAnalytics` for what only the sandbox does.
 * Safe to repeat.
 */
export async function analyze(analysis: Analysis): Promise<readonly ResultRow[]> {
  const { statement, logstore, entries, nowMs } = analysis;
  const query = parseStatement(statement);
  const table = logTable(logstore);
  const { sql, columns, used } = translateStatement(query, table);
  const read = used.flatMap((index) => {
    const column = table.columns[index];
    return column === undefined ? [] : [{ ...column, name: `c${index}` }];
  });
  const rows = await compute({
    columns: read,
    rows: entries.map((entry) => read.map((column) => column.read(entry))),
    sql,
    nowMs,
  });
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, type }, index) => [name, resultText(row[index] ?? null, type)]),
    ),
  );
}

function resultText(value: Value, type: SqlType): string {
  if (value === null) return 'null';
  switch (type) {
    case 'boolean':
      return value === 0 ? 'false' : 'true';
    case 'double':
      return doubleText(Number(value));
    case 'timestamp':
      return timestampText(Number(value), false);
    case 'timestamp with time zone':
      return timestampText(Number(value), true);
    case 'bigint':
    case 'unknown':
    case 'varchar':
      return String(value);
  }
}
