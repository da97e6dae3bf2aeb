import { OPEN_OUTCOMES, OUTCOMES, type Outcome } from '../../workflows/onboarding/model.ts';

/**
 * What the workflow and the operator's command ask the log store, as `search | statement` in the
 * query language of Log Service. What the dashboard and the alerts ask is in
 * `monitoring-queries.ts`, made of the same parts. Three rules hold for all:
 *
 * - Only entries that can be ours count: somebody else may write to the logstore, too.
 * - Of two entries, the newer is the one with the later `"time"`; of one time, the one whose
 *   `entry_id` sorts last. So each statement has one answer.
 * - An entry that was stored twice, under one `entry_id`, counts once.
 *
 * Sources: help.aliyun.com, Log Service, "Log analysis", "SQL clauses", "Window functions".
 */

/** More than a directory has members. */
const MOST_ACCOUNTS = 100_000;
/** More than `START_INTERVALS` of the workflow's plan counts. */
const MOST_STARTS = 100;

/**
 * Rows of `kind`, `subject` and `since`:
 * - `open`: an account whose newest entry is open, and the time of the first open entry after its
 *   last entry that was not;
 * - `organization`: its newest status, and the time since which no run has seen another;
 * - `start`: a run, and the time of the entry that says that it started the recorder and did not
 *   fail; the newest hundred.
 */
export function historyQuery(): string {
  const open = `
    select 'open' as kind, account_id as subject, min("time") as since
    ${fromUnchanged({ by: 'account_id', what: IS_OPEN }, 'account_id, outcome, "time"', accountEntry())}
    and ${IS_OPEN} group by account_id`;
  const organization = `
    select 'organization' as kind, organization_status as subject, min("time") as since
    ${fromUnchanged({ what: 'organization_status' }, 'organization_status, "time"', `${RUN_ENTRY} and organization_status is not null`)}
    group by organization_status`;
  const starts = `
    select 'start' as kind, subject, since from (
      select run_id as subject, max("time") as since from log
      where ${RUN_ENTRY} and start_attempts > 0 and outcome <> 'failed'
      group by run_id order by since desc, subject desc limit ${MOST_STARTS}
    )`;
  return oneLine(`
    entry_type: account or entry_type: run | select kind, subject, since
    from (${open} union all ${organization} union all ${starts}) limit ${MOST_ACCOUNTS}`);
}

const LAST_RESULT =
  'account_id, account_name, outcome, recorder_status, "time", run_id, trigger, start_attempts, duration_ms, error_code, error_message, recommendation, cloud_request_id';

/** The newest entry of each account, by its id; `rows` of them after the first `offset`. */
export function lastResultsQuery(offset: number, rows: number): string {
  return oneLine(`
    entry_type: account | select ${LAST_RESULT}
    ${fromNewestOfEach('account_id', LAST_RESULT, accountEntry())}
    order by account_id limit ${offset}, ${rows}`);
}

const OPEN_ACCOUNT =
  'account_id, account_name, outcome, recorder_status, error_code, recommendation';

/** As long as stack.yaml lets a logstore keep its results: nothing is older. */
export const LONGEST_RETENTION_DAYS = 3600;

/**
 * About one run, by its id or by the request id of the function's invocation. Where several runs
 * have that request id, an account's newest entry counts. Throws a `TypeError` for an id of other
 * than letters, digits, `-` and `_`.
 */
export function storedRunQueries(id: string) {
  if (!/^[\w-]+$/.test(id)) throw new TypeError('An id that has to be quoted.');
  const search = `run_id: "${id}" or function_request_id: "${id}"`;
  const own = `(run_id = '${id}' or function_request_id = '${id}')`;
  return {
    /** How many `entries` there are by `entry_type` and `outcome`; of runs, only the newest. */
    counts: oneLine(`
      ${search} | select entry_type, outcome, count(*) as entries
      ${fromNewestOfEach('entry_type, account_id', 'entry_type, outcome', `${own} and (${accountEntry()} or ${RUN_ENTRY})`)}
      group by entry_type, outcome limit 100`),

    /** The run's own entry, which is written last. */
    ending: oneLine(`
      ${search} | select run_id, outcome, covered, already_covered, pending, overdue, failed,
      skipped, duration_ms, reason from log where ${own} and ${RUN_ENTRY} ${NEWEST_FIRST} limit 1`),

    /** Accounts that are not covered, worst first, then by their ids; `most` at most. */
    notCovered: (most: number) =>
      oneLine(`
        ${search} | select ${OPEN_ACCOUNT}
        ${fromNewestOfEach('account_id', OPEN_ACCOUNT, `${own} and ${accountEntry()}`)}
        and ${isOneOf(NOT_COVERED)} order by ${WORST_FIRST}, account_id limit ${most}`),
  };
}

/** An entry, by what entries are sorted by. */
export interface EntryPlace {
  readonly time: string;
  readonly entryId: string;
}

const RESULT = `entry_id, ${LAST_RESULT}, verified_by, event_id, event_name, function_request_id`;
const RUN =
  'entry_id, run_id, trigger, "time", outcome, covered, already_covered, pending, overdue, failed, skipped, start_attempts, api_calls, duration_ms, reason, organization_status, event_id, event_name, function_request_id';

