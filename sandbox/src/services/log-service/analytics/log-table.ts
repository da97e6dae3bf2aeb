import { each } from '../cooperate.ts';
import { logError } from '../errors.ts';
import type { FieldIndex, IndexConfig } from '../index-config.ts';
import type { StoredEntry } from '../log-entry.ts';
import { isNumber } from '../search/numbers.ts';
import type { Relation, Row } from './scope.ts';
import { type Value, wholeNumber } from './values.ts';

interface LogColumn {
  readonly name: string;
  readonly type: 'bigint' | 'double' | 'varchar';
  read(entry: StoredEntry): Value;
}

const RESERVED: readonly LogColumn[] = [
  { name: '__time__', type: 'bigint', read: (entry) => BigInt(entry.timeS) },
  { name: '__topic__', type: 'varchar', read: (entry) => entry.topic },
  { name: '__source__', type: 'varchar', read: (entry) => entry.source },
];

/**
 * Logs as a table: the fields whose index has analytics, and the reserved fields. Its rows have the
 * columns that a statement asks for and no others. Throws `IndexConfigNotExist`, and
 * `ParameterInvalid` where no field has analytics.
 * Source: sls.aliyun.com/doc/sqlerror, "LogStore (…) is not found".
 */
export function logTable(
  name: string,
  index: IndexConfig | undefined,
  entries: readonly StoredEntry[],
): Relation {
  if (index === undefined) {
    throw logError('IndexConfigNotExist', 'LogStore without index config');
  }
  const fields = [...index.keys].filter(([, field]) => field.analytics);
  if (fields.length === 0) throw logError('ParameterInvalid', `LogStore (${name}) is not found`);
  const columns = [...fields.map(([field, { type }]) => columnOf(field, type)), ...RESERVED];
  const read: LogColumn[] = [];
  let rows: Row[] | undefined;
  return {
    names: ['log', name],
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      place() {
        const place = read.indexOf(column);
        return place === -1 ? read.push(column) - 1 : place;
      },
    })),
    *scan() {
      if (rows !== undefined) return rows;
      const scanned: Row[] = [];
      yield* each(entries, (entry) => {
        scanned.push(read.map((column) => column.read(entry)));
      });
      rows = scanned;
      return rows;
    },
  };
}

function columnOf(field: string, type: FieldIndex['type']): LogColumn {
  switch (type) {
    case 'text':
      return column(field, 'varchar', (text, { maxTextBytes }) => truncated(text, maxTextBytes));
    case 'long':
      return column(field, 'bigint', (text) => wholeNumber(text) ?? null);
    case 'double':
      return column(field, 'double', (text) => (isNumber(text, 'double') ? Number(text) : null));
  }
}

/** Null where the log has no such field, or where its index then had no analytics for it. */
function column(
  name: string,
  type: LogColumn['type'],
  parse: (text: string, index: IndexConfig) => Value,
): LogColumn {
  // Most logs have the index of the one before.
  let known: IndexConfig | undefined;
  let hasAnalytics = false;
  return {
    name,
    type,
    read({ contents, index }) {
      if (index === undefined) return null;
      if (index !== known) {
        known = index;
        hasAnalytics = index.keys.get(name)?.analytics === true;
      }
      // What an object inherits is no text.
      const text: unknown = hasAnalytics ? contents[name] : undefined;
      return typeof text === 'string' ? parse(text, index) : null;
    },
  };
}

/** What is longer is cut off for analytics, between characters. */
function truncated(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  return new TextDecoder('utf-8').decode(bytes.subarray(0, maxBytes), { stream: true });
}
