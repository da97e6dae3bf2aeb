import { accountFilter } from '../account-filter.ts';
import { defineCommand, UsageError } from '../command.ts';
import { unlessInterrupted } from '../interruption.ts';
import type { Output, Style } from '../output.ts';
import { countOf, exitCodeOfStatus, lookAtMembers, type Seen } from '../status/look-at-members.ts';
import { OPEN_STATES, type Standing } from '../status/standing.ts';
import { statusColumns, uncoveredColumns } from '../status/status-columns.ts';
import { statusCsv, statusJson } from '../status/status-export.ts';
import { renderTable } from '../table.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'Shows every member with its recorder now and its last result',
  description:
    'Lists the members of the resource directory, asks the account group of Cloud Config for the recorder of each, and the log store for its last result. Changes nothing. A member that the directory lists and the account group does not is marked: not in group.',
  options: {
    account: { type: 'string', multiple: true, value: 'ID', help: 'Only this account' },
    folder: { type: 'string', value: 'ID', help: 'Only this folder and those below it' },
    uncovered: { type: 'boolean', help: 'Only what is not covered, with what to do about it' },
    json: { type: 'boolean', help: 'All that is known, as JSON' },
    csv: { type: 'boolean', help: 'All that is known, as CSV (RFC 4180)' },
  },
  environment: [
    'LOG_PROJECT',
    'LOG_STORE',
    'ALIBABA_CLOUD_SITE',
    'ACCOUNT_GROUP_ID',
    'OVERDUE_AFTER_SECONDS',
    'RETRY_BASE_SECONDS',
    'RETRY_CAP_SECONDS',
  ],
  examples: [
    { command: 'onboard status', does: 'The whole directory, at a glance.' },
    {
      command: 'onboard status --uncovered',
      does: 'What is missing, and what to do about each account.',
    },
    { command: 'onboard status --csv > accounts.csv', does: 'For a spreadsheet.' },
    {
      command: 'onboard status > /dev/null && echo all covered',
      does: 'For a script: the exit code says it.',
    },
  ],

  async run(options, context) {
    if (options.json && options.csv) throw new UsageError('Give --json or --csv, not both.');
    const { output, interrupted } = context;
    output.progress('looking at every member');
    const seen = await unlessInterrupted(
      lookAtMembers(accountFilter(options), context),
      interrupted,
    );
    output.endProgress();

    const shown = options.uncovered
      ? OPEN_STATES.flatMap((open) => seen.standings.filter(({ state }) => state === open))
      : seen.standings;
    for (const remark of seen.remarks) output.note(remark);
    if (options.json) output.line(statusJson(seen.standings, shown, seen));
    else if (options.csv) output.raw(statusCsv(shown, seen));
    else show(seen, shown, options.uncovered, output);
    return exitCodeOfStatus(seen);
  },
});

function show(seen: Seen, shown: readonly Standing[], uncovered: boolean, output: Output): void {
  const { style } = output;
  const { standings } = seen;
  const { text, styled } = headline(seen, style);
  output.paragraph(text, styled);
  if (shown.length === 0) return;
  const columns = uncovered ? uncoveredColumns : statusColumns;
  output.line();
  output.line(renderTable(columns({ ...seen, style }), shown, style.dim, output.width));
  if (!uncovered && standings.some(({ state }) => state !== 'covered')) {
    output.note('\nonboard status --uncovered says what to do about those that are not covered.');
  }
}

interface Headline {
  readonly text: string;
  readonly styled: (text: string) => string;
}

function headline({ standings, isFiltered, groupAdvice }: Seen, style: Style): Headline {
  const plain = (text: string) => text;
  const total = standings.length;
  const covered = countOf(standings, 'covered');
  if (total === 0) {
    const text = isFiltered
      ? 'None of these accounts is a member.'
      : 'The resource directory has no members.';
    return { text, styled: plain };
  }
  if (groupAdvice !== undefined) {
    const members = total === 1 ? 'the one member is' : `any of the ${total} members are`;
    return {
      text: `It is not known whether ${members} covered: the account group can't be read.`,
      styled: style.bad,
    };
  }
  if (covered === total) {
    const text = total === 1 ? 'The one member is covered.' : `All ${total} members are covered.`;
    return { text, styled: style.good };
  }
  const others = OPEN_STATES.filter((state) => countOf(standings, state) > 0).map(
    (state) => `${countOf(standings, state)} ${state}`,
  );
  const needsAttention = countOf(standings, 'failed') + countOf(standings, 'overdue') > 0;
  return {
    text: `${covered} of ${total} members are covered: ${others.join(', ')}.`,
    styled: needsAttention ? style.bad : style.warning,
  };
}
