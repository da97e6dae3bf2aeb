import { renderCsv } from './csv.js';

/**
 * @typedef {import('../report-data.ts').ReportData} ReportData
 * @typedef {import('../report-data.ts').Member} Member
 */

const CSV_COLUMNS = [
  'account_id',
  'account_name',
  'folder_path',
  'joined_time',
  'recorder_status',
  'state',
  'state_since',
  'last_outcome',
  'last_recorder_status',
  'last_time',
  'last_trigger',
  'start_attempts',
  'run_id',
  'cloud_request_id',
  'error_code',
  'error_message',
  'recommendation',
];

/**
 * Every member with its last result, for a spreadsheet. Names as in the log store, times in UTC.
 *
 * @param {readonly Member[]} members
 */
export function membersCsv(members) {
  return renderCsv(CSV_COLUMNS, members.map(recordOf));
}

/**
 * @param {Member} member
 * @returns {Record<string, string | undefined>}
 */
function recordOf(member) {
  const last = member.timeline[0];
  return {
    account_id: member.accountId,
    account_name: member.name,
    folder_path: member.folderPath.join(' / '),
    joined_time: member.joinedAt,
    recorder_status: member.recorderStatus,
    state: member.state,
    state_since: member.stateSince,
    last_outcome: last?.outcome,
    last_recorder_status: last?.recorderStatus,
    last_time: last?.to,
    last_trigger: last?.triggers.at(-1),
    start_attempts: last === undefined ? undefined : String(last.startAttempts),
    run_id: last?.runId,
    cloud_request_id: last?.cloudRequestId,
    error_code: last?.errorCode,
    error_message: last?.errorMessage,
    recommendation: member.recommendation,
  };
}

/** Changes when the meaning of a key does. */
export const REPORT_SCHEMA_VERSION = 1;

/**
 * All of it, for a script: the shape is that of `ReportData`.
 *
 * @param {ReportData} data
 */
export function reportJson(data) {
  return `${JSON.stringify({ schemaVersion: REPORT_SCHEMA_VERSION, ...data }, null, 2)}\n`;
}