export interface EntryPage {
  /** Only what is newer; absent: all. */
  readonly after?: EntryPlace;
  readonly rows: number;
}

/**
 * Accounts' entries, or those of one account, the oldest first. Throws a `TypeError` for an account
 * id of other than digits.
 */
export function resultsQuery({
  after,
  rows,
  accountId,
}: EntryPage & { readonly accountId?: string }): string {
  if (accountId !== undefined && !/^\d+$/.test(accountId)) throw new TypeError('No account id.');
  const search = accountId === undefined ? '' : ` and account_id: "${accountId}"`;
  const own = accountId === undefined ? '' : ` and account_id = '${accountId}'`;
  return oneLine(`
    entry_type: account${search} | select distinct ${RESULT} from log where ${accountEntry()}${own}
    ${newerThan(after)} order by "time", entry_id limit ${rows}`);
}

/** Runs' own entries, the oldest first. */
export function runsQuery({ after, rows }: EntryPage): string {
  return oneLine(`
    entry_type: run | select distinct ${RUN} from log where ${RUN_ENTRY}
    ${newerThan(after)} order by "time", entry_id limit ${rows}`);
}

/** A condition to follow another. Whoever writes to the logstore chooses what is quoted here. */
function newerThan(after: EntryPlace | undefined): string {
  if (after === undefined) return '';
  const [time, entryId] = [quoted(after.time), quoted(after.entryId)];
  return `and ("time" > ${time} or ("time" = ${time} and entry_id > ${entryId}))`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const NOT_COVERED = OUTCOMES.filter(
  (outcome) => outcome !== 'covered' && outcome !== 'already-covered',
);

// What the statements are made of.

/** The condition of runs' own entries. */
export const RUN_ENTRY = "entry_type = 'run' and entry_id is not null";

/** The condition of accounts' entries with one of these outcomes. */
export function accountEntry(outcomes: readonly Outcome[] = OUTCOMES): string {
  return `entry_type = 'account' and account_id is not null and entry_id is not null and ${isOneOf(outcomes)}`;
}

export function isOneOf(outcomes: readonly Outcome[]): string {
  return `outcome in (${outcomes.map((outcome) => `'${outcome}'`).join(', ')})`;
}

export const IS_OPEN = isOneOf(OPEN_OUTCOMES);

/** For `order by`. */
export const WORST_FIRST = `case outcome ${OUTCOMES.map((outcome, place) => `when '${outcome}' then ${place}`).join(' ')} end`;

/** A clause: where several entries are asked for one answer, the newest gives it. */
export const NEWEST_FIRST = 'order by "time" desc, entry_id desc';

/** The columns of the newest entry of each `by`. Ends in a condition: `and …` may follow. */
export function fromNewestOfEach(by: string, columns: string, where: string): string {
  return `from (
    select ${columns}, row_number() over (partition by ${by} ${NEWEST_FIRST}) as place
    from log where ${where}
  ) where place = 1`;
}

/**
 * The columns of the entries since which nothing has changed: all newer ones of the same `by` agree
 * with them in the expression `what`. And `place`, which is 1 for the newest; an entry that was
 * stored twice is there twice, with one place. Ends in a condition: `and …` may follow.
 */
export function fromUnchanged(
  { by, what }: { readonly by?: string; readonly what: string },
  columns: string,
  where: string,
): string {
  const of = by === undefined ? '' : `partition by ${by} `;
  const alike = by === undefined ? what : `${by}, ${what}`;
  // Such an entry has as many newer ones of its kind as it has newer ones.
  return `from (
    select ${columns}, dense_rank() over (${of}${NEWEST_FIRST}) as place,
    dense_rank() over (partition by ${alike} ${NEWEST_FIRST}) as place_alike
    from log where ${where}
  ) where place = place_alike`;
}

/** Without the line breaks and blanks that make it readable here. */
export function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')');
}

/** The newest run of each trigger: when it ended, how, and why. */
export function lastRunsQuery(): string {
  return oneLine(`
    entry_type: run | select trigger, "time", outcome, reason
    ${fromNewestOfEach('trigger', 'trigger, "time", outcome, reason', RUN_ENTRY)} limit 100`);
}

/**
 * A search, not a statement: what the functions printed, or what one invocation did. Throws a
 * `TypeError` for an id of other than letters, digits, `-` and `_`.
 */
export function functionLogsSearch(requestId?: string): string {
  if (requestId === undefined) return '*';
  if (!/^[\w-]+$/.test(requestId)) throw new TypeError('An id that has to be quoted.');
  return `requestId: "${requestId}"`;
}

/** The request id of the invocation that made a run, as `request_id`. Throws as the search does. */
export function requestOfRunQuery(runId: string): string {
  if (!/^[\w-]+$/.test(runId)) throw new TypeError('An id that has to be quoted.');
  return oneLine(`
    run_id: "${runId}" | select distinct function_request_id as request_id from log
    where run_id = '${runId}' and entry_id is not null and function_request_id is not null limit 1`);
}
