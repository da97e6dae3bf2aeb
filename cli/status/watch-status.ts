import type { CommandContext } from '../command.ts';
import { describeFailure } from '../describe-failure.ts';
import { describeDuration } from '../duration.ts';
import { unlessInterrupted } from '../errors.ts';
import { formatMoment } from '../fold.ts';
import { styleOfOutcome } from '../output.ts';
import { onOneLine } from '../terminal-text.ts';
import { headlineOf } from './headline.ts';
import type { Seen } from './look-at-members.ts';
import type { MemberStatus } from './member-status.ts';

export interface WatchStatusOptions {
  readonly look: () => Promise<Seen>;
  /** Between the end of a look and the next one. */
  readonly intervalMs: number;
  /** Says a look: the first in full, of the others what has changed. */
  readonly show: (seen: Seen, before: Seen | undefined) => void;
}

/**
 * Looks again and again, until it is interrupted: then it rejects with `Interrupted`. A later look
 * that fails is said, and the next one is made; the first one that fails is thrown.
 */
export async function watchStatus(
  { look, intervalMs, show }: WatchStatusOptions,
  { output, operator, interrupted, texts }: CommandContext,
): Promise<never> {
  let before: Seen | undefined;
  for (;;) {
    try {
      const seen = await unlessInterrupted(look(), interrupted);
      show(seen, before);
      before = seen;
    } catch (error) {
      if (before === undefined || interrupted.aborted) throw error;
      for (const line of describeFailure(error, texts)) output.note(line);
    }
    output.progress(texts.status.watching(describeDuration(intervalMs, texts)));
    await unlessInterrupted(operator.clock.sleep(intervalMs), interrupted);
  }
}

/** What is not as it was, a line each; nothing where nothing has changed. */
export function showChanges(
  seen: Seen,
  before: Seen,
  { output, texts }: Pick<CommandContext, 'output' | 'texts'>,
): void {
  const { style } = output;
  const { changes } = texts.status;
  const known = new Map(before.members.map((member) => [member.accountId, member]));
  const now = new Set(seen.members.map(({ accountId }) => accountId));
  const say = ({ accountId, name }: MemberStatus, what: string) =>
    output.line(
      [formatMoment(new Date(seen.nowMs).toISOString()), accountId, onOneLine(name ?? ''), what]
        .filter((part) => part !== '')
        .join('  '),
    );
  const styled = (state: string) => styleOfOutcome(state, style)(state);
  let count = 0;
  for (const member of seen.members) {
    const old = known.get(member.accountId);
    if (old?.state === member.state) continue;
    count += 1;
    const state = styled(member.state);
    say(member, old === undefined ? changes.joined(state) : changes.from(styled(old.state), state));
  }
  for (const member of before.members) {
    if (now.has(member.accountId)) continue;
    count += 1;
    say(member, changes.left);
  }
  if (count === 0) return;
  const { text, styled: styleOfHeadline } = headlineOf(seen, style, texts);
  output.paragraph(text, styleOfHeadline);
}
