import { describeAge } from '../duration.ts';
import { styleOfOutcome } from '../outcome-style.ts';
import type { Style } from '../output.ts';
import type { Column } from '../table.ts';
import type { Standing } from './standing.ts';

export interface StatusView {
  readonly style: Style;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Whether an account group could be read: then what is not in it is known not to be. */
  readonly isGroupSeen: boolean;
  /** What to do about an account group that can't be read. */
  readonly groupAdvice?: string;
  /** Enterprise mode is on, or being turned on. */
  readonly isOn: boolean;
}

/** What advice depends on, beside the account itself. */
export type AdviceView = Pick<StatusView, 'groupAdvice' | 'isOn'>;

const identity: readonly Column<Standing>[] = [
  { title: 'account', value: ({ accountId }) => accountId },
  { title: 'name', value: ({ name }) => name ?? '', fit: 'truncate' },
];

/** Of every member. */
export function statusColumns(view: StatusView): Column<Standing>[] {
  const { style, nowMs } = view;
  return [
    ...identity,
    recorderColumn(view),
    {
      title: 'last result',
      value: ({ last }) =>
        last === undefined
          ? style.dim('none yet')
          : styleOfOutcome(last.outcome, style)(last.outcome),
    },
    {
      title: 'when',
      value: ({ last }) => (last === undefined ? '' : describeAge(nowMs - Date.parse(last.time))),
    },
  ];
}

/** Of those that are not covered: what to do counts. */
export function uncoveredColumns(view: StatusView): Column<Standing>[] {
  const { style } = view;
  return [
    ...identity,
    recorderColumn(view),
    { title: 'state', value: ({ state }) => styleOfOutcome(state, style)(state) },
    { title: 'what to do', value: (standing) => whatToDo(standing, view), fit: 'wrap' },
  ];
}

/** The last result's own advice; it is about the state that it found, which still lasts. */
export function whatToDo({ last, state }: Standing, { groupAdvice, isOn }: AdviceView): string {
  if (state === 'unknown' && groupAdvice !== undefined) return groupAdvice;
  if (last?.recommendation !== undefined) return last.recommendation;
  if (!isOn) return 'Run onboard backfill: it turns enterprise mode on.';
  return state === 'overdue'
    ? 'No result says why: run onboard backfill for it, and look at what it records.'
    : 'Nothing to do now: the next run looks at it.';
}

function recorderColumn({ style, isGroupSeen }: StatusView): Column<Standing> {
  return {
    title: 'recorder',
    value: ({ recorderStatus, state }) => {
      if (recorderStatus === undefined)
        return style.warning(isGroupSeen ? 'not in group' : 'unknown');
      return styleOfOutcome(state, style)(recorderStatus);
    },
  };
}
