import { accountFilter } from '../account-filter.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { LOOK_ENVIRONMENT } from '../environment.ts';
import { UsageError, unlessInterrupted } from '../errors.ts';
import type { Style } from '../output.ts';
import {
  countStates,
  exitCodeOfStatus,
  lookAtMembers,
  type Seen,
} from '../status/look-at-members.ts';
import { type MemberStatus, OPEN_STATES } from '../status/member-status.ts';
import { statusColumns, uncoveredColumns } from '../status/status-columns.ts';
import { statusCsv, statusJson } from '../status/status-export.ts';
import { renderTable } from '../table.ts';
import type { Texts } from '../texts/en.ts';

export const status = defineCommand(
  {
    name: 'status',
    environment: LOOK_ENVIRONMENT,

    declare: (command, { commands: { status: texts } }) =>
      command
        .option('--account <id...>', texts.options.account)
        .option('--folder <id>', texts.options.folder)
        .option('--uncovered', texts.options.uncovered)
        .option('--csv', texts.options.csv),
  },
  async (options, context) => {
    if (options.json && options.csv) throw new UsageError(({ usage }) => usage.jsonOrCsv);
    const { output, interrupted, texts } = context;
    output.progress(texts.status.looking);
    const seen = await unlessInterrupted(
      lookAtMembers(accountFilter(options), context),
      interrupted,
    );
    output.endProgress();

    const shown = options.uncovered
      ? OPEN_STATES.flatMap((open) => seen.members.filter(({ state }) => state === open))
      : seen.members;
    for (const remark of seen.remarks) output.note(remark);
    if (options.json) output.json(statusJson(seen, shown, texts));
    else if (options.csv) output.raw(await statusCsv(shown, seen, texts));
    else show(seen, shown, options.uncovered ?? false, context);
    return exitCodeOfStatus(seen);
  },
);

function show(
  seen: Seen,
  shown: readonly MemberStatus[],
  uncovered: boolean,
  { output, texts }: CommandContext,
): void {
  const { style } = output;
  const { text, styled } = headline(seen, style, texts);
  output.paragraph(text, styled);
  if (shown.length === 0) return;
  const columns = uncovered ? uncoveredColumns : statusColumns;
  output.line();
  output.line(renderTable(columns(seen, style, texts), shown, { output, texts }));
  if (!uncovered && seen.members.some(({ state }) => state !== 'covered')) {
    output.note(`\n${texts.status.uncoveredHint}`);
  }
}

interface Headline {
  readonly text: string;
  readonly styled: (text: string) => string;
}

function headline(
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
