import { classify } from './error-rules.ts';
import { reading } from './errors.ts';
import type {
  Evidence,
  Failure,
  GroupReading,
  OrganizationStatus,
  Plan,
  Reading,
  RecorderStatus,
  Snapshot,
} from './model.ts';
import type { Ports } from './ports.ts';

/** The account is recorded: the one status that says so. */
export function isCovered(status: RecorderStatus | undefined): boolean {
  return status === 'REGISTERED';
}

/** Nothing but time is missing. */
export function isBuilding(status: RecorderStatus | OrganizationStatus | undefined): boolean {
  return status === 'BUILDING' || status === 'REBUILDING';
}

/** Enterprise mode is on, and no longer being turned on. */
export function isEnabled(status: OrganizationStatus | undefined): boolean {
  return status === 'REGISTERED';
}

/** What the looks at the account group have shown so far. Each look makes a new one. */
export interface Coverage {
  /** The last look that showed something, and when it did, in milliseconds since 1970. */
  readonly group: Reading<GroupReading | undefined>;
  readonly atMs: number;
  /** By account id, of the first look that showed the account covered. It is not taken back. */
  readonly covered: ReadonlyMap<string, Evidence>;
  /** Looks after the snapshot's. */
  readonly looks: number;
  /** Looks in a row that failed for a passing reason, and the last one's; absent: the last showed something. */
  readonly failure?: { readonly looks: number; readonly error: Failure };
}

/** What the snapshot's own look shows. */
export function observedCoverage({ group, takenAtMs }: Snapshot, { accounts }: Plan): Coverage {
  const nothing = { group, atMs: takenAtMs, covered: new Map(), looks: 0 };
  return withCovered(nothing, memberIds(accounts));
}

/** Those that can be covered: what is skipped is no member. */
export function memberIds(accounts: Plan['accounts']): string[] {
  return accounts.filter(({ step }) => step !== 'skip').map(({ accountId }) => accountId);
}

/**
 * One more look. One that fails for a passing reason, or that has lost all members, showed nothing
 * new. Read-only, safe to repeat.
 */
export async function look(
  before: Coverage,
  accountIds: readonly string[],
  { accountGroup, clock }: Ports,
  timeoutMs: number,
): Promise<Coverage> {
  const group = await reading(accountGroup.read({ timeoutMs }));
  const { error } = group;
  const isPassing = error !== undefined && !isDenied(group);
  const after = {
    ...before,
    looks: before.looks + 1,
    failure: isPassing ? { looks: (before.failure?.looks ?? 0) + 1, error } : undefined,
  };
  const hasLostAll = isEmpty(group) && !isEmpty(before.group) && before.group.value !== undefined;
  if (isPassing || hasLostAll) return after;
  return withCovered({ ...after, group, atMs: clock.now() }, accountIds);
}

/** What an account's result rests on. */
export function evidenceOf(coverage: Coverage, accountId: string): Evidence {
  return coverage.covered.get(accountId) ?? lastEvidenceOf(coverage, accountId);
}

/** Looking again can't help. */
export function isDenied({ error }: Reading<unknown>): boolean {
  return error !== undefined && classify(error) === 'permanent';
}

/** A group without members, which no directory with a member has for long. */
export function isEmpty({ value }: Reading<GroupReading | undefined>): boolean {
  return value?.members.size === 0;
}

function withCovered(coverage: Coverage, accountIds: readonly string[]): Coverage {
  const covered = new Map(coverage.covered);
  for (const accountId of accountIds) {
    if (covered.has(accountId)) continue;
    const evidence = lastEvidenceOf(coverage, accountId);
    if (isCovered(evidence.recorderStatus)) covered.set(accountId, evidence);
  }
  return { ...coverage, covered };
}

function lastEvidenceOf({ group, atMs }: Coverage, accountId: string): Evidence {
  if (group.value === undefined) return { verifiedBy: 'organization', atMs };
  const { members, requestId } = group.value;
  const recorderStatus = members.get(accountId)?.recorderStatus;
  return { verifiedBy: 'account-group', recorderStatus, requestId, atMs };
}
