import * as v from 'valibot';
import type { Outcome } from '../workflows/onboarding/model.ts';
import { type RetryContext, withRetries } from '../workflows/onboarding/retry.ts';
import type { Operator } from './operator.ts';
import { optionalText, queryResults } from './result-rows.ts';

/** What the log store knows last about an account. */
export interface LastResult {
  readonly accountId: string;
  readonly accountName?: string;
  readonly outcome: Outcome;
  readonly recorderStatus?: string;
  /** ISO 8601. */
  readonly time: string;
  readonly runId: string;
  readonly trigger?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly recommendation?: string;
}

/** More than any logstore keeps: stack.yaml allows 3600 days. */
const LOOK_BACK_S = 3600 * 86_400;
/** Times of logs may be this far ahead of the clock here. */
const AHEAD_S = 900;
/** Of one answer; an account's row is at most a few KB. */
const PAGE_ROWS = 2_000;

const COLUMNS = [
  'account_id',
  'account_name',
  'outcome',
  'recorder_status',
  'time',
  'run_id',
  'trigger',
  'error_code',
  'error_message',
  'recommendation',
] as const;

const rowSchema = v.object({
  account_id: v.string(),
  account_name: optionalText,
  outcome: v.picklist(['covered', 'already-covered', 'pending', 'overdue', 'failed', 'skipped']),
  recorder_status: optionalText,
  time: v.string(),
  run_id: v.string(),
  trigger: optionalText,
  error_code: optionalText,
  error_message: optionalText,
  recommendation: optionalText,
});

/** What `onboard replay` runs again. */
const OPEN_OUTCOMES: readonly Outcome[] = ['failed', 'pending', 'overdue'];

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
          query: statement(offset),
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

export function isOpen({ outcome }: LastResult): boolean {
  return OPEN_OUTCOMES.includes(outcome);
}

/** An entry that was stored twice has one row: rows are numbered, the newest first. */
function statement(offset: number): string {
  const columns = COLUMNS.map((name) => `"${name}"`).join(', ');
  return (
    `entry_type: account | select ${columns} from (` +
    `select ${columns}, row_number() over (partition by account_id order by "time" desc, entry_id desc) as place ` +
    `from log) where place = 1 order by account_id limit ${offset}, ${PAGE_ROWS}`
  );
}

/** An entry that is none of ours, for example without an outcome, says nothing. */
function toLastResult(row: Readonly<Record<string, string>>): LastResult | undefined {
  const parsed = v.safeParse(rowSchema, row);
  if (!parsed.success) return undefined;
  const { output } = parsed;
  return {
    accountId: output.account_id,
    outcome: output.outcome,
    time: output.time,
    runId: output.run_id,
    ...(output.account_name === undefined ? {} : { accountName: output.account_name }),
    ...(output.recorder_status === undefined ? {} : { recorderStatus: output.recorder_status }),
    ...(output.trigger === undefined ? {} : { trigger: output.trigger }),
    ...(output.error_code === undefined ? {} : { errorCode: output.error_code }),
    ...(output.error_message === undefined ? {} : { errorMessage: output.error_message }),
    ...(output.recommendation === undefined ? {} : { recommendation: output.recommendation }),
  };
}
