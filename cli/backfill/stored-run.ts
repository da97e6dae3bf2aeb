import * as v from 'valibot';
import { storedRunQueries } from '../../alicloud/log-service/queries.ts';
import { countOutcomes, type OutcomeCounts } from '../../workflows/onboarding/model.ts';
import type { Operator } from '../operator.ts';
import { optionalText, queryResults } from '../result-rows.ts';
import type { OpenAccount, RunEnding, RunSource } from './run-state.ts';

export interface StoredRunOptions {
  /** A run id, or the request id of the function's invocation. Letters, digits, `-` and `_`. */
  readonly id: string;
  /** Seconds since 1970: nothing of the run is older. */
  readonly fromS: number;
}

const QUERY_TIMEOUT_MS = 15_000;
const AHEAD_S = 900;

const count = v.pipe(v.string(), v.transform(Number), v.number());

const countRow = v.object({ entry_type: v.string(), outcome: v.string(), entries: count });

const endingRow = v.object({
  run_id: v.string(),
  outcome: v.picklist(['succeeded', 'pending', 'failed', 'ignored', 'rejected']),
  covered: count,
  already_covered: count,
  pending: count,
  overdue: count,
  failed: count,
  skipped: count,
  duration_ms: count,
  reason: optionalText,
});

const accountRow = v.object({
  account_id: v.string(),
  account_name: optionalText,
  outcome: v.string(),
  recorder_status: optionalText,
  error_code: optionalText,
  recommendation: optionalText,
});

const COUNT_OF: Readonly<Record<string, keyof OutcomeCounts>> = {
  covered: 'covered',
  'already-covered': 'alreadyCovered',
  pending: 'pending',
  overdue: 'overdue',
  failed: 'failed',
  skipped: 'skipped',
};

/**
 * A run, wherever it runs or ran, as the log store shows it. Its reads reject with `NoLogStore`, or
 * with a `CloudError`.
 */
export function storedRun(operator: Operator, { id, fromS }: StoredRunOptions): RunSource {
  const queries = storedRunQueries(id);

  async function rows<S extends v.GenericSchema>(schema: S, query: string) {
    const answer = await queryResults(operator, {
      query,
      fromS,
      toS: Math.floor(operator.clock.now() / 1000) + AHEAD_S,
      timeoutMs: QUERY_TIMEOUT_MS,
    });
    // What does not fit is no entry of a run: somebody else may write to the logstore, too.
    return answer.flatMap((row) => {
      const parsed = v.safeParse(schema, row);
      return parsed.success ? [parsed.output] : [];
    });
  }

  async function ending(): Promise<RunEnding | undefined> {
    const [row] = await rows(endingRow, queries.ending);
    if (row === undefined) return undefined;
    const { covered, pending, overdue, failed, skipped, reason } = row;
    return {
      runId: row.run_id,
      outcome: row.outcome,
      durationMs: row.duration_ms,
      counts: { covered, alreadyCovered: row.already_covered, pending, overdue, failed, skipped },
      reason,
    };
  }

  return {
    followId: id,

    async look() {
      const seen = await rows(countRow, queries.counts);
      const counts: Record<keyof OutcomeCounts, number> = { ...countOutcomes([]) };
      for (const { entry_type, outcome, entries } of seen) {
        const key = COUNT_OF[outcome];
        if (entry_type === 'account' && key !== undefined) counts[key] += entries;
      }
      const isOver = seen.some(({ entry_type }) => entry_type === 'run');
      const end = isOver ? await ending() : undefined;
      return { counts, ending: end };
    },

    async openAccounts(most) {
      const found = await rows(accountRow, queries.notCovered(most));
      return found.map(
        (row): OpenAccount => ({
          accountId: row.account_id,
          outcome: row.outcome,
          name: row.account_name,
          recorderStatus: row.recorder_status,
          errorCode: row.error_code,
          recommendation: row.recommendation,
        }),
      );
    },
  };
}
