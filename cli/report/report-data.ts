import type { Outcome, Trigger } from '../../workflows/onboarding/model.ts';
import type { State } from '../status/member-status.ts';

/**
 * What `onboard report` shows: one look at the cloud, and what the log store holds of the time
 * before. All times are as `Date.toISOString` writes them: ISO 8601, UTC, milliseconds.
 */
export interface ReportData {
  /** When the account group was read. */
  readonly asOf: string;
  readonly managementAccountId: string;
  /** Of the resource directory; absent where it was not asked for. */
  readonly directoryId?: string;
  readonly region: string;
  readonly logProject: string;
  readonly logStore: string;
  /** Whether enterprise mode is on: `REGISTERED` when it is. */
  readonly organizationStatus: string;
  /** The read that says who is covered; absent when the group could not be read, or none is seen. */
  readonly evidence?: Evidence;
  /** Results from here on were read; what is older is not in the report. */
  readonly resultsFrom: string;
  /** Of the days and of the times shown, in minutes east of UTC. The dashboard's is 480. */
  readonly utcOffsetMinutes: number;
  /** What a reader has to know beside the members, for example that enterprise mode is off. */
  readonly remarks: readonly string[];
  /** The command and its version, for example `onboard 0.1.0`. */
  readonly writtenBy: string;
  /** Every member of the directory, in any order. */
  readonly members: readonly Member[];
  /** Oldest first. A day on which nothing was recorded is left out. */
  readonly days: readonly Day[];
  /** Accounts that became covered, in any order. */
  readonly coverings: readonly Covering[];
  /** Most retries first. */
  readonly errors: readonly ErrorFigures[];
}

export interface Evidence {
  /** For example `GetAggregator`. */
  readonly operation: string;
  readonly accountGroupId: string;
  readonly requestId: string;
}

export interface Member {
  /** Digits, most often 16: text, since they are more than a number holds. */
  readonly accountId: string;
  readonly name?: string;
  /** From the root folder down to the member's own: names, or ids where names are not known. */
  readonly folderPath: readonly string[];
  readonly joinedAt?: string;
  /** In the account group now; absent when the member is not in it, or no group was seen. */
  readonly recorderStatus?: string;
  readonly state: State;
  /** Since when it is in this state, as far as results tell (`sinceOf`). */
  readonly stateSince?: string;
  /** What a person does next; absent when there is nothing to do. */
  readonly recommendation?: string;
  /** Newest first: the first one is the last result. Empty when there is none. */
  readonly timeline: readonly TimelineEntry[];
  /** Results older than the timeline that were cut for size. Default 0. */
  readonly resultsLeftOut?: number;
}

/** One result, or several in a row that say the same. */
export interface TimelineEntry {
  readonly outcome: Outcome;
  /** Of the first and of the last of them: equal when it is one. */
  readonly from: string;
  readonly to: string;
  readonly results: number;
  readonly recorderStatus?: string;
  /** What started the runs, without repetition. */
  readonly triggers: readonly Trigger[];
  /** The most that one of the runs started the recorder, retries included. */
  readonly startAttempts: number;
  readonly errorCode?: string;
  /** This and what follows: of the last result. */
  readonly errorMessage?: string;
  readonly recommendation?: string;
  readonly runId: string;
  /** Of the answer that is the evidence. */
  readonly cloudRequestId?: string;
}

export interface Day {
  /** `2026-05-03`, in the report's time zone. */
  readonly day: string;
  /** Of the day's last scheduled run that saw the members; absent when there was none. */
  readonly atEnd?: { readonly members: number; readonly covered: number };
  /** Accounts by the last outcome that was recorded for them on the day. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
}

/** That an account became covered, and how long it took. */
export interface Covering {
  readonly accountId: string;
  readonly at: string;
  /** As recorded: from the run's start; of an account that earlier runs found open, from then on. */
  readonly durationMs: number;
}

/** What was tried again, or failed, for one reason. */
export interface ErrorFigures {
  readonly code: string;
  /** Different accounts whose results name it. */
  readonly accounts: number;
  readonly runs: number;
  /** Starts of the recorder after the first one of each run. */
  readonly retries: number;
  /** Of the last result that names it. */
  readonly lastAt: string;
  readonly lastMessage?: string;
}
