import stringWidth from 'fast-string-width';
import type { CommandContext } from '../command.ts';
import type { JsonResult, Style } from '../output.ts';
import { onOneLine, wrapText } from '../terminal-text.ts';
import type { Texts } from '../texts/en.ts';
import type { Finding } from './check.ts';
import type { CheckResult } from './run-checks.ts';

const GAP = '  ';
/** A mark and a blank. */
const MARK_WIDTH = 2;
/** With less room beside the titles, what was found stands below them. */
const NARROWEST_TO_READ = 35;
/** Of what differs; the rest is for a script. */
const MOST_DIFFERENCES = 3;

/** One line a check, by groups, as far as the width allows it, and what to begin with. */
export function showResults(
  results: readonly CheckResult[],
  { output, texts }: Pick<CommandContext, 'output' | 'texts'>,
): void {
  const { doctor } = texts;
  const titleOf = ({ check }: CheckResult) => check.title(doctor.titles);
  const titleWidth = Math.max(...results.map((result) => stringWidth(titleOf(result))));
  const room = output.width - titleWidth - MARK_WIDTH - GAP.length;
  const isNarrow = room < NARROWEST_TO_READ;
  let group: string | undefined;
  const lines = isNarrow ? togetherBlocked(results) : results.map((result) => only(result));
  for (const alike of lines) {
    const [{ check, finding }] = alike;
    if (check.group !== group) {
      if (group !== undefined) output.line('');
      output.line(output.style.bold(doctor.groups[check.group]));
      group = check.group;
    }
    const mark = styleOf(finding, output.style)(doctor.marks[finding.state]);
    const text = findingText(finding, texts);
    const title = texts.doctor.list(alike.map(titleOf));
    if (isNarrow) {
      const [first = '', ...rest] = wrapText(title, output.width - MARK_WIDTH);
      output.line(`${mark} ${first}`);
      for (const line of rest) output.line(`${' '.repeat(MARK_WIDTH)}${line}`);
      for (const line of wrapText(text, output.width - 4)) output.line(`    ${line}`);
    } else {
      const [first = '', ...rest] = wrapText(text, room);
      const padding = ' '.repeat(titleWidth - stringWidth(title));
      output.line(`${mark} ${title}${padding}${GAP}${first}`);
      for (const line of rest) output.line(`${' '.repeat(titleWidth + 2)}${GAP}${line}`);
    }
  }
  output.line('');
  const { text, style } = headline(results, output.style, texts);
  output.paragraph(text, style);
  const begin = results.find(({ finding }) => finding.state === 'wrong');
  if (begin?.finding.state === 'wrong') {
    output.paragraph(doctor.summary.first(titleOf(begin), begin.finding.remedy));
  }
}

/** What is said at once: one, or several. */
type Alike = [CheckResult, ...CheckResult[]];

function only(result: CheckResult): Alike {
  return [result];
}

/** Neighbours of one group that were not made for the same reason: it would be said below each. */
function togetherBlocked(results: readonly CheckResult[]): Alike[] {
  const together: Alike[] = [];
  for (const result of results) {
    const last = together.at(-1);
    const reason = blockedBy(result);
    const isAlike =
      last !== undefined &&
      reason !== undefined &&
      reason === blockedBy(last[0]) &&
      result.check.group === last[0].check.group;
    if (isAlike) last.push(result);
    else together.push([result]);
  }
  return together;
}

function blockedBy({ finding }: CheckResult): string | undefined {
  return finding.state === 'unknown' ? finding.because : undefined;
}

/** What was found, and what to do, on one line. */
export function findingText(finding: Finding, texts: Texts): string {
  const what = whatWasFound(finding, texts);
  if (finding.state === 'ok' || finding.remedy === undefined) return what;
  // Messages of the cloud end with a period, or they don't.
  return texts.doctor.andDo(what.replace(/\.$/, ''), onOneLine(finding.remedy));
}

/** On one line. */
export function whatWasFound(finding: Finding, { doctor }: Texts): string {
  if (finding.state === 'ok') return onOneLine(finding.detail);
  const differences = finding.state === 'wrong' ? finding.differences : [];
  const shown = differences.slice(0, MOST_DIFFERENCES);
  const more = differences.length - shown.length;
  const what = shown.length === 0 ? finding.detail : doctor.differs(finding.detail, shown);
  return onOneLine(more > 0 ? doctor.list([what, doctor.more(more)]) : what);
}

function styleOf({ state }: Finding, style: Style): (text: string) => string {
  if (state === 'ok') return style.good;
  return state === 'wrong' ? style.bad : style.warning;
}

function headline(results: readonly CheckResult[], style: Style, { doctor }: Texts) {
  const { summary } = doctor;
  const count = (state: Finding['state']) =>
    results.filter(({ finding }) => finding.state === state).length;
  const total = results.length;
  const unknown = count('unknown');
  if (count('wrong') > 0) {
    return { text: summary.wrong(count('wrong'), unknown, total), style: style.bad };
  }
  return unknown > 0
    ? { text: summary.unknown(unknown, total), style: style.warning }
    : { text: summary.allFine(total), style: style.good };
}

/** For a script: `cli/schemas/doctor.schema.json`. */
export function doctorJson(
  results: readonly CheckResult[],
  region: string,
  { doctor }: Texts,
): JsonResult {
  const count = (state: Finding['state']) =>
    results.filter(({ finding }) => finding.state === state).length;
  return {
    schemaVersion: 1,
    region,
    ok: count('ok'),
    wrong: count('wrong'),
    unknown: count('unknown'),
    checks: results.map(({ check, finding }) => ({
      id: check.id,
      group: check.group,
      title: check.title(doctor.titles),
      state: finding.state,
      detail: finding.detail,
      ...(finding.state === 'wrong' && finding.differences.length > 0
        ? { differences: finding.differences }
        : {}),
      ...(finding.state === 'ok' ? {} : { remedy: finding.remedy }),
      ...(finding.state === 'unknown' ? { because: finding.because } : {}),
    })),
  };
}
