import { isBuilding, isCovered, isEnabled } from './coverage.ts';
import type { Observation, ObservedAccount } from './observe.ts';
import type { OrganizationStatus } from './ports.ts';

/**
 * - `none`: covered already.
 * - `await`: being built; nothing but time is missing.
 * - `start`: missing from the account group, or not registered in it.
 * - `verify`: the account group can't be read, so nothing is known.
 * - `skip`: not a member.
 */
export type AccountStep = 'none' | 'await' | 'start' | 'verify' | 'skip';

export interface PlannedAccount extends ObservedAccount {
  readonly step: AccountStep;
}

/** What a run is going to do: data, so that a dry run prints exactly what a run executes. */
export interface Plan {
  /** Whether to call `StartConfigurationRecorder`, once for all accounts. */
  readonly startRecorder: boolean;
  /** Why, or why not. */
  readonly reason: string;
  readonly accounts: readonly PlannedAccount[];
}

/** Pure. */
export function planRun(observation: Observation): Plan {
  const accounts = observation.accounts.map((account) => ({
    ...account,
    step: stepFor(account, observation),
  }));
  return { ...decideStart(accounts, observation.organization.organizationStatus), accounts };
}

function stepFor(account: ObservedAccount, observation: Observation): AccountStep {
  if (account.skipReason !== undefined) return 'skip';
  if (isCovered(account.recorderStatus)) return 'none';
  if (isBuilding(account.recorderStatus)) return 'await';
  if (isBuilding(observation.organization.organizationStatus)) return 'await';
  return observation.groupSight.kind === 'unreadable' ? 'verify' : 'start';
}

function decideStart(
  accounts: readonly PlannedAccount[],
  organizationStatus: OrganizationStatus,
): Pick<Plan, 'startRecorder' | 'reason'> {
  const inScope = accounts.filter(({ step }) => step !== 'skip');
  const count = (step: AccountStep) => inScope.filter((account) => account.step === step).length;
  const missing = count('start');
  const unknown = count('verify');

  if (inScope.length > 0) {
    if (count('none') === inScope.length) return noStart('Every account in scope is covered.');
    if (missing + unknown === 0) return noStart('What is not covered yet is being built.');
  } else if (accounts.length > 0) {
    return noStart('No account in scope is a member.');
  }
  if (!isEnabled(organizationStatus) && !isBuilding(organizationStatus)) {
    return start(`Enterprise mode is off: the organization is ${organizationStatus}.`);
  }
  if (missing > 0) {
    return start(
      `${missing} of ${inScope.length} accounts are not registered in the account group.`,
    );
  }
  return noStart(
    unknown > 0
      ? "Enterprise mode is on, and the account group can't be read."
      : 'Enterprise mode is on, and the resource directory has no members.',
  );
}

function start(reason: string): Pick<Plan, 'startRecorder' | 'reason'> {
  return { startRecorder: true, reason };
}

function noStart(reason: string): Pick<Plan, 'startRecorder' | 'reason'> {
  return { startRecorder: false, reason };
}
