import stringWidth from 'fast-string-width';
import type { CommandContext } from '../command.ts';
import { describeAge, describeDuration } from '../duration.ts';
import { foldAlike, formatMoment } from '../fold.ts';
import { type JsonResult, styleOfOutcome } from '../output.ts';
import { recommendationOf } from '../recommendation.ts';
import type { StoredResult } from '../stored-entries.ts';
import { onOneLine, wrapText } from '../terminal-text.ts';
import type { AccountSeen } from './look-at-account.ts';

type View = Pick<CommandContext, 'output' | 'texts'>;

/** What it is now, and its results as a timeline: the oldest first, so that the last one is last. */
export function showAccount(seen: AccountSeen, nowMs: number, view: View): void {
  const { output, texts } = view;
  const { style } = output;
  const name = seen.member?.name ?? seen.results.at(-1)?.accountName;
  output.line(
    [style.bold(seen.accountId), ...(name === undefined ? [] : [onOneLine(name)])].join('  '),
  );
  output.line(renderFacts(seen, nowMs, view));
  output.line();
  if (seen.results.length === 0) {
    output.paragraph(texts.account.noResults);
    return;
  }
  output.line(style.bold(texts.account.timeline));
  for (const alike of foldAlike(seen.results, saidBy)) {
    for (const line of linesOf(alike, view)) output.line(line);
  }
}

function renderFacts(
  { member, folderPath, recommendation }: AccountSeen,
  nowMs: number,
  view: View,
): string {
  const { output, texts } = view;
  const { facts, gone } = texts.account;
  if (member === undefined) return wrapText(gone, output.width).join('\n');
  const { joinedAt, state, recorderStatus } = member;
  const rows = [
    [facts.folder, folderPath.map(onOneLine).join(' / ')],
    [
      facts.joined,
      joinedAt === undefined
        ? ''
        : `${formatMoment(joinedAt)}, ${describeAge(nowMs - Date.parse(joinedAt), texts)}`,
    ],
    [facts.state, styleOfOutcome(state, output.style)(state)],
    [facts.recorder, recorderStatus ?? texts.status.notInGroup],
    [facts.whatToDo, recommendation ?? ''],
  ].filter(([, value]) => value !== '');
  const titleWidth = Math.max(...rows.map(([title = '']) => stringWidth(title)));
  const indent = ' '.repeat(titleWidth + 2);
  return rows
    .flatMap(([title = '', value = '']) => {
      const lines = wrapText(value, output.width - indent.length);
      const [firstLine = '', ...rest] = lines;
      const padding = ' '.repeat(indent.length - stringWidth(title));
      return [
        `${output.style.dim(title)}${padding}${firstLine}`,
        ...rest.map((line) => `${indent}${line}`),
      ];
    })
    .join('\n');
}

/** Results in a row that agree in this are one line, as in the report. */
function saidBy({ outcome, recorderStatus, errorCode }: StoredResult): string {
  return [outcome, recorderStatus, errorCode].join();
}

const INDENT = '    ';

/** When, what, and below it all that belongs to it; of several, the ids are those of the last. */
function linesOf(alike: readonly [StoredResult, ...StoredResult[]], { output, texts }: View) {
  const { style, width } = output;
  const { account } = texts;
  const [first] = alike;
  const last = alike.at(-1) ?? first;
  const { outcome, recorderStatus, errorCode, errorMessage } = last;
  const recommendation = recommendationOf(last, texts);
  const head = [
    formatMoment(first.time),
    styleOfOutcome(outcome, style)(outcome),
    ...(recorderStatus === undefined ? [] : [recorderStatus]),
  ].join('  ');
  const how = [
    [...new Set(alike.map((one) => triggerOf(one, account.by)))].join(', '),
    ...(last.startAttempts > 0 ? [account.starts(last.startAttempts)] : []),
    ...(last.durationMs > 0 ? [describeDuration(last.durationMs, texts)] : []),
    ...(alike.length > 1 ? [account.times(alike.length, formatMoment(last.time))] : []),
  ].join(' · ');
  const { ids } = account;
  const below = [
    how,
    ...(errorCode === undefined ? [] : [onOneLine(`${errorCode}: ${errorMessage ?? ''}`)]),
    ...(recommendation === undefined ? [] : [onOneLine(recommendation)]),
    ...[
      [ids.run, last.runId],
      [ids.request, last.functionRequestId],
      [ids.cloud, last.cloudRequestId],
      [ids.event, first.eventId],
    ].flatMap(([what, id]) => (id === undefined ? [] : [style.dim(`${what} ${onOneLine(id)}`)])),
  ];
  return [
    head,
    ...below.flatMap((text) =>
      wrapText(text, width - INDENT.length).map((line) => `${INDENT}${line}`),
    ),
  ];
}

function triggerOf({ trigger, eventName = '' }: StoredResult, by: View['texts']['account']['by']) {
  return trigger === 'event' ? by.event(onOneLine(eventName)) : by[trigger];
}

/** For a script: `cli/schemas/account.schema.json`. */
export function accountJson(seen: AccountSeen): JsonResult {
  const { accountId, member, folderPath, recommendation, results } = seen;
  return {
    schemaVersion: 1,
    accountId,
    isMember: member !== undefined,
    name: member?.name ?? results.at(-1)?.accountName,
    joinedAt: member?.joinedAt,
    folderIds: member?.folderIds,
    folderPath: member && folderPath,
    state: member?.state,
    recorderStatus: member?.recorderStatus,
    recommendation,
    results,
  };
}
