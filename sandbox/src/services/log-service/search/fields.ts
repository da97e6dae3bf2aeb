import type { FieldIndex, IndexConfig } from '../index-config.ts';
import type { LogEntry } from '../store.ts';

/** Fields that every log has and every index covers: one word each. */
const RESERVED: Readonly<Record<string, (entry: LogEntry) => string>> = {
  __source__: (entry) => entry.source,
  __topic__: (entry) => entry.topic,
};
const RESERVED_INDEX: FieldIndex = {
  type: 'text',
  analytics: true,
  token: [],
  caseSensitive: false,
  chn: false,
};

export function indexOf(field: string, index: IndexConfig): FieldIndex | undefined {
  return Object.hasOwn(RESERVED, field) ? RESERVED_INDEX : index.keys.get(field);
}

/** `undefined` where the log has no such field. */
export function fieldValue(field: string, entry: LogEntry): string | undefined {
  if (Object.hasOwn(RESERVED, field)) return RESERVED[field]?.(entry);
  return Object.hasOwn(entry.contents, field) ? entry.contents[field] : undefined;
}

/** Every field of a log except its time. */
export function fieldsOf(entry: LogEntry): [string, string][] {
  return [
    ...Object.entries(entry.contents),
    ['__source__', entry.source],
    ['__topic__', entry.topic],
  ];
}
