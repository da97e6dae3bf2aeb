import { isBuilding, isCovered, isEnabled } from './coverage.ts';
import type {
  Account,
  AccountStep,
  History,
  Plan,
  PlannedAccount,
  Snapshot,
  Trigger,
} from './model.ts';

const HOUR_MS = 3_600_000;

/**
 * How long after the last start another one is due, by how many were made while an account stayed
 * open. A start can't be shown to be harmless, and some accounts no start helps. This binds the
 * schedule; a person's run and an event's start at once.
 */
export const START_INTERVALS = [
  { fewerThan: 3, intervalMs: 0 },
  { fewerThan: 27, intervalMs: HOUR_MS },
  { fewerThan: Number.POSITIVE_INFINITY, intervalMs: 24 * HOUR_MS },
] as const;

/** Pure. */
export function planRun(snapshot: Snapshot, trigger: Trigger): Plan {
  const accounts = snapshot.accounts.map((account) => ({
    ...account,
    step: stepFor(account, snapshot),
  }));
  const wanted = decideStart(accounts, snapshot);
  const dueAtMs =
    wanted.startRecorder && trigger === 'schedule' ? startDueAtMs(accounts, snapshot) : 0;
  if (dueAtMs <= snapshot.takenAtMs) return { ...wanted, accounts };
  const reason = `${wanted.reason} The recorder has already been started for this; the next start is due at ${new Date(dueAtMs).toISOString()}.`;
  return { startRecorder: false, reason, nextStartAtMs: dueAtMs, accounts };
}

function stepFor(account: Account, { organization, group }: Snapshot): AccountStep {
  if (account.skipReason !== undefined) return 'skip';
  const recorderStatus = group.value?.members.get(account.accountId)?.recorderStatus;
  if (isCovered(recorderStatus)) return 'none';
  if (isBuilding(recorderStatus)) return 'await';
  if (isBuilding(organization.value?.organizationStatus)) return 'await';
  return organization.error !== undefined || group.error !== undefined ? 'verify' : 'start';
}

function decideStart(
  accounts: readonly PlannedAccount[],
  { organization }: Snapshot,
): Pick<Plan, 'startRecorder' | 'reason'> {
  const inScope = accounts.filter(({ step }) => step !== 'skip');
  const count = (step: AccountStep) => inScope.filter((account) => account.step === step).length;
  const missing = count('start');
  const unknown = count('verify');

  if (inScope.length > 0) {
    if (count('none') === inScope.length) return noStart('Every account in scope is covered.');
    if (missing + unknown === 0) return noStart('The recorders that are missing are being built.');
  } else if (accounts.length > 0) {
    return noStart('None of the accounts in scope is a member.');
  }
  if (organization.value === undefined) {
    return noStart("It can't be determined whether enterprise mode is on.");
  }
  const { organizationStatus } = organization.value;
  if (!isEnabled(organizationStatus) && !isBuilding(organizationStatus)) {
    return start(`Enterprise mode is off: the organization status is ${organizationStatus}.`);
  }
  if (missing > 0) {
    return start(
      `${missing} of ${inScope.length} ${inScope.length === 1 ? 'account' : 'accounts'} ${missing === 1 ? 'is' : 'are'} not registered in the account group.`,
    );
  }
  return noStart(
    unknown > 0
      ? "Enterprise mode is on, but the account group can't be read."
      : 'Enterprise mode is on, but the resource directory has no members.',
  );
}

/** The earliest that one of the accounts is due, in milliseconds since 1970. */
function startDueAtMs(
  accounts: readonly PlannedAccount[],
  { organization, history }: Snapshot,
): number {
  const { value: known } = history;
  if (known === undefined) return 0;
  const waiting = accounts.filter(({ step }) => step === 'start' || step === 'verify');
  if (waiting.length > 0) {
    return Math.min(
      ...waiting.map(({ accountId }) => nextStartMs(known, known.openSinceMs.get(accountId))),
    );
  }
  const isSame = known.organization?.status === organization.value?.organizationStatus;
  return nextStartMs(known, isSame ? known.organization?.sinceMs : undefined);
}

function nextStartMs({ startsMs }: History, openSinceMs: number | undefined): number {
  if (openSinceMs === undefined) return 0;
  const made = startsMs.filter((startMs) => startMs >= openSinceMs);
  const rule = START_INTERVALS.find(({ fewerThan }) => made.length < fewerThan);
  return made[0] === undefined || rule === undefined ? 0 : made[0] + rule.intervalMs;
}

function start(reason: string): Pick<Plan, 'startRecorder' | 'reason'> {
  return { startRecorder: true, reason };
}

function noStart(reason: string): Pick<Plan, 'startRecorder' | 'reason'> {
  return { startRecorder: false, reason };
}
