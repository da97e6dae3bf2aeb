export const coverageNow =
  'entry_type: run and trigger: schedule | select round(100.0 * (covered + already_covered) / (covered + already_covered + pending + overdue + failed), 1) as coverage where covered + already_covered + pending + overdue + failed > 0 order by time desc limit 1';

export const notCoveredNow =
  'entry_type: run and trigger: schedule | select pending, overdue, failed where covered + already_covered + pending + overdue + failed > 0 order by time desc limit 1';

export const minutesSinceLastRun =
  'entry_type: run and trigger: schedule | select round((to_unixtime(now()) - max(__time__)) / 60, 1) as minutes';

export const needsAttention =
  "entry_type: account | select account_id as account, max_by(account_name, time) as name, max_by(outcome, time) as outcome, max_by(recommendation, time) as recommendation, date_format(from_unixtime(min(seen)), '%Y-%m-%d %H:%i') as since from (select account_id, account_name, outcome, recommendation, time, __time__ as seen, row_number() over (partition by account_id order by time desc) as n, row_number() over (partition by account_id, outcome in ('failed', 'overdue', 'pending') order by time desc) as m from log) where outcome in ('failed', 'overdue', 'pending') and n = m group by account_id having max(seen) >= to_unixtime(now()) - 1800 order by since, account limit 1000";

export const outcomesByDay =
  "entry_type: account | select day, outcome, count(*) as accounts from (select date_format(date_trunc('day', __time__), '%Y-%m-%d') as day, account_id, max_by(outcome, time) as outcome from log group by day, account_id) group by day, outcome order by day, outcome limit 1000";

export const secondsToCoverageByDay =
  "entry_type: account | select date_format(date_trunc('day', __time__), '%Y-%m-%d') as day, round(approx_percentile(duration_ms, 0.5) / 1000.0, 1) as p50, round(approx_percentile(duration_ms, 0.95) / 1000.0, 1) as p95, round(max(duration_ms) / 1000.0, 1) as longest where outcome = 'covered' and duration_ms > 0 group by day order by day limit 1000";

export const retriesByErrorCode =
  'entry_type: account | select code, max(accounts) as accounts, count(*) as runs, sum(attempts) as starts, sum(if(attempts > 1, attempts - 1, 0)) as retries, max_by(message, at) as message from (select error_code as code, run_id, max(start_attempts) as attempts, count(distinct account_id) as accounts, max_by(error_message, time) as message, max(time) as at from log where error_code is not null group by error_code, run_id) group by code order by runs desc, code limit 100';

export const runsByDay =
  "entry_type: run | select date_format(date_trunc('day', __time__), '%Y-%m-%d') as day, count(*) as runs, sum(api_calls) as calls group by day order by day limit 1000";

export const failedRuns =
  "entry_type: run | select time, trigger, outcome, reason, run_id as run, function_request_id as request where outcome in ('failed', 'rejected') order by time desc limit 100";

export const accountsFailedOrOverdue =
  "entry_type: account | select account_id, coalesce(max_by(account_name, time), '-') as name, max_by(outcome, time) as outcome, coalesce(concat(max_by(error_code, time), ': ', coalesce(max_by(error_message, time), '-')), 'No error was reported.') as problem, coalesce(max_by(recorder_status, time), '-') as status, max_by(start_attempts, time) as tries, coalesce(max_by(recommendation, time), '-') as advice group by account_id having max_by(outcome, time) in ('failed', 'overdue') order by account_id limit 100";

export const scheduledRuns = 'entry_type: run and trigger: schedule | select count(*) as runs';

export const minutesPending =
  "entry_type: account | select account_id, coalesce(max_by(account_name, time), '-') as name, coalesce(max_by(recorder_status, time), '-') as status, coalesce(max_by(recommendation, time), '-') as advice, (max(seen) - min(seen)) / 60 as minutes from (select account_id, account_name, outcome, recorder_status, recommendation, time, __time__ as seen, row_number() over (partition by account_id order by time desc) as n, row_number() over (partition by account_id, outcome order by time desc) as m from log) where outcome = 'pending' and n = m group by account_id having max(seen) >= to_unixtime(now()) - 900 order by minutes desc, account_id limit 100";

export const lastScheduledRun =
  "entry_type: run and trigger: schedule | select outcome, failed as accounts, coalesce(reason, '-') as reason, run_id order by time desc limit 1";
