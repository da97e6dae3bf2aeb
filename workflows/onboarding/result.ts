import { isBuilding } from './coverage.ts';
import { type CloudError, classify, recommend } from './errors.ts';
import type { GroupSight } from './group-sight.ts';
import type { PlannedAccount } from './plan.ts';
import type { RecorderStatus } from './ports.ts';
import type { StartOutcome } from './start-recorder.ts';
import type { Verification } from './verify.ts';

export type Outcome = 'covered' | 'already-covered' | 'pending' | 'overdue' | 'failed' | 'skipped';

/** What a later run has to come back to. */
export const OPEN_OUTCOMES: readonly Outcome[] = ['failed', 'overdue', 'pending'];

/** One account's outcome with its evidence. */
export interface AccountResult {
  readonly accountId: string;
  readonly name?: string;
  readonly outcome: Outcome;
  readonly recorderStatus?: RecorderStatus;
  /** `organization`: no account group could be seen, so the account itself is not verified. */
  readonly verifiedBy?: 'account-group' | 'organization';
  /** To this result, from the run's start; of one that earlier runs found open, from then on. */
  readonly durationMs: number;
  /** Why it is not covered; of a covered account, what the start was tried again for. */
  readonly error?: CloudError;
  /** What a person does next, in one sentence; absent when there is nothing to do. */
  readonly recommendation?: string;
  /** Of the answer that is the evidence. */
  readonly cloudRequestId?: string;
}

export interface Evidence {
  /** Enterprise mode was on before this run: there should be a group to see. */
  readonly wasEnabled: boolean;
  readonly start: StartOutcome;
  readonly verification: Verification;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly overdueAfterMs: number;
}

/** The accounts' results, by what is known. Pure. */
export function concludeAccounts(
  accounts: readonly PlannedAccount[],
  evidence: Evidence,
): AccountResult[] {
  return accounts.map((account) => concludeAccount(account, evidence));
}

function concludeAccount(account: PlannedAccount, evidence: Evidence): AccountResult {
  const { verification, startedAtMs, endedAtMs } = evidence;
  const coveredAtMs = verification.coveredAtMs.get(account.accountId);
  const known = { ...identityOf(account), ...sightOf(account, verification.groupSight) };
  const durationMs = (coveredAtMs ?? endedAtMs) - startedAtMs;

  if (account.step === 'skip') {
    return {
      ...identityOf(account),
      outcome: 'skipped',
      durationMs: 0,
      ...(account.skipReason === undefined ? {} : { recommendation: account.skipReason }),
    };
  }
  if (account.step === 'none') {
    const { openSinceMs } = account;
    return openSinceMs === undefined
      ? { ...known, outcome: 'already-covered', durationMs: 0 }
      : { ...known, outcome: 'covered', durationMs: endedAtMs - openSinceMs };
  }
  if (coveredAtMs !== undefined) {
    const { retriedError } = evidence.start;
    return {
      ...known,
      outcome: 'covered',
      durationMs,
      ...(retriedError === undefined ? {} : { error: retriedError }),
    };
  }

  const error = errorOf(account, evidence);
  if (error !== undefined && classify(error) !== 'in-progress') {
    return { ...known, outcome: 'failed', durationMs, ...failure(error) };
  }
  const overdue = isOverdue(account, known.recorderStatus, evidence);
  return {
    ...known,
    outcome: overdue ? 'overdue' : 'pending',
    durationMs,
    ...(error === undefined ? {} : failure(error)),
    recommendation: overdue
      ? whatToDoWhenOverdue(known.recorderStatus, evidence)
      : whatToDoWhilePending(known.recorderStatus, evidence),
  };
}

/**
 * Not covered for too long: since it joined, or, while it is being built or enterprise mode is only
 * just being turned on, since it was first found open. Else every old member would be overdue in
 * the minutes after the first activation.
 */
