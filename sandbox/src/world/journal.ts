/** One call that the sandbox received, for tests and people to read. Never a credential. */
export interface JournalEntry {
  readonly atMs: number;
  readonly service: string;
  readonly operation: string;
  readonly apiVersion: string;
  readonly accountId: string | undefined;
  readonly requestId: string;
  /** Absent when the connection was cut or left hanging. */
  readonly status: number | undefined;
  readonly errorCode: string | undefined;
}

export interface Journal {
  record(entry: JournalEntry): void;
  entries(): readonly JournalEntry[];
  /** How many calls of one operation arrived. */
  count(service: string, operation: string): number;
}

export function createJournal(): Journal {
  const entries: JournalEntry[] = [];
  return {
    record(entry) {
      entries.push(entry);
    },
    entries: () => entries,
    count: (service, operation) =>
      entries.filter((entry) => entry.service === service && entry.operation === operation).length,
  };
}
