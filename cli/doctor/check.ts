import type { Texts } from '../texts/en.ts';
import type { Deployment } from './deployment.ts';
import type { Inspection } from './inspection.ts';

/** What a check came to. */
export type Finding = Fine | Wrong | Unknown;

/** It is there, and as this version would deploy it. */
interface Fine {
  readonly state: 'ok';
  readonly detail: string;
}

interface Wrong {
  readonly state: 'wrong';
  readonly detail: string;
  /** What differs from what this version would deploy, each in a few words. */
  readonly differences: readonly string[];
  readonly remedy: string;
  /** What is there, if not as it should be, lets the checks that need it be made. */
  readonly isThere: boolean;
}

/** It can't be said. */
interface Unknown {
  readonly state: 'unknown';
  readonly detail: string;
  readonly remedy: string | undefined;
  /** The id of the check without which this one could not be made. */
  readonly because: string | undefined;
  /** The cloud did not let it be read: another look comes to the same until that is changed. */
  readonly isUnread: boolean;
}

export function ok(detail: string): Finding {
  return { state: 'ok', detail };
}

export function missing(detail: string, remedy: string): Finding {
  return { state: 'wrong', detail, differences: [], remedy, isThere: false };
}

/** It is there, and not as it should be. */
export function amiss(
  detail: string,
  remedy: string,
  differences: readonly string[] = [],
): Finding {
  return { state: 'wrong', detail, differences, remedy, isThere: true };
}

export function unknown(detail: string, remedy?: string, because?: string): Finding {
  return { state: 'unknown', detail, remedy, because, isUnread: false };
}

/** A read was refused, or not answered. */
export function unread(detail: string, remedy?: string): Finding {
  return { state: 'unknown', detail, remedy, because: undefined, isUnread: true };
}

/** What a check has to work with. */
export interface CheckContext {
  readonly inspection: Inspection;
  /** What this version would deploy: all is compared with that. */
  readonly deployment: Deployment;
  readonly texts: Texts;
  readonly region: string;
  /** `MANAGEMENT_ACCOUNT_ID`, where it is set. */
  readonly expectedAccountId: string | undefined;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** What the checks of these groups come to. A check that asks for its own group never ends. */
  findingsOf(groups: readonly CheckGroup[]): Promise<readonly Finding[]>;
}

/** In the order in which one would do it. */
export type CheckGroup = 'account' | 'services' | 'foundations' | 'functions' | 'events' | 'work';

/** One question about a deployment. It is data: what it is called, what it needs, how it is made. */
export interface Check {
  /** For scripts: it is never another question's. */
  readonly id: string;
  readonly group: CheckGroup;
  /** Ids of checks without which this one says nothing: it is made when what they ask for is there. */
  readonly needs: readonly string[];
  title(titles: Texts['doctor']['titles']): string;
  /** Rejects with a `CloudError` when something can't be read, which is a finding, too. */
  run(context: CheckContext): Promise<Finding>;
}