function isOverdue(
  { joinedAtMs, openSinceMs }: PlannedAccount,
  recorderStatus: RecorderStatus | undefined,
  { wasEnabled, endedAtMs, overdueAfterMs }: Evidence,
): boolean {
  const isUnderWay = !wasEnabled || isBuilding(recorderStatus);
  const sinceMs = isUnderWay ? openSinceMs : joinedAtMs;
  return sinceMs !== undefined && endedAtMs - sinceMs > overdueAfterMs;
}

/** The error of an account that could not be looked at, or whose run could not be started. */
export function failure(error: CloudError): Partial<AccountResult> & { recommendation: string } {
  return {
    error,
    recommendation: recommend(error),
    ...(error.requestId === undefined ? {} : { cloudRequestId: error.requestId }),
  };
}

function identityOf({ accountId, name }: PlannedAccount): { accountId: string; name?: string } {
  return { accountId, ...(name === undefined ? {} : { name }) };
}

function sightOf(
  { accountId }: PlannedAccount,
  sight: GroupSight,
): Pick<AccountResult, 'recorderStatus' | 'verifiedBy' | 'cloudRequestId'> {
  if (sight.kind !== 'seen') return { verifiedBy: 'organization' };
  const { members, requestId } = sight.group;
  const recorderStatus = members.get(accountId)?.recorderStatus;
  return {
    verifiedBy: 'account-group',
    ...(recorderStatus === undefined ? {} : { recorderStatus }),
    ...(requestId === undefined ? {} : { cloudRequestId: requestId }),
  };
}

/** A start that failed explains what needed it; a group that can't be read, all the rest. */
function errorOf(
  { step }: PlannedAccount,
  { start, verification }: Evidence,
): CloudError | undefined {
  if (start.error !== undefined && step !== 'await') return start.error;
  return verification.groupSight.kind === 'unreadable' ? verification.groupSight.error : undefined;
}

const NO_GROUP_TO_SEE =
  'No account group can be seen: set ACCOUNT_GROUP_ID if a delegated administrator owns it, or recreate the global account group in the Cloud Config console.';

function whatToDoWhilePending(
  recorderStatus: RecorderStatus | undefined,
  evidence: Evidence,
): string {
  if (isEnabledWithoutGroup(evidence)) return NO_GROUP_TO_SEE;
  const state =
    recorderStatus === undefined
      ? 'the account is not in the account group yet'
      : `its recorder is ${recorderStatus}`;
  return `Nothing to do now: ${state}, and the next run looks again.`;
}

function whatToDoWhenOverdue(
  recorderStatus: RecorderStatus | undefined,
  evidence: Evidence,
): string {
  if (isEnabledWithoutGroup(evidence)) return NO_GROUP_TO_SEE;
  return recorderStatus === undefined
    ? 'Open the account group in the Cloud Config console and check why the account is not in it: it may be full, or belong to a delegated administrator.'
    : `Its recorder stays ${recorderStatus}: open a ticket with Cloud Config that names the account and the request id.`;
}

function isEnabledWithoutGroup({ wasEnabled, verification }: Evidence): boolean {
  return wasEnabled && verification.groupSight.kind !== 'seen';
}

export interface OutcomeCounts {
  readonly covered: number;
  readonly alreadyCovered: number;
  readonly pending: number;
  readonly overdue: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countOutcomes(results: readonly AccountResult[]): OutcomeCounts {
  const count = (outcome: Outcome) => results.filter((one) => one.outcome === outcome).length;
  return {
    covered: count('covered'),
    alreadyCovered: count('already-covered'),
    pending: count('pending'),
    overdue: count('overdue'),
    failed: count('failed'),
    skipped: count('skipped'),
  };
}

export type RunOutcome = 'succeeded' | 'pending' | 'failed' | 'ignored' | 'rejected';

/** What a run came to: the worst of its accounts. */
export function runOutcome(counts: OutcomeCounts): RunOutcome {
  if (counts.failed > 0) return 'failed';
  return counts.pending + counts.overdue > 0 ? 'pending' : 'succeeded';
}
