import type { OrganizationStatus } from '../../workflows/onboarding/ports.ts';
import { renderCsv } from '../report/page/csv.js';
import type { Standing } from './standing.ts';
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
] as const;

/** For a spreadsheet: RFC 4180, names as in the log store. */
export function statusCsv(standings: readonly Standing[], view: AdviceView): string {
  return renderCsv(
    CSV_COLUMNS,
    standings.map((standing) => {
      const { accountId, name, recorderStatus, state, last } = standing;
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
        recommendation: state === 'covered' ? undefined : whatToDo(standing, view),
      };
    }),
  );
}

/** For a script. The totals are those of all in scope, whatever is shown of them. */
export function statusJson(
  standings: readonly Standing[],
  shown: readonly Standing[],
  view: AdviceView & { readonly organizationStatus: OrganizationStatus },
): string {
  return JSON.stringify(
    {
      organizationStatus: view.organizationStatus,
      members: standings.length,
      covered: standings.filter(({ state }) => state === 'covered').length,
      accounts: shown.map((standing) =>
        standing.state === 'covered'
          ? standing
          : { ...standing, recommendation: whatToDo(standing, view) },
      ),
    },
    null,
    2,
  );
}
