import * as v from 'valibot';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { malformedAnswer } from '../failure.ts';
import type { LogClient } from './client.ts';
import { LONGEST_RETENTION_DAYS, lastRunsQuery } from './queries.ts';
import { createResultQuery } from './result-query.ts';

/** The newest run that a trigger has started. */
export interface LastRun {
  /** `event`, `schedule` or `manual`. */
  readonly trigger: string;
  /** ISO 8601. */
  readonly time: string;
  readonly outcome: string;
  /** Why it failed or was rejected, where that is known. */
  readonly reason?: string;
}

const LOOK_BACK_S = LONGEST_RETENTION_DAYS * 86_400;
/** Logs may be stamped this far ahead of the clock here. */
const AHEAD_S = 900;

/** What is absent comes empty, or as the text `null`; no document says which. */
const rowSchema = v.object({
  trigger: v.string(),
  time: v.string(),
  outcome: v.string(),
  reason: v.pipe(
    v.optional(v.string()),
    v.transform((value) => (value === '' || value === 'null' ? undefined : value)),
  ),
});

/**
 * The newest run of each trigger, of all that the logstore keeps. Safe to repeat. Rejects with a
 * `CloudError`.
 */
export async function readLastRuns(
  { client, logstore }: { readonly client: LogClient; readonly logstore: string },
  nowMs: number,
  { timeoutMs }: CallOptions,
): Promise<LastRun[]> {
  const nowS = Math.ceil(nowMs / 1000);
  const rows = await createResultQuery({ client, logstore }).query({
    query: lastRunsQuery(),
    fromS: nowS - LOOK_BACK_S,
    toS: nowS + AHEAD_S,
    timeoutMs,
  });
  const parsed = v.safeParse(v.array(rowSchema), rows);
  if (!parsed.success) throw malformedAnswer('GetLogs', 'a row is not that of a run');
  return parsed.output;
}
