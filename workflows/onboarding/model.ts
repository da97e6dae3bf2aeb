/**
 * What an onboarding run is about: request → snapshot → plan → coverage → results. Plain data, and
 * the orders in it. Imports nothing. An optional property that is `undefined` is as good as absent.
 */

// The request.

export type Trigger = 'event' | 'schedule' | 'manual';

/** The account event that a request comes from. */
export interface EventReference {
  /** CloudEvents `id`, or ActionTrail `eventId` where there is no envelope. */
  readonly id?: string;
  /** The operation, for example `CreateResourceAccount`. */
  readonly name: string;
}

export interface NamedAccount {
  readonly accountId: string;
  readonly name?: string;
  readonly event?: EventReference;
}

/** Accounts that events named, whether the resource directory lists them yet or not. */
export interface AccountScope {
  readonly kind: 'accounts';
  readonly accounts: readonly NamedAccount[];
}

/** Accounts that the resource directory lists. */
export interface DirectoryScope {
  readonly kind: 'directory';
  /** Only these; absent: all. */
  readonly accountIds?: readonly string[];
  /** Only those in this folder or below it. */
  readonly folderId?: string;
  readonly excludedAccountIds: readonly string[];
  /** Accounts that events named: in scope even if the directory does not list them yet. */
  readonly joined?: readonly NamedAccount[];
  /** The event that asked for the whole directory, since it named no account. */
  readonly event?: EventReference;
}

/** What a run is asked to do, whoever asked. */
export interface OnboardingRequest {
  readonly trigger: Trigger;
  readonly scope: AccountScope | DirectoryScope;
  /** The events behind it, oldest first; empty for a schedule or a person. */
  readonly events: readonly EventReference[];
  /** Observe and plan only. */
  readonly dryRun: boolean;
  /** How long to wait for coverage, at most; 0 looks once. Absent: the setting. */
  readonly verifyForMs?: number;
}

// What the cloud says.

/**
 * A recorder's state as Cloud Config reports it. States that are not listed here are passed on as
 * they are and count as not covered.
 */
export type RecorderStatus =
  | 'REGISTRABLE'
  | 'BUILDING'
  | 'REGISTERED'
  | 'REBUILDING'
  | (string & {});

/** `NOT_ACTIVATED` is ours: the read answered `AccountNotExisted`, Config was never activated. */
export type OrganizationStatus =
  | 'NOT_ACTIVATED'
  | 'REGISTRABLE'
  | 'BUILDING'
  | 'REGISTERED'
  | (string & {});

/** Whether enterprise mode is on for the members, and the management account's own recorder. */
export interface OrganizationReading {
  readonly organizationStatus: OrganizationStatus;
  /** Of the management account; absent where the service does not return it. */
  readonly recorderStatus?: RecorderStatus;
  readonly requestId?: string;
}

export interface GroupMember {
  readonly name?: string;
  readonly recorderStatus?: RecorderStatus;
}

/** The account group as one read saw it. */
export interface GroupReading {
  readonly groupId: string;
  /** By account id. */
  readonly members: ReadonlyMap<string, GroupMember>;
  readonly requestId?: string;
}

/** What earlier runs left in the log store. */
export interface History {
  /**
   * Accounts whose last result is open, and when the first of their open results in a row was
   * recorded: milliseconds since 1970, by account id.
   */
  readonly openSinceMs: ReadonlyMap<string, number>;
  /** The organization's status that runs saw last, and since when they have seen no other. */
  readonly organization?: { readonly status: OrganizationStatus; readonly sinceMs: number };
  /** When runs started the recorder without failing: milliseconds since 1970, newest first. */
  readonly startsMs: readonly number[];
}

/**
 * A call that failed, as a run keeps it. `CloudError` (`errors.ts`) is one that can be thrown.
 */
export interface Failure {
  /** The operation that failed, for example `StartConfigurationRecorder`. */
  readonly operation: string;
  /** The service's own code, or one of those that `errors.ts` gives. */
  readonly code: string;
  readonly message: string;
  readonly statusCode?: number;
  readonly requestId?: string;
  /** How long the server asks to wait before the next call. */
  readonly retryAfterMs?: number;
}

