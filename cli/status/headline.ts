import type { Style } from '../output.ts';
import type { Texts } from '../texts/en.ts';
import { countStates, type Seen } from './look-at-members.ts';
import { OPEN_STATES } from './member-status.ts';

export interface Headline {
  readonly text: string;
  readonly styled: (text: string) => string;
}

/** How many of the members are covered, in one sentence. */
export function headlineOf(
  { members, isFiltered, groupAdvice }: Seen,
  style: Style,
  { status, run }: Texts,
): Headline {
  const plain = (text: string) => text;
  const total = members.length;
  const covered = countStates(members).covered;
  if (total === 0) {
    return { text: isFiltered ? status.noneNamed : status.none, styled: plain };
  }
  if (groupAdvice !== undefined) {
    return { text: status.unknown(total), styled: style.bad };
  }
  if (covered === total) {
    return { text: status.all(total), styled: style.good };
  }
  const counts = countStates(members);
  const others = run.counts(
    counts,
    OPEN_STATES.filter((state) => counts[state] > 0),
  );
  const needsAttention = counts.failed + counts.overdue > 0;
  return {
    text: status.some(covered, total, others),
    styled: needsAttention ? style.bad : style.warning,
  };
}
