import { evidenceOf, isBuilding, isCovered, isEnabled } from './coverage.ts';
import { classify, recommend } from './error-rules.ts';
import type { AccountResult, Evidence, Failure, Plan, PlannedAccount, Snapshot } from './model.ts';
import type { Progress } from './start.ts';

/** All that a run has found out. */
export interface Findings extends Progress {
  readonly snapshot: Snapshot;
  readonly plan: Plan;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly overdueAfterMs: number;
}

/** Each account's result, from what is known of it and of nothing else. Pure. */
export function conclude(findings: Findings): AccountResult[] {
  return findings.plan.accounts.map((account) => concludeAccount(account, findings));
}

function concludeAccount(account: PlannedAccount, findings: Findings): AccountResult {
  const { accountId, step, skipReason } = account;
  const { coverage, snapshot, start, startedAtMs, endedAtMs } = findings;
  // An event may not say it, and right after joining only the group does.
  const name = account.name ?? coverage.group.value?.members.get(accountId)?.name;
  if (step === 'skip') {
    return { accountId, name, outcome: 'skipped', durationMs: 0, recommendation: skipReason };
  }
  const evidence = evidenceOf(coverage, accountId);
  const openSinceMs = snapshot.history.value?.openSinceMs.get(accountId);
  const known = { accountId, name, evidence };

  if (isCovered(evidence.recorderStatus)) {
    if (step === 'none' && openSinceMs === undefined) {
      return { ...known, outcome: 'already-covered', durationMs: 0 };
    }
    return {
      ...known,
      outcome: 'covered',
      durationMs: evidence.atMs - (openSinceMs ?? startedAtMs),
      error: step === 'none' ? undefined : start.retriedError,
    };
  }

  const durationMs = endedAtMs - startedAtMs;
  const error = errorOf(account, evidence, findings);
  if (error !== undefined && classify(error) !== 'in-progress') {
    return { ...known, outcome: 'failed', durationMs, error, recommendation: recommend(error) };
  }
  const isOverdue = endedAtMs - openForSinceMs(account, findings) > findings.overdueAfterMs;
  return {
    ...known,
    outcome: isOverdue ? 'overdue' : 'pending',
    durationMs,
    error,
    recommendation: `${whatToDo(isOverdue, evidence, findings)}${nextStart(account, findings)}`,
  };
}

/**
 * Since when an account's being open counts, in milliseconds since 1970: since its first open
 * result in a row, since it joined, and since the organization is in the state that it is in,
 * whichever is latest. So the members of old are not overdue in the minutes after the first
 * activation, and who looks makes no difference. A log store that can't be read says nothing of all
 * that: then the joining counts for what is not even being built.
 */
function openForSinceMs(
  { accountId, joinedAtMs, step }: PlannedAccount,
  { snapshot, organization, endedAtMs }: Findings,
): number {
  const { value: history } = snapshot.history;
  const now = organization?.organizationStatus;
  if (history === undefined) {
    return isEnabled(now) && step === 'start' ? (joinedAtMs ?? endedAtMs) : endedAtMs;
  }
  const { organization: before, openSinceMs } = history;
  if (now !== undefined && before !== undefined && before.status !== now) return endedAtMs;
  return Math.max(openSinceMs.get(accountId) ?? endedAtMs, before?.sinceMs ?? 0, joinedAtMs ?? 0);
}

/** What is being built needs nothing that could have failed. */
function errorOf(
  { step }: PlannedAccount,
  { recorderStatus }: Evidence,
  { start, coverage, snapshot }: Findings,
): Failure | undefined {
  if (isBuilding(recorderStatus)) return undefined;
  const startError = step === 'await' ? undefined : start.error;
  return startError ?? coverage.group.error ?? snapshot.organization.error;
}

/** Worded to fit one account and many: the command shows those with the same advice together. */
function whatToDo(isOverdue: boolean, { recorderStatus }: Evidence, findings: Findings): string {
  const { snapshot, coverage } = findings;
  const wasEnabled = isEnabled(snapshot.organization.value?.organizationStatus);
  if (wasEnabled && coverage.group.value === undefined) {
    return 'No account group is visible: if a delegated administrator owns it, set ACCOUNT_GROUP_ID; otherwise recreate the global account group in the Cloud Config console.';
  }
  const isMissing = recorderStatus === undefined;
  if (!isOverdue) {
    const state = isMissing
      ? 'not in the account group yet'
      : `the recorder status is ${recorderStatus}`;
    return `Nothing to do now: ${state}, and the next run checks again.`;
  }
  return isMissing
    ? 'Open the account group in the Cloud Config console and find out why members are missing from it: the group may be full, or belong to a delegated administrator.'
    : `The recorder status remains ${recorderStatus}: open a ticket with Cloud Config, and give the account ID and the request ID.`;
}

function nextStart({ step }: PlannedAccount, { plan }: Findings): string {
  if (plan.nextStartAtMs === undefined || step === 'await') return '';
  return ` The schedule will start the recorder again at ${new Date(plan.nextStartAtMs).toISOString()}.`;
}
