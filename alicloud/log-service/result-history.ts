import type { History } from '../../workflows/onboarding/model.ts';
import type { ResultHistory } from '../../workflows/onboarding/ports.ts';
import { historyQuery } from './queries.ts';
import type { ResultQuery } from './result-query.ts';

/** Logs may be stamped this far ahead of the clock here. */
const AHEAD_MS = 900_000;

/** What the log store knows of earlier runs. */
export function createResultHistory(
  results: ResultQuery,
  now: () => number = Date.now,
): ResultHistory {
  return {
    async read(sinceMs, { timeoutMs }) {
      const rows = await results.query({
        query: historyQuery(),
        fromS: Math.floor(sinceMs / 1000),
        toS: Math.ceil((now() + AHEAD_MS) / 1000),
        timeoutMs,
      });
      return toHistory(rows);
    },
  };
}

function toHistory(rows: readonly Readonly<Record<string, string>>[]): History {
  const openSinceMs = new Map<string, number>();
  const startsMs: number[] = [];
  let organization: History['organization'];
  for (const { kind, subject = '', since = '' } of rows) {
    const sinceMs = Date.parse(since);
    if (Number.isNaN(sinceMs)) continue;
    if (kind === 'open') openSinceMs.set(subject, sinceMs);
    if (kind === 'organization') organization = { status: subject, sinceMs };
    if (kind === 'start') startsMs.push(sinceMs);
  }
  return { openSinceMs, organization, startsMs: startsMs.sort((a, b) => b - a) };
}
