import { accountFilter } from '../account-filter.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { LOOK_ENVIRONMENT } from '../environment.ts';
import { UsageError, unlessInterrupted } from '../errors.ts';
import { headlineOf } from '../status/headline.ts';
import { exitCodeOfStatus, lookAtMembers, type Seen } from '../status/look-at-members.ts';
import { type MemberStatus, OPEN_STATES } from '../status/member-status.ts';
import { statusColumns, uncoveredColumns } from '../status/status-columns.ts';
import { statusCsv, statusJson } from '../status/status-export.ts';
import { renderTable } from '../table.ts';

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
    else if (options.csv) output.raw(statusCsv(shown, seen, texts));
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
  const { text, styled } = headlineOf(seen, style, texts);
  output.paragraph(text, styled);
  if (shown.length === 0) return;
  const columns = uncovered ? uncoveredColumns : statusColumns;
  output.line();
  output.line(renderTable(columns(seen, style, texts), shown, { output, texts }));
  if (!uncovered && seen.members.some(({ state }) => state !== 'covered')) {
    output.note(`\n${texts.status.uncoveredHint}`);
  }
}
