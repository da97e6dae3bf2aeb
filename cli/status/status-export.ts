import type { JsonResult } from '../output.ts';
import { renderCsv } from '../report/page/csv.js';
import type { Texts } from '../texts/en.ts';
import type { Seen } from './look-at-members.ts';
import type { MemberStatus } from './member-status.ts';
import { type AdviceView, whatToDo } from './status-columns.ts';

const CSV_COLUMNS = [
  'account_id',
  'account_name',
  'recorder_status',
  'state',
  'last_outcome',
  'last_recorder_status',
  'last_time',
  'last_trigger',
  'run_id',
  'error_code',
  'error_message',
  'recommendation',
];

/** For a spreadsheet: names as in the log store, times in UTC. */
export function statusCsv(
  members: readonly MemberStatus[],
  view: AdviceView,
  texts: Texts,
): string {
  const records = members.map((member) => {
    const { accountId, name, recorderStatus, state, last } = member;
    return {
      account_id: accountId,
      account_name: name,
      recorder_status: recorderStatus,
      state,
      last_outcome: last?.outcome,
      last_recorder_status: last?.recorderStatus,
      last_time: last?.time,
      last_trigger: last?.trigger,
      run_id: last?.runId,
      error_code: last?.errorCode,
      error_message: last?.errorMessage,
      recommendation: state === 'covered' ? undefined : whatToDo(member, view, texts),
    };
  });
  return renderCsv(CSV_COLUMNS, records);
}

/** For a script. The totals are those of all in scope, whatever is shown of them. */
export function statusJson(seen: Seen, shown: readonly MemberStatus[], texts: Texts): JsonResult {
  return {
    schemaVersion: 1,
    asOf: new Date(seen.takenAtMs).toISOString(),
    organizationStatus: seen.organizationStatus,
    members: seen.members.length,
    covered: seen.members.filter(({ state }) => state === 'covered').length,
    accounts: shown.map((member) =>
      member.state === 'covered'
        ? member
        : { ...member, recommendation: whatToDo(member, seen, texts) },
    ),
    remarks: seen.remarks,
  };
}
