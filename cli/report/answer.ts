import type { State } from '../status/member-status.ts';
import { STATES } from './page/columns.js';
import type { ReportData } from './report-data.ts';

/** What the report says first. */
export interface Answer {
  readonly members: number;
  readonly covered: number;
  /** Whether anything can be stated at all: not where the account group could not be read. */
  readonly isKnown: boolean;
  /** What is not empty, worst first; covered last. */
  readonly states: readonly { readonly state: State; readonly members: number }[];
  /**
   * If all are covered: when the last of them became so. Else: since when the longest open one is.
   * `undefined` where results do not tell.
   */
  readonly since: string | undefined;
}

export function answerOf({ members }: Pick<ReportData, 'members'>): Answer {
  const states = STATES.map((state) => ({
    state,
    members: members.filter((member) => member.state === state).length,
  })).filter(({ members }) => members > 0);
  const open = members.filter(({ state }) => state !== 'covered');
  const times = (open.length === 0 ? members : open)
    .flatMap(({ stateSince }) => stateSince ?? [])
    .sort();
  return {
    members: members.length,
    covered: members.length - open.length,
    isKnown: members.every(({ state }) => state !== 'unknown'),
    states,
    since: open.length === 0 ? times.at(-1) : times[0],
  };
}
