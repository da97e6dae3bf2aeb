import { conclude } from '../../workflows/onboarding/conclude.ts';
import { isBuilding, isEnabled } from '../../workflows/onboarding/coverage.ts';
import type { Failure, OnboardingRequest } from '../../workflows/onboarding/model.ts';
import { observe } from '../../workflows/onboarding/observe.ts';
import { planRun } from '../../workflows/onboarding/plan.ts';
import { observedProgress } from '../../workflows/onboarding/start.ts';
import type { AccountFilter } from '../account-filter.ts';
import { adviseOperator } from '../advice.ts';
import type { CommandContext } from '../command.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { type LastResult, readLastResults } from '../last-results.ts';
import { patienceOf } from '../patience.ts';
import { NoLogStore } from '../result-rows.ts';
import { type Standing, type State, standingsOf } from './standing.ts';
import type { StatusView } from './status-columns.ts';

/** Every member in scope, as the cloud and the log store know it now. */
export interface Seen extends Omit<StatusView, 'style'> {
  readonly standings: readonly Standing[];
  readonly organizationStatus: string;
  /** Whether a filter named an account that is no member. */
  readonly namesNoMember: boolean;
  readonly isFiltered: boolean;
  /** What a person should know beside the accounts. */
  readonly remarks: readonly string[];
}

/** Reads only, and safe to repeat. */
export async function lookAtMembers(
  filter: AccountFilter,
  { operator }: CommandContext,
): Promise<Seen> {
  const [patience, settings, ports, managementAccountId] = await Promise.all([
    patienceOf(operator),
    operator.settings(),
    operator.onboarding(),
    operator.managementAccountId(),
  ]);
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
      retry: patience,
      historyRetry: patience,
    }),
    readLastResults(operator, patience).catch(asNoLogStore),
  ]);
  const last = known instanceof NoLogStore ? new Map<string, LastResult>() : known;
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
    organizationStatus,
    isGroupSeen: group.value !== undefined,
    isOn,
    isFiltered: accountIds.length > 0 || folderId !== undefined,
    namesNoMember: skipped.length > 0,
    groupAdvice: group.error === undefined ? undefined : adviseOperator(group.error),
    standings: standingsOf(results, last, group.error === undefined),
    remarks: [
      ...(isOn
        ? []
        : [
            `Enterprise mode is off (the organization is ${organizationStatus}), so no new member is recorded. onboard backfill turns it on.`,
          ]),
      ...unreadable('The account group', group.error),
      ...unreadable('Whether enterprise mode is on', organization.error),
      ...(isOn && group.error === undefined && group.value === undefined
        ? [
            'No account group can be seen: set ACCOUNT_GROUP_ID if a delegated administrator owns it.',
          ]
        : []),
      ...skipped.map(({ accountId, skipReason }) => `${accountId}: ${skipReason}`),
      ...(known instanceof NoLogStore ? [known.message] : []),
      ...(known instanceof Map && known.size === 0 ? ['The log store has no results yet.'] : []),
    ],
  };
}

function unreadable(what: string, error: Failure | undefined): string[] {
  if (error === undefined) return [];
  const { operation, code, message } = error;
  return [
    `${what} can't be read: ${operation} failed: ${code}: ${message} ${adviseOperator(error)}`,
  ];
}

/** Without a log store the recorders are known all the same. */
function asNoLogStore(error: unknown): NoLogStore {
  if (error instanceof NoLogStore) return error;
  throw error;
}

/** Of all in scope, whatever is shown. While enterprise mode is off, no new member is recorded. */
export function exitCodeOfStatus({ standings, groupAdvice, namesNoMember, isOn }: Seen): ExitCode {
  if (groupAdvice !== undefined || namesNoMember) return EXIT.ERROR;
  return exitCodeOf({
    failed: countOf(standings, 'failed'),
    overdue: countOf(standings, 'overdue'),
    pending: countOf(standings, 'pending') + (isOn ? 0 : 1),
  });
}

export function countOf(standings: readonly Standing[], state: State): number {
  return standings.filter((one) => one.state === state).length;
}
