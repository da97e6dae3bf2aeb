import type { CommandContext } from '../command.ts';
import { styleOfOutcome } from '../output.ts';
import { renderTable } from '../table.ts';
import { onOneLine, wrapText } from '../terminal-text.ts';
import { headlineOf } from './headline.ts';
import type { Seen } from './look-at-members.ts';
import type { MemberStatus } from './member-status.ts';
import { memberColumns, statusColumns, whatToDo } from './status-columns.ts';

type View = Pick<CommandContext, 'output' | 'texts'>;

export interface Shown {
  readonly members: readonly MemberStatus[];
  /** By cause, each with what to do. */
  readonly byCause: boolean;
  /** How many a limit has left out. */
  readonly left: number;
}

/** The members, and under them the summary. */
export function showStatus(seen: Seen, { members, byCause, left }: Shown, view: View): void {
  const { output, texts } = view;
  if (members.length > 0) {
    if (byCause) showByCause(seen, members, view);
    else output.line(renderTable(statusColumns(seen, output.style, texts), members, view));
    if (left > 0) output.line(texts.status.more(left));
    output.line();
  }
  const { text, styled } = headlineOf(seen, output.style, texts);
  output.paragraph(text, styled);
  if (!byCause && seen.members.some(({ state }) => state !== 'covered')) {
    output.note(`\n${texts.status.uncoveredHint}`);
  }
}

interface Cause {
  readonly state: MemberStatus['state'];
  readonly error?: string;
  readonly advice: string;
}

/** What has one cause has one remedy: it is said once, with how many accounts it is for. */
function showByCause(seen: Seen, members: readonly MemberStatus[], view: View): void {
  const { output, texts } = view;
  const groups = new Map<string, { cause: Cause; members: MemberStatus[] }>();
  for (const member of members) {
    const cause = causeOf(member, seen, view);
    const key = JSON.stringify(cause);
    const group = groups.get(key) ?? { cause, members: [] };
    group.members.push(member);
    groups.set(key, group);
  }
  const all = [...groups.values()];
  for (const [at, { cause, members: alike }] of all.entries()) {
    const { state, error, advice } = cause;
    const title = texts.run.counts<string>({ [state]: alike.length }, [state]);
    output.line(styleOfOutcome(state, output.style)(title));
    for (const text of error === undefined ? [advice] : [error, advice]) {
      for (const line of wrapText(text, output.width - 2)) output.line(`  ${line}`);
    }
    output.line(renderTable(memberColumns(seen, output.style, texts), alike, view));
    if (at + 1 < all.length) output.line();
  }
}

/** A covered account has none, and nothing to do. */
function causeOf(member: MemberStatus, seen: Seen, { texts }: View): Cause {
  const { state, last } = member;
  if (state === 'covered') return { state, advice: '' };
  const { errorCode, errorMessage } = last ?? {};
  return {
    state,
    error:
      errorCode === undefined || state === 'unknown'
        ? undefined
        : onOneLine(`${errorCode}: ${errorMessage ?? ''}`),
    advice: whatToDo(member, seen, texts),
  };
}
