import type { ResultHistory } from '../../workflows/onboarding/ports.ts';
import type { createResultQuery } from './result-query.ts';

/** Logs may be stamped this far ahead of the clock here. */
const AHEAD_MS = 900_000;
/** More than a directory has members. */
const MAX_ROWS = 100_000;

/** What the log store knows of earlier runs. */
export function createResultHistory(
  results: ReturnType<typeof createResultQuery>,
  now: () => number = Date.now,
): ResultHistory {
  return {
    async accountsLastFound(outcomes, sinceMs, { timeoutMs }) {
      const list = outcomes.map((outcome) => `'${outcome}'`).join(', ');
      const rows = await results.query({
        query:
          'entry_type: account | select account_id, since from (' +
          'select account_id, max_by(outcome, "time") as outcome, ' +
          `min(if(outcome in (${list}), "time")) as since from log group by account_id` +
          `) where outcome in (${list}) limit ${MAX_ROWS}`,
        fromS: Math.floor(sinceMs / 1000),
        toS: Math.ceil((now() + AHEAD_MS) / 1000),
        timeoutMs,
      });
      return new Map(
        rows.flatMap(({ account_id, since }): [string, number][] => {
          const sinceMs = Date.parse(since ?? '');
          return account_id === undefined || Number.isNaN(sinceMs) ? [] : [[account_id, sinceMs]];
        }),
      );
    },
  };
}
