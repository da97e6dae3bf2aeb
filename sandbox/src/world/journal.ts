import { randomUUID } from 'node:crypto';

/** One thing that was looked at before a call was handled, or while it was. */
export interface Check {
  readonly what: 'signature' | 'activation' | 'quota' | 'fault' | 'permission';
  readonly passed: boolean;
  /** The quota, the fault's effect, or the action and the resource that a policy was asked for. */
  readonly detail?: string;
}

/** One call that the sandbox received, for tests and people to read. Never a credential. */
export interface JournalEntry {
  /** From 1, in the order of their answers. */
  readonly number: number;
  /** When it arrived, on the sandbox's clock. */
  readonly atMs: number;
  readonly service: string;
  readonly operation: string;
  readonly apiVersion: string;
  readonly accountId: string | undefined;
  readonly requestId: string;
  /** Absent when the connection was cut or left hanging. */
  readonly status: number | undefined;
  readonly errorCode: string | undefined;
  /** In this order; what did not pass is the last of it. */
  readonly checked: readonly Check[];
}

export interface Journal {
  /** Another one is another journal, whose numbers begin at 1 again. */
  readonly id: string;
  record(entry: Omit<JournalEntry, 'number'>): void;
  /** The latest, oldest first; older ones than the journal's size are forgotten. */
  entries(): readonly JournalEntry[];
  /** How many calls of one operation, or of a whole service, arrived; forgotten ones too. */
  count(service: string, operation?: string): number;
}

export const DEFAULT_JOURNAL_SIZE = 10_000;

/** `size`: how many entries are kept. Default 10 000. */
export function createJournal(size: number = DEFAULT_JOURNAL_SIZE): Journal {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`The journal's size is a whole number from 1 on: ${size}`);
  }
  /** A ring: the entry of number n is at n modulo size. */
  const ring: JournalEntry[] = [];
  const counts = new Map<string, number>();
  let last = 0;

  return {
    id: randomUUID(),
    record(entry) {
      last += 1;
      ring[last % size] = { number: last, ...entry };
      for (const key of [entry.service, `${entry.service} ${entry.operation}`]) {
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    },
    entries: () => {
      const first = Math.max(1, last - size + 1);
      return Array.from(
        { length: last - first + 1 },
        (_, index) => ring[(first + index) % size],
      ).filter((entry) => entry !== undefined);
    },
    count: (service, operation) =>
      counts.get(operation === undefined ? service : `${service} ${operation}`) ?? 0,
  };
}
