export type Trigger = 'event' | 'schedule' | 'manual';

/** The account event that a request comes from. */
export interface EventReference {
  /** CloudEvents `id`, or ActionTrail `eventId` where there is no envelope. */
  readonly id?: string;
  /** The operation, for example `CreateResourceAccount`. */
  readonly name: string;
}

export interface AccountScope {
  readonly kind: 'accounts';
  readonly accounts: readonly ScopedAccount[];
}

export interface ScopedAccount {
  readonly accountId: string;
  readonly name?: string;
  readonly event?: EventReference;
}

/** Members that the resource directory lists. */
export interface DirectoryScope {
  readonly kind: 'directory';
  /** Only these; absent: all. */
  readonly accountIds?: readonly string[];
  /** Only those in this folder or below it. */
  readonly folderId?: string;
  readonly excludedAccountIds: readonly string[];
  /** Accounts that events named: in scope even if the directory does not list them yet. */
  readonly joined?: readonly ScopedAccount[];
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

/** Input that starts no run, and why: it is recorded all the same. */
export interface UnusedInput {
  /** `ignored`: about something else. `rejected`: can't be read, or not ours. */
  readonly outcome: 'ignored' | 'rejected';
  readonly trigger: Trigger;
  readonly reason: string;
  readonly event?: EventReference;
}

export interface ParsedInput {
  readonly request?: OnboardingRequest;
  readonly unused: readonly UnusedInput[];
}
