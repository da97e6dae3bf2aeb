/**
 * What the workflow needs of the world: the smallest interfaces, in the workflow's own words.
 * `alicloud/connect.ts` implements them over the real services; tests over memory.
 *
 * Every call takes `timeoutMs` and rejects with a `CloudError` (`errors.ts`), never with anything
 * else. No port retries: that is `retry.ts`'s work.
 */

import type { Failure, GroupReading, History, OrganizationReading } from './model.ts';

/** Bounds one call, all of it: connecting, sending and reading the answer. */
export interface CallOptions {
  readonly timeoutMs: number;
}

export interface Recorder {
  /** Safe to repeat. Never rejects for `AccountNotExisted`: that is the reading `NOT_ACTIVATED`. */
  describe(options: CallOptions): Promise<OrganizationReading>;
  /**
   * Starts the recorder in enterprise mode for the whole organization. Returns before the work is
   * done. Repeating it is not documented as harmless, but is what public code bases do.
   */
  startEnterpriseMode(options: CallOptions): Promise<OrganizationReading>;
}

export interface AccountGroup {
  /**
   * Safe to repeat. `undefined` when no group can be seen: none exists yet, or another account
   * owns it.
   */
  read(options: CallOptions): Promise<GroupReading | undefined>;
}

/** An account as the resource directory lists it. */
export interface DirectoryAccount {
  readonly accountId: string;
  readonly name?: string;
  /** As the directory has it, for example `CreateSuccess`. */
  readonly status: string;
  /** Milliseconds since 1970; absent where the directory gives none. */
  readonly joinedAtMs?: number;
  /** From the root folder down to the account's own folder. */
  readonly folderIds: readonly string[];
}

export interface DirectoryPage {
  readonly accounts: readonly DirectoryAccount[];
  readonly totalCount: number;
}

export interface Directory {
  /** Accounts on a page, at most. */
  readonly pageSize: number;
  /** Safe to repeat. */
  managementAccountId(options: CallOptions): Promise<string>;
  /** Pages are numbered from 1. Safe to repeat. */
  listAccounts(pageNumber: number, options: CallOptions): Promise<DirectoryPage>;
}

/** One entry of the log store: names in snake_case, values as text. */
export type LogEntry = Readonly<Record<string, string>>;

export interface ResultLog {
  /** The entries in order, cut into batches that one `append` can take. Pure. */
  batches(entries: readonly LogEntry[]): LogEntry[][];
  /**
   * Resolves only when the log store has confirmed the batch. A repeat may store it twice, so
   * every entry carries an `entry_id`.
   */
  append(batch: readonly LogEntry[], options: CallOptions): Promise<void>;
}

export interface ResultHistory {
  /** What the entries since then say, in milliseconds since 1970. Safe to repeat. */
  read(sinceMs: number, options: CallOptions): Promise<History>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(durationMs: number): Promise<void>;
}

export interface Ports {
  readonly recorder: Recorder;
  readonly accountGroup: AccountGroup;
  /** Costs a large SDK to load, so it is connected when first asked for. */
  readonly directory: () => Promise<Directory>;
  readonly resultLog: ResultLog;
  readonly resultHistory: ResultHistory;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly newRunId: () => string;
  /** Calls made so far to Config and Resource Manager, tries included. */
  readonly apiCalls: () => number;
  /** Where a result goes when the log store refuses to the end: one line of standard output. */
  readonly printLine: (line: string) => void;
  /** Told of every call that is made again, before the wait. Default: nobody is. */
  readonly onRetry?: (retry: Retry) => void;
}

/** A call that failed and is tried again. */
export interface Retry {
  readonly error: Failure;
  /** Of the next try: 2 after the first failure. */
  readonly attempt: number;
  readonly waitMs: number;
  /** Milliseconds since 1970: when it gives up, at the latest. */
  readonly deadlineMs: number;
}

/** Waits that grow from at most `baseMs` to at most `capMs`. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

export interface OnboardingSettings {
  /** How long a run waits for coverage, at most; 0 looks once. */
  readonly verifyForMs: number;
  /** A member that was found open longer ago than this, and is open still, is overdue. */
  readonly overdueAfterMs: number;
  readonly retry: Backoff;
  readonly poll: Backoff;
}
