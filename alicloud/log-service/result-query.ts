import type { LogEntry } from '../../workflows/onboarding/ports.ts';
import { timeLeft } from '../timeout.ts';
import { getLogs, type LogSource } from './get-logs.ts';

/** Statistics over a logstore. */
export interface ResultQuery {
  /**
   * The rows of `search | select …`, their values as text, a missing one as the text `null`. Without
   * a `limit` of its own a statement answers 100 rows. Safe to repeat. Rejects with a `CloudError`.
   */
  query(statement: {
    readonly query: string;
    /** Seconds since 1970, inclusive. */
    readonly fromS: number;
    /** Seconds since 1970, exclusive. */
    readonly toS: number;
    /** Bounds the whole query, however many calls it takes. */
    readonly timeoutMs: number;
  }): Promise<LogEntry[]>;
}

export function createResultQuery(source: LogSource): ResultQuery {
  return {
    query: ({ query, fromS, toS, timeoutMs }) =>
      getLogs(source, { from: String(fromS), to: String(toS), query }, timeLeft(timeoutMs)),
  };
}
