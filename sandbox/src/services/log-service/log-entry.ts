import type { IndexConfig } from './index-config.ts';

/** One log as it was written. */
export interface LogEntry {
  /** Seconds since 1970. */
  readonly timeS: number;
  readonly source: string;
  readonly topic: string;
  readonly contents: Readonly<Record<string, string>>;
}

export interface StoredEntry extends LogEntry {
  /** On the sandbox's clock, as the next. */
  readonly arrivedAtMs: number;
  /** From when on it can be read. */
  readonly visibleAtMs: number;
  /** In force when it was written: an index never reaches back. */
  readonly index: IndexConfig | undefined;
}
