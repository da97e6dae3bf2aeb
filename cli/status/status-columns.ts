import { describeAge } from '../duration.ts';
import { type Style, styleOfOutcome } from '../output.ts';
import { recommendationOf } from '../recommendation.ts';
import type { Column } from '../table.ts';
import type { Texts } from '../texts/en.ts';
import type { MemberStatus } from './member-status.ts';

export interface StatusView {
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

function identity({ status: { columns } }: Texts): Column<MemberStatus>[] {
  return [
    { title: columns.account, value: ({ accountId }) => accountId },
    { title: columns.name, value: ({ name }) => name ?? '', fit: 'truncate' },
  ];
}

/** Of every member. */
export function statusColumns(
  view: StatusView,
  style: Style,
  texts: Texts,
): Column<MemberStatus>[] {
  const { columns, noneYet } = texts.status;
  return [
    ...identity(texts),
    recorderColumn(view, style, texts),
    {
      title: columns.lastResult,
      value: ({ last }) =>
        last === undefined ? style.dim(noneYet) : styleOfOutcome(last.outcome, style)(last.outcome),
    },
    {
      title: columns.when,
      value: ({ last }) =>
        last === undefined ? '' : describeAge(view.nowMs - Date.parse(last.time), texts),
    },
  ];
}

/** Of those that have one cause, which is said above them. */
export function memberColumns(
  view: StatusView,
  style: Style,
  texts: Texts,
): Column<MemberStatus>[] {
  return [...identity(texts), recorderColumn(view, style, texts)];
}

/** The last result's own advice; it is about the state that it found, which still lasts. */
export function whatToDo(
  { last, state }: MemberStatus,
  { groupAdvice, isOn }: AdviceView,
  texts: Texts,
): string {
  const { advice } = texts.status;
  if (state === 'unknown' && groupAdvice !== undefined) return groupAdvice;
  const stored = last === undefined ? undefined : recommendationOf(last, texts);
  if (stored !== undefined) return stored;
  if (!isOn) return advice.turnOn;
  return state === 'overdue' ? advice.overdue : advice.wait;
}

function recorderColumn(
  { isGroupSeen }: StatusView,
  style: Style,
  { status }: Texts,
): Column<MemberStatus> {
  return {
    title: status.columns.recorder,
    value: ({ recorderStatus, state }) => {
      if (recorderStatus === undefined) {
        return style.warning(isGroupSeen ? status.notInGroup : status.recorderUnknown);
      }
      return styleOfOutcome(state, style)(recorderStatus);
    },
  };
}
