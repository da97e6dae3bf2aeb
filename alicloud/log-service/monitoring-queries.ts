import { OPEN_OUTCOMES } from '../../workflows/onboarding/model.ts';
import {
  accountEntry,
  fromNewestOfEach,
  fromUnchanged,
  IS_OPEN,
  isOneOf,
  NEWEST_FIRST,
  oneLine,
  RUN_ENTRY,
  WORST_FIRST,
} from './queries.ts';

/**
 * What the charts of the dashboard and the alerts ask the log store; the rules are those of
 * `queries.ts`. How far they look back stands with each in `infra/`.
 */

// Of the dashboard. Days are those of Asia/Shanghai, in which Log Service computes.

const DAY = "date_format(date_trunc('day', __time__), '%Y-%m-%d')";
const MEMBERS = 'covered + already_covered + pending + overdue + failed';
/** The newest scheduled run that saw a member. */
const LAST_LOOK = `from log where ${RUN_ENTRY} and ${MEMBERS} > 0 ${NEWEST_FIRST} limit 1`;

/** One number, `coverage`, in percent of the members. */
export const coverageNow = oneLine(`
  entry_type: run and trigger: schedule |
  select round(100.0 * (covered + already_covered) / (${MEMBERS}), 1) as coverage ${LAST_LOOK}`);

/** One row of counts. */
export const notCoveredNow = oneLine(`
  entry_type: run and trigger: schedule | select pending, overdue, failed ${LAST_LOOK}`);

/** One number, `minutes`; null where there was none. */
export const minutesSinceLastRun = oneLine(`
  entry_type: run and trigger: schedule |
  select round((to_unixtime(now()) - max(__time__)) / 60, 1) as minutes from log where ${RUN_ENTRY}`);

/** Accounts whose newest entry is open and not older than half an hour, the longest open first. */
export const needsAttention = oneLine(`
  entry_type: account | select account_id as account, min_by(account_name, place) as name,
  min_by(outcome, place) as outcome, min_by(recommendation, place) as recommendation,
  date_format(from_unixtime(min(__time__)), '%Y-%m-%d %H:%i') as since
  ${fromUnchanged({ by: 'account_id', what: IS_OPEN }, 'account_id, account_name, outcome, recommendation, __time__', accountEntry())}
  and ${IS_OPEN} group by account_id having max(__time__) >= to_unixtime(now()) - 1800
  order by since, account limit 1000`);

/** How many `accounts` ended a `day` with each `outcome`, of those that had an entry in it. */
export const outcomesByDay = oneLine(`
  entry_type: account | select day, outcome, count(*) as accounts from (
    select ${DAY} as day, outcome,
    row_number() over (partition by ${DAY}, account_id ${NEWEST_FIRST}) as place
    from log where ${accountEntry()}
  ) where place = 1 group by day, outcome order by day, outcome limit 1000`);

/** Percentiles of the `duration_ms` of a day's covered accounts, in seconds. */
export const secondsToCoverageByDay = oneLine(`
  entry_type: account | select day, round(approx_percentile(duration_ms, 0.5) / 1000.0, 1) as p50,
  round(approx_percentile(duration_ms, 0.95) / 1000.0, 1) as p95,
  round(max(duration_ms) / 1000.0, 1) as longest from (
    select distinct entry_id, ${DAY} as day, duration_ms
    from log where ${accountEntry(['covered'])} and duration_ms > 0
  ) group by day order by day limit 1000`);

/**
 * By error code: the most `accounts` that one run found with it, how many `runs` did, their calls of
 * the start, and the newest message. A run's calls are in the entry of each of its accounts.
 */
export const retriesByErrorCode = oneLine(`
  entry_type: account | select code, max(accounts) as accounts, count(*) as runs,
  sum(attempts) as starts, sum(if(attempts > 1, attempts - 1, 0)) as retries,
  min_by(message, place) as message from (
    select error_code as code, run_id, count(distinct account_id) as accounts,
    max(start_attempts) as attempts, min_by(error_message, place) as message, min(place) as place
    from (
      select error_code, run_id, account_id, start_attempts, error_message,
      dense_rank() over (partition by error_code ${NEWEST_FIRST}) as place
      from log where ${accountEntry()} and error_code is not null
    ) group by error_code, run_id
  ) group by code order by runs desc, code limit 100`);

export const runsByDay = oneLine(`
  entry_type: run | select day, count(*) as runs, sum(api_calls) as calls from (
    select distinct entry_id, ${DAY} as day, api_calls from log where ${RUN_ENTRY}
  ) group by day order by day limit 1000`);

const FAILED_RUN = '"time", trigger, outcome, reason, run_id, function_request_id';

/** The newest first. */
export const failedRuns = oneLine(`
  entry_type: run | select "time", trigger, outcome, reason, run_id as run,
  function_request_id as request from (
    select distinct entry_id, ${FAILED_RUN}
    from log where ${RUN_ENTRY} and outcome in ('failed', 'rejected')
  ) ${NEWEST_FIRST} limit 100`);

// Of the alerts. More than a hundred at once are not sent: see "Configure group evaluation".

const FAILED_OR_OVERDUE = OPEN_OUTCOMES.filter((outcome) => outcome !== 'pending');

/** Accounts whose newest entry is failed or overdue, with what a person needs to know. */
export const accountsFailedOrOverdue = oneLine(`
  entry_type: account | select account_id, coalesce(account_name, '-') as name, outcome,
  coalesce(concat(error_code, ': ', coalesce(error_message, '-')), 'No error was reported.')
  as problem, coalesce(recorder_status, '-') as status, start_attempts as tries,
  coalesce(recommendation, '-') as advice
  ${fromNewestOfEach('account_id', 'account_id, account_name, outcome, error_code, error_message, recorder_status, start_attempts, recommendation', accountEntry())}
  and ${isOneOf(FAILED_OR_OVERDUE)} order by ${WORST_FIRST}, account_id limit 100`);

export const scheduledRuns = oneLine(`
  entry_type: run and trigger: schedule |
  select count(distinct entry_id) as runs from log where ${RUN_ENTRY}`);

/** For how many `minutes` accounts have been nothing but pending, if runs of the last 15 said so. */
export const minutesPending = oneLine(`
  entry_type: account | select account_id, coalesce(min_by(account_name, place), '-') as name,
  coalesce(min_by(recorder_status, place), '-') as status,
  coalesce(min_by(recommendation, place), '-') as advice,
  (max(__time__) - min(__time__)) / 60 as minutes
  ${fromUnchanged({ by: 'account_id', what: 'outcome' }, 'account_id, account_name, outcome, recorder_status, recommendation, __time__', accountEntry())}
  and ${isOneOf(['pending'])} group by account_id
  having max(__time__) >= to_unixtime(now()) - 900 order by minutes desc, account_id limit 100`);

/** One row: what the newest scheduled run came to, and why. */
export const lastScheduledRun = oneLine(`
  entry_type: run and trigger: schedule | select outcome, failed as accounts,
  coalesce(reason, '-') as reason, run_id from log where ${RUN_ENTRY} ${NEWEST_FIRST} limit 1`);
