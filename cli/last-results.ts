import * as v from 'valibot';
import { LONGEST_RETENTION_DAYS, lastResultsQuery } from '../alicloud/log-service/queries.ts';
import {
  isOpen as isOpenOutcome,
  OUTCOMES,
  type Outcome,
  type Trigger,
} from '../workflows/onboarding/model.ts';
import { type RetryContext, withRetries } from '../workflows/onboarding/retry.ts';
import type { Operator } from './operator.ts';
import { AHEAD_S, optionalText, queryResults, trigger, wholeNumber } from './result-rows.ts';

/** What the log store knows last about an account. */
export interface LastResult {
  readonly accountId: string;
  readonly accountName?: string;
  readonly outcome: Outcome;
  readonly recorderStatus?: string;
  /** ISO 8601. */
  readonly time: string;
  readonly runId: string;
  readonly trigger: Trigger;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly recommendation?: string;
  /** How often the run started the recorder, retries included. */
  readonly startAttempts: number;
  /** Of the answer that is the evidence. */
  readonly cloudRequestId?: string;
}

const LOOK_BACK_S = LONGEST_RETENTION_DAYS * 86_400;
/** Of one answer; an account's row is at most a few KB. */
const PAGE_ROWS = 2_000;

const rowSchema = v.object({
  account_id: v.string(),
  account_name: optionalText,
  outcome: v.picklist(OUTCOMES),
  recorder_status: optionalText,
  time: v.string(),
  run_id: v.string(),
  trigger,
  error_code: optionalText,
  error_message: optionalText,
  recommendation: optionalText,
  start_attempts: wholeNumber,
  cloud_request_id: optionalText,
});

/**
 * Each account's last result, by account id: of all that the log store keeps, whatever run it is
 * from. `status` shows it and `replay` acts on it, so that they agree. Safe to repeat. Rejects with
 * `NoLogStore`, or with a `CloudError`.
 */
export async function readLastResults(
  operator: Operator,
  retry: RetryContext,
): Promise<Map<string, LastResult>> {
  const nowS = Math.floor(operator.clock.now() / 1000);
  const last = new Map<string, LastResult>();
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const rows = await withRetries(
      ({ timeoutMs }) =>
        queryResults(operator, {
          query: lastResultsQuery(offset, PAGE_ROWS),
          fromS: Math.max(0, nowS - LOOK_BACK_S),
          toS: nowS + AHEAD_S,
          timeoutMs,
        }),
      retry,
    );
    for (const row of rows) {
      const result = toLastResult(row);
      if (result !== undefined) last.set(result.accountId, result);
    }
    if (rows.length < PAGE_ROWS) return last;
  }
}

/** What `onboard replay` runs again. */
export function isOpen({ outcome }: Pick<LastResult, 'outcome'>): boolean {
  return isOpenOutcome(outcome);
}

/** An entry that is none of ours, for example without a run, says nothing. */
function toLastResult(row: Readonly<Record<string, string>>): LastResult | undefined {
  const parsed = v.safeParse(rowSchema, row);
  if (!parsed.success) return undefined;
  const { output } = parsed;
  return {
    accountId: output.account_id,
    accountName: output.account_name,
    outcome: output.outcome,
    recorderStatus: output.recorder_status,
    time: output.time,
    runId: output.run_id,
    trigger: output.trigger,
    startAttempts: output.start_attempts,
    errorCode: output.error_code,
    errorMessage: output.error_message,
    recommendation: output.recommendation,
    cloudRequestId: output.cloud_request_id,
  };
}
