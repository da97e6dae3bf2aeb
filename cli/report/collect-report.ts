import type { CommandContext } from '../command.ts';
import { type FolderNames, readFolderNames } from '../folder-names.ts';
import { DAY_MS } from '../numeric-options.ts';
import { lookAtMembers, type Seen, unreadable } from '../status/look-at-members.ts';
import type { MemberStatus } from '../status/member-status.ts';
import { whatToDo } from '../status/status-columns.ts';
import { nothingUnread, readResults, readRuns, type Span } from '../stored-entries.ts';
import type { Texts } from '../texts/en.ts';
import {
  coveringsOf,
  daysOf,
  entryOf,
  errorsOf,
  type RunTotals,
  sinceOf,
  timelinesOf,
} from './reduce-results.ts';
import type { Member, ReportData, TimelineEntry } from './report-data.ts';

/** Beijing: the dashboard's days are these, too. */
const UTC_OFFSET_MINUTES = 480;

/**
 * One look at the cloud, and the results of so many days before it. Reads only, and safe to repeat.
 * Without a log store there is no history, which is among the remarks.
 */
export async function collectReport(
  days: number,
  context: CommandContext,
): Promise<{ readonly data: ReportData; readonly seen: Seen }> {
  const { operator, output, texts, version } = context;
  const sinceMs = operator.clock.now() - days * DAY_MS;
  const read = { results: 0, runs: 0 };
  const spanOf = (what: keyof typeof read): Span => ({
    sinceMs,
    onProgress(entries) {
      read[what] = entries;
      output.progress(texts.report.reading(read.results + read.runs));
    },
  });
  const [seen, results, runs, region, managementAccountId, { project, logstore }] =
    await Promise.all([
      lookAtMembers({ accounts: [], exclude: [] }, context),
      readResults(operator, spanOf('results')).catch(nothingUnread),
      readRuns(operator, spanOf('runs')).catch(nothingUnread),
      operator.region(),
      operator.managementAccountId(),
      operator.resultLocation(),
    ]);
  const folders = await readFolderNames(
    seen.members.map(({ folderIds }) => folderIds),
    operator,
  );
  const asOf = new Date(seen.takenAtMs).toISOString();
  const timelines = timelinesOf(results);
  const totals = runs.map(
    ({ time, trigger, accounts }): RunTotals => ({ time, trigger, ...accounts }),
  );
  return {
    seen,
    data: {
      asOf,
      managementAccountId,
      region,
      logProject: project,
      logStore: logstore,
      organizationStatus: seen.organizationStatus,
      evidence: seen.evidence,
      resultsFrom: new Date(sinceMs).toISOString(),
      utcOffsetMinutes: UTC_OFFSET_MINUTES,
      remarks: [...seen.remarks, ...unreadable(texts.status.folderNames, folders.error, texts)],
      writtenBy: `onboard ${version}`,
      members: seen.members.map((member) =>
        memberOf(member, timelines.get(member.accountId), { asOf, seen, folders, texts }),
      ),
      days: daysOf(results, totals, UTC_OFFSET_MINUTES),
      coverings: coveringsOf(results),
      errors: errorsOf(results),
    },
  };
}

interface MemberContext {
  readonly asOf: string;
  readonly seen: Seen;
  readonly folders: FolderNames;
  readonly texts: Texts;
}

function memberOf(
  member: MemberStatus,
  recent: readonly TimelineEntry[] | undefined,
  { asOf, seen, folders, texts }: MemberContext,
): Member {
  const { accountId, name, folderIds, joinedAt, recorderStatus, state, last } = member;
  // An account that stays covered has no results for years: its last one is shown all the same.
  const timeline = recent ?? (last === undefined ? [] : [entryOf(last)]);
  return {
    accountId,
    name,
    folderPath: folders.of(folderIds),
    joinedAt,
    recorderStatus,
    state,
    stateSince: sinceOf(state, timeline, asOf),
    recommendation: state === 'covered' ? undefined : whatToDo(member, seen, texts),
    timeline,
  };
}
