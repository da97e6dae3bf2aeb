import { isEnabled } from './coverage.ts';
import { classify } from './errors.ts';
import type { RunIdentity } from './log-entry.ts';
import type { Observation } from './observe.ts';
import type { Plan, PlannedAccount } from './plan.ts';
import { accountEntriesOf } from './report.ts';
import type { OnboardingRequest } from './request.ts';
import { type AccountResult, concludeAccounts } from './result.ts';
import { type RunContext, verifyDeadlineMs } from './run-context.ts';
import type { StartOutcome } from './start-recorder.ts';
import { type Verification, verify } from './verify.ts';

/** What a run knows once its start is over. */
export interface Started {
  readonly run: RunIdentity;
  readonly request: OnboardingRequest;
  readonly observed: Observation;
  readonly plan: Plan;
  readonly start: StartOutcome;
}

export interface Settled {
  readonly results: readonly AccountResult[];
  readonly verification: Verification;
}

/**
 * Verifies what is not covered yet and comes to every account's result. While some are waited for,
 * the results of the others are recorded, so that a process that is killed has said them. A dry
 * run concludes from what was observed.
 */
export async function settleAccounts(started: Started, context: RunContext): Promise<Settled> {
  const { request, observed, plan } = started;
  const verification = request.dryRun
    ? asObserved(observed)
    : await verifyAndRecord(started, context);
  return { verification, results: conclude(plan.accounts, verification, started, context) };
}

async function verifyAndRecord(started: Started, context: RunContext): Promise<Verification> {
  const { run, request, observed, plan, start } = started;
  const { ports, settings, budget } = context;
  const record = (accounts: readonly PlannedAccount[], seen: Verification) => {
    const results = conclude(accounts, seen, started, context);
    const nowMs = ports.clock.now();
    const entries = accountEntriesOf(run, results, start.attempts, context.eventOf, nowMs);
    return context.record.add(entries, budget.verifyByMs);
  };

  const unsettled = unsettledAccounts(plan, start);
  // A start whose answer was lost may have worked, which one look shows.
  const isWorthWaiting = start.error === undefined || classify(start.error) === 'in-progress';
  const deadlineMs = isWorthWaiting ? verifyDeadlineMs(request, context) : ports.clock.now();
  if (unsettled.length > 0 && deadlineMs > ports.clock.now()) {
    const settled = plan.accounts.filter(isSettled);
    await record(settled, asObserved(observed));
  }
  return verify(
    unsettled.map(({ accountId }) => accountId),
    observed.groupSight,
    {
      ports,
      poll: settings.poll,
      deadlineMs,
      lookByMs: budget.verifyByMs,
      leastLooks: start.attempts > 0 ? 1 : 0,
      isLongEnabled: wasEnabled(observed),
      onProgress: (accountIds, seen) => {
        const covered = new Set(accountIds);
        return record(
          unsettled.filter(({ accountId }) => covered.has(accountId)),
          seen,
        );
      },
    },
  );
}

function conclude(
  accounts: readonly PlannedAccount[],
  verification: Verification,
  { observed, start }: Started,
  { ports, settings, invocation }: RunContext,
): AccountResult[] {
  return concludeAccounts(accounts, {
    start,
    verification,
    wasEnabled: wasEnabled(observed),
    startedAtMs: invocation.startedAtMs,
    endedAtMs: ports.clock.now(),
    overdueAfterMs: settings.overdueAfterMs,
  });
}

/** Accounts that may be covered by now or soon: none when the start was refused. */
function unsettledAccounts({ accounts }: Plan, { error }: StartOutcome): PlannedAccount[] {
  if (error !== undefined && classify(error) === 'permanent') return [];
  return accounts.filter((account) => !isSettled(account));
}

function isSettled({ step }: PlannedAccount): boolean {
  return step === 'none' || step === 'skip';
}

function wasEnabled({ organization }: Observation): boolean {
  return isEnabled(organization.organizationStatus);
}

function asObserved({ groupSight }: Observation): Verification {
  return { groupSight, coveredAtMs: new Map(), looks: 0 };
}
