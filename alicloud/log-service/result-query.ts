import type { LogEntry } from '../../workflows/onboarding/ports.ts';
import { timeLeft } from '../time-left.ts';
import { getLogs, type LogSource } from './get-logs.ts';

export interface Statement {
  /** A search and an SQL statement, `entry_type: run | select …`, with a `limit` of its own. */
  readonly query: string;
  /** Seconds since 1970, inclusive. */
  readonly fromS: number;
  /** Seconds since 1970, exclusive. */
  readonly toS: number;
  readonly timeoutMs: number;
}

/** Statistics over a logstore. Safe to repeat. */
export function createResultQuery(source: LogSource) {
  return {
    query: ({ query, fromS, toS, timeoutMs }: Statement): Promise<LogEntry[]> =>
      getLogs(source, { from: String(fromS), to: String(toS), query }, timeLeft(timeoutMs)),
  };
}
