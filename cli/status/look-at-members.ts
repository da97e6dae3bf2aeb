import { conclude } from '../../workflows/onboarding/conclude.ts';
import { isBuilding, isEnabled } from '../../workflows/onboarding/coverage.ts';
import { classify } from '../../workflows/onboarding/error-rules.ts';
import { type CloudError, isCloudError } from '../../workflows/onboarding/errors.ts';
import type { Failure, GroupReading, OnboardingRequest } from '../../workflows/onboarding/model.ts';
import { observe } from '../../workflows/onboarding/observe.ts';
import { planRun } from '../../workflows/onboarding/plan.ts';
import { observedProgress } from '../../workflows/onboarding/start.ts';
import type { AccountFilter } from '../account-filter.ts';
import { adviseOperator } from '../advice.ts';
import type { CommandContext } from '../command.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { type LastResult, readLastResults } from '../last-results.ts';
import { recommendationOf } from '../recommendation.ts';
import { isMissingLogStore, NoLogStore } from '../result-rows.ts';
import { readRetryContext } from '../retry-reads.ts';
import type { Texts } from '../texts/en.ts';
import { type MemberStatus, memberStatuses, type State } from './member-status.ts';
import type { StatusView } from './status-columns.ts';

/** Every member in scope, as the cloud and the log store know it now. */
export interface Seen extends StatusView {
  readonly members: readonly MemberStatus[];
  readonly organizationStatus: string;
  /** When the cloud was read: milliseconds since 1970. */
  readonly takenAtMs: number;
  /** The answer that says who is covered; absent where no account group could be read. */
  readonly evidence?: GroupEvidence;
  /** Whether a filter named an account that is no member. */
  readonly namesNoMember: boolean;
  readonly isFiltered: boolean;
  /** What a person should know beside the accounts. */
  readonly remarks: readonly string[];
}

export interface GroupEvidence {
  readonly operation: 'GetAggregator';
  readonly accountGroupId: string;
  readonly requestId: string;
}

/** Reads only, and safe to repeat. */
export async function lookAtMembers(
  filter: AccountFilter,
  { operator, texts }: CommandContext,
): Promise<Seen> {
  const [settings, ports, managementAccountId] = await Promise.all([
    operator.settings(),
    operator.onboarding(),
    operator.managementAccountId(),
  ]);
  const retry = await readRetryContext(operator);
  const { accounts: accountIds, folder: folderId } = filter;
  const request: OnboardingRequest = {
    trigger: 'manual',
    scope: {
      kind: 'directory',
      accountIds: accountIds.length === 0 ? undefined : accountIds,
      folderId,
      excludedAccountIds: [],
    },
    events: [],
    dryRun: true,
  };
  const [snapshot, known] = await Promise.all([
    observe(request, {
      ports,
      managementAccountId,
      poll: settings.poll,
      retry,
      // Whether results can be read is for the reading of the last ones to find out, and to say.
      historyRetry: { ...retry, isStillNeeded: async (error) => !isMissingLogStore(error) },
    }),
    readLastResults(operator, retry).catch(asUnread),
  ]);
  const last = known instanceof Map ? known : new Map<string, LastResult>();
  const nowMs = operator.clock.now();
  const { organization, group } = snapshot;
  const plan = planRun(snapshot, request.trigger);
  const results = conclude({
    ...observedProgress(snapshot, plan),
    snapshot,
    plan,
    startedAtMs: nowMs,
    endedAtMs: nowMs,
    overdueAfterMs: settings.overdueAfterMs,
  });
  const organizationStatus = organization.value?.organizationStatus ?? 'UNKNOWN';
  const isOn =
    organization.value === undefined ||
    isEnabled(organizationStatus) ||
    isBuilding(organizationStatus);
  const skipped = snapshot.accounts.filter(
    ({ accountId, skipReason }) => skipReason !== undefined && accountIds.includes(accountId),
  );
  return {
    nowMs,
    takenAtMs: snapshot.takenAtMs,
    evidence: evidenceOf(group.value),
    organizationStatus,
    isGroupSeen: group.value !== undefined,
    isOn,
    isFiltered: accountIds.length > 0 || folderId !== undefined,
    namesNoMember: skipped.length > 0,
    groupAdvice: group.error === undefined ? undefined : adviseOperator(group.error, texts),
    members: memberStatuses(results, snapshot.accounts, last, group.error === undefined),
    remarks: [
      ...(isOn ? [] : [texts.status.enterpriseModeIsOff(organizationStatus)]),
      ...unreadable(texts.status.accountGroup, group.error, texts),
      ...unreadable(texts.status.enterpriseMode, organization.error, texts),
      ...(isOn && group.error === undefined && group.value === undefined
        ? [texts.status.noGroup]
        : []),
      ...skipped.map(({ accountId, skipReason: recommendation }) => {
        const reason = recommendationOf({ outcome: 'skipped', recommendation }, texts);
        return `${accountId}: ${reason}`;
      }),
      ...(known instanceof NoLogStore ? [known.say(texts)] : []),
      ...(isCloudError(known) ? unreadable(texts.status.logStore, known, texts) : []),
      ...(known instanceof Map && known.size === 0 ? [texts.status.noResults] : []),
    ],
  };
}

function evidenceOf(group: GroupReading | undefined): GroupEvidence | undefined {
  if (group?.requestId === undefined) return undefined;
  const { groupId: accountGroupId, requestId } = group;
  return { operation: 'GetAggregator', accountGroupId, requestId };
}

/** What could not be read, and what to do about it; nothing where there was no error. */
export function unreadable(what: string, error: Failure | undefined, texts: Texts): string[] {
  if (error === undefined) return [];
  const { operation, code, message } = error;
  const advice = adviseOperator(error, texts);
  return [texts.status.unreadable(what, operation, code, message, advice)];
}

/** Without a log store, or one that may be read, the recorders are known all the same. */
function asUnread(error: unknown): NoLogStore | CloudError {
  if (error instanceof NoLogStore) return error;
  if (isCloudError(error) && classify(error) === 'permanent') return error;
  throw error;
}

/** Of all in scope, whatever is shown. While enterprise mode is off, no new member is recorded. */
export function exitCodeOfStatus({ members, groupAdvice, namesNoMember, isOn }: Seen): ExitCode {
  if (groupAdvice !== undefined || namesNoMember) return EXIT.ERROR;
  const counts = countStates(members);
  return exitCodeOf({ ...counts, pending: counts.pending + (isOn ? 0 : 1) });
}

export function countStates(members: readonly MemberStatus[]): Readonly<Record<State, number>> {
  const counts = { covered: 0, failed: 0, overdue: 0, pending: 0, unknown: 0 };
  for (const { state } of members) counts[state] += 1;
  return counts;
}
