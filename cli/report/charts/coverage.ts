import { axisY, rectY, ruleY } from '@observablehq/plot';
import { type Html, html } from '../html.ts';
import { formatCount } from '../page/format.js';
import type { Day } from '../report-data.ts';
import type { Texts } from '../texts.ts';
import { dayAxis, dayScale, daysBetween, extentOf } from './days.ts';
import { draw } from './draw.ts';
import { figure } from './figure.ts';

/**
 * Members and the covered among them, day by day, and those that are not covered on a scale of their
 * own, where ten of ten thousand can be seen. A day without a look has no bar: nothing is guessed.
 */
export function coverageFigure(days: readonly Day[], texts: Texts): Html {
  const { coverage, figures, day: dayTitle, nothing } = texts.charts;
  const seen = days.flatMap(({ day, atEnd }) =>
    atEnd === undefined ? [] : [{ day, ...extentOf(day), ...atEnd }],
  );
  const names = days.map(({ day }) => day);
  const missing = daysBetween(names) - seen.length;
  const open = seen.map((one) => ({ ...one, open: one.members - one.covered }));
  const hover = ({ day, members, covered }: (typeof seen)[number]) =>
    `${day}: ${formatCount(covered)} / ${formatCount(members)}`;

  return figure({
    title: coverage.title,
    says: coverage.says,
    drawing:
      seen.length === 0
        ? html`<p>${nothing}</p>`
        : html`<p class="legend"><span class="swatch line"></span>${coverage.members}
<span class="swatch area"></span>${coverage.covered}</p>
${draw(coverage.title, () => ({
  height: 160,
  marginLeft: 52,
  marginRight: 8,
  marginBottom: 12,
  x: dayScale(names),
  y: { domain: [0, highest(seen.map(({ members }) => members))], nice: true, label: null },
  marks: [
    axisY({ ticks: 4, tickFormat: formatCount, tickSize: 0 }),
    rectY(seen, { x1: 'x1', x2: 'x2', y: 'covered', fill: 'var(--accent-area)', title: hover }),
    ruleY(seen, { x1: 'x1', x2: 'x2', y: 'members', stroke: 'var(--text)', strokeWidth: 1.5 }),
    ruleY([0], { stroke: 'var(--line)' }),
  ],
}))}
<p class="legend"><span class="swatch not-covered"></span>${coverage.notCovered}</p>
${draw(coverage.notCovered, (width) => ({
  height: 96,
  marginLeft: 52,
  marginRight: 8,
  marginTop: 8,
  x: dayScale(names),
  y: { domain: [0, highest(open.map((one) => one.open))], label: null },
  marks: [
    axisY({ ticks: 2, tickFormat: formatWhole, tickSize: 0 }),
    dayAxis(names, width),
    rectY(open, { x1: 'x1', x2: 'x2', y: 'open', fill: 'var(--failed)', title: hover }),
    ruleY([0], { stroke: 'var(--line)' }),
  ],
}))}`,
    notes: [coverage.note, ...(missing > 0 ? [coverage.missing(missing)] : [])],
    figuresLabel: figures,
    figures: {
      columns: [dayTitle, coverage.members, coverage.covered, coverage.notCovered],
      rows: open.map(({ day, ...one }) => [
        day,
        ...[one.members, one.covered, one.open].map(formatCount),
      ]),
    },
  });
}

function highest(values: readonly number[]): number {
  return Math.max(1, ...values);
}

/** Between whole accounts there is nothing to be named. */
function formatWhole(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : '';
}
