import { OPEN_OUTCOMES } from '../../workflows/onboarding/model.ts';

const OPEN = OPEN_OUTCOMES.map((outcome) => `'${outcome}'`).join(', ');
/** Of entries of one time, the one that comes last by its id is the newest: for every query. */
const NEWEST_FIRST = 'order by "time" desc, entry_id desc';
/** More than a directory has members. */
const MOST_ROWS = 100_000;
const MOST_STARTS = 100;

/**
 * Rows of `kind`, `subject` and `since`: `open`, an account whose newest entry is open, and the time
 * of the first of its open entries in a row; `organization`, its newest status, and since when no
 * entry has another; `start`, a run id, and when that run started the recorder without failing.
 */
export function historyQuery(): string {
  // An entry that has as many newer ones of its own kind as of any kind has only its own kind
  // between itself and now.
  const open =
    `select 'open' as kind, account_id as subject, min("time") as since from (` +
    `select account_id, outcome, "time", ` +
    `row_number() over (partition by account_id ${NEWEST_FIRST}) as n, ` +
    `row_number() over (partition by account_id, outcome in (${OPEN}) ${NEWEST_FIRST}) as m ` +
    `from log where entry_type = 'account') where outcome in (${OPEN}) and n = m group by account_id`;
  const organization =
    `select 'organization' as kind, organization_status as subject, min("time") as since from (` +
    `select organization_status, "time", ` +
    `row_number() over (${NEWEST_FIRST}) as n, ` +
    `row_number() over (partition by organization_status ${NEWEST_FIRST}) as m ` +
    `from log where entry_type = 'run' and organization_status is not null) where n = m group by organization_status`;
  const starts =
    `select 'start' as kind, subject, since from (select run_id as subject, max("time") as since ` +
    `from log where entry_type = 'run' and start_attempts > 0 and outcome <> 'failed' ` +
    `group by run_id order by since desc limit ${MOST_STARTS})`;
  return (
    `entry_type: account or entry_type: run | select kind, subject, since from (` +
    `${open} union all ${organization} union all ${starts}) limit ${MOST_ROWS}`
  );
}

/** The newest run of each trigger: when it ended, how, and why. */
export function lastRunsQuery(): string {
  return (
    `entry_type: run | select trigger, max("time") as "time", max_by(outcome, "time") as outcome, ` +
    `max_by(reason, "time") as reason group by trigger limit 100`
  );
}
