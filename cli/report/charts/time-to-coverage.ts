import { type Html, html } from '../html.ts';
import { formatCount, formatTime } from '../page/format.js';
import type { ReportData } from '../report-data.ts';
import type { Texts } from '../texts.ts';
import { type DurationClass, timeToCoverage } from '../time-to-coverage.ts';
import { drawBars } from './bars.ts';
import { figure, figuresTable } from './figure.ts';

/** How long accounts took to be covered, and which took longest. */
export function timeToCoverageFigure(data: ReportData, texts: Texts): Html {
  const { duration, charts } = texts;
  const { timeToCoverage: words, figures, nothing } = charts;
  const found = timeToCoverage(data.coverings);
  if (found === undefined) {
    return figure({
      title: words.title,
      says: nothing,
      drawing: html``,
      notes: [words.note],
      figuresLabel: figures,
      figures: { columns: [], rows: [] },
    });
  }
  const nameOf = ({ fromMs, toMs }: DurationClass) =>
    toMs === undefined ? words.longer(duration(fromMs)) : words.upTo(duration(toMs));
  const names = new Map(data.members.map(({ accountId, name }) => [accountId, name]));
  const { accounts, medianMs, p95Ms, longestMs, classes, slowest } = found;
  return figure({
    title: words.title,
    says: words.says(accounts, duration(medianMs), duration(p95Ms), duration(longestMs)),
    drawing: drawBars(
      words.title,
      classes.map((one) => ({ name: nameOf(one), count: one.accounts })),
      'var(--accent)',
    ),
    below: figuresTable({
      columns: [words.slowest, words.took, words.at],
      rows: slowest.map(({ accountId, durationMs, at }) => [
        [names.get(accountId), accountId].filter((one) => one !== undefined).join(' · '),
        duration(durationMs),
        formatTime(at, data.utcOffsetMinutes),
      ]),
    }),
    notes: [words.note],
    figuresLabel: figures,
    figures: {
      columns: [words.took, words.accounts],
      rows: classes.map((one) => [nameOf(one), formatCount(one.accounts)]),
    },
  });
}