/** What was read, or why it could not be: a finding that a run goes on with. */
export type Reading<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: Failure };

// The snapshot and the plan.

/** An account in scope. */
export interface Account {
  readonly accountId: string;
  readonly name?: string;
  /** Milliseconds since 1970. */
  readonly joinedAtMs?: number;
  /** From the root folder down to its own; absent where the directory was not asked. */
  readonly folderIds?: readonly string[];
  /** Why there is nothing to onboard, for example a status that is no member's. */
  readonly skipReason?: string;
}

/** The cloud as a run finds it. */
export interface Snapshot {
  /** Milliseconds since 1970. */
  readonly takenAtMs: number;
  readonly organization: Reading<OrganizationReading>;
  /** `undefined`: no group can be seen. */
  readonly group: Reading<GroupReading | undefined>;
  readonly accounts: readonly Account[];
  readonly history: Reading<History>;
}

/**
 * - `none`: covered already.
 * - `await`: being built; nothing but time is missing.
 * - `start`: missing from the account group, or not registered in it.
 * - `verify`: the organization or its account group can't be read, so what is missing is unknown.
 * - `skip`: not a member.
 */
export type AccountStep = 'none' | 'await' | 'start' | 'verify' | 'skip';

export interface PlannedAccount extends Account {
  readonly step: AccountStep;
}

/** What a run is going to do: data, so that a dry run prints exactly what a run executes. */
export interface Plan {
  /** Whether to call `StartConfigurationRecorder`, once for all accounts. */
  readonly startRecorder: boolean;
  /** Why, or why not. */
  readonly reason: string;
  /** A start would help but is not due yet: when the schedule makes it, in ms since 1970. */
  readonly nextStartAtMs?: number;
  readonly accounts: readonly PlannedAccount[];
}

// What a run comes to.

export type Outcome = 'covered' | 'already-covered' | 'pending' | 'overdue' | 'failed' | 'skipped';

/** What a later run has to come back to, the worst first. */
export const OPEN_OUTCOMES = ['failed', 'overdue', 'pending'] as const satisfies Outcome[];

export type OpenOutcome = (typeof OPEN_OUTCOMES)[number];

/** All of them, in the order in which a person wants to read them. */
export const OUTCOMES = [...OPEN_OUTCOMES, 'skipped', 'covered', 'already-covered'] as const;

export function isOpen(outcome: Outcome): outcome is OpenOutcome {
  return OPEN_OUTCOMES.some((open) => open === outcome);
}

export interface OutcomeCounts {
  readonly covered: number;
  readonly alreadyCovered: number;
  readonly pending: number;
  readonly overdue: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countOutcomes(results: readonly { readonly outcome: Outcome }[]): OutcomeCounts {
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

/** What a look at the account group said of one account. */
export interface Evidence {
  /** `organization`: no account group could be seen, so the account itself is not verified. */
  readonly verifiedBy: 'account-group' | 'organization';
  readonly recorderStatus?: RecorderStatus;
  /** Of the answer. */
  readonly requestId?: string;
  /** When it was seen, in milliseconds since 1970. */
  readonly atMs: number;
}

/** One account's outcome with its evidence: that of the look that settled it. */
export interface AccountResult {
  readonly accountId: string;
  readonly name?: string;
  readonly outcome: Outcome;
  /** Absent where nothing was looked at. */
  readonly evidence?: Evidence;
  /** To this result, from the run's start; of one that earlier runs found open, from then on. */
  readonly durationMs: number;
  /** Why it is not covered; of a covered account, what the start was tried again for. */
  readonly error?: Failure;
  /** What a person does next, in one sentence; absent when there is nothing to do. */
  readonly recommendation?: string;
}

/** `succeeded`, `pending` and `failed` say the worst of a run's accounts; the rest started none. */
export type RunOutcome = 'succeeded' | 'pending' | 'failed' | 'ignored' | 'rejected';

export function runOutcome(counts: OutcomeCounts): RunOutcome {
  if (counts.failed > 0) return 'failed';
  return counts.pending + counts.overdue > 0 ? 'pending' : 'succeeded';
}
