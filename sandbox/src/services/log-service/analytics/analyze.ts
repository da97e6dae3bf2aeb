import { finish } from '../cooperate.ts';
import type { IndexConfig } from '../index-config.ts';
import type { StoredEntry } from '../log-entry.ts';
import { compileStatement } from './compile-query.ts';
import { logTable } from './log-table.ts';
import { parseStatement } from './parse-query.ts';
import { type Query, unsupported } from './syntax.ts';
import { textOf } from './values.ts';

interface Analysis {
  /** What follows the `|`. */
  readonly statement: string;
  readonly logstoreName: string;
  /** In force now. */
  readonly index: IndexConfig | undefined;
  /** What the search found: the rows of `log`. */
  readonly entries: readonly StoredEntry[];
  /** `now()` */
  readonly nowMs: number;
}

export type ResultRow = Readonly<Record<string, string>>;

/**
 * One object for each row, every value a string, NULL as `null`. Rejects with `ParameterInvalid`
 * for what the service refuses, with `SandboxUnsupportedAnalytics` for what only the sandbox does.
 * Others have their turn while it computes. Safe to repeat.
 */
export async function analyze(analysis: Analysis): Promise<readonly ResultRow[]> {
  const { statement, logstoreName, index, entries, nowMs } = analysis;
  const query = parseStatement(statement);
  const { columns, rows } = compileStatement(query, logTable(logstoreName, index, entries), nowMs);
  refuseTwins(
    query,
    columns.map(({ name }) => name),
  );
  return (await finish(rows())).map((row) =>
    Object.fromEntries(
      columns.map(({ name, type }, index) => [name, textOf(row[index] ?? null, type)]),
    ),
  );
}

/** A row is an object: of two columns of one name only one would be seen. */
function refuseTwins({ selects: [{ at }] }: Query, names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) throw unsupported(at, `two columns of the same name (${twin})`);
}
