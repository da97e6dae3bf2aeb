import { rectY, ruleY, text } from '@observablehq/plot';
import type { Outcome } from '../../../workflows/onboarding/model.ts';
import { type Html, html } from '../html.ts';
import { formatCount } from '../page/format.js';
import type { Day } from '../report-data.ts';
import type { Texts } from '../texts.ts';
import { dayAxis, dayScale, extentOf } from './days.ts';
import { draw } from './draw.ts';
import { figure } from './figure.ts';

/** What needs attention first, as everywhere. */
const OUTCOMES: readonly Outcome[] = [
  'failed',
  'overdue',
  'pending',
  'covered',
  'already-covered',
  'skipped',
];

const COLORS: Readonly<Record<Outcome, string>> = {
  failed: 'var(--failed)',
  overdue: 'var(--overdue)',
  pending: 'var(--pending)',
  covered: 'var(--accent)',
  'already-covered': 'var(--accent)',
  skipped: 'var(--unknown)',
};

const ROW_HEIGHT = 52;

/** One account beside thousands on another day is still to be seen. */
const LEAST_SHARE = 0.07;

/**
 * A row for each outcome, on a scale of its own: one backfill of ten thousand accounts would hide
 * ten that failed. Rows are told apart by their names, so colour is not needed.
 */
export function outcomesFigure(days: readonly Day[], texts: Texts): Html {
  const { outcomes: words, figures, day: dayTitle, nothing } = texts.charts;
  const met = OUTCOMES.map((outcome) => ({
    outcome,
    most: Math.max(0, ...days.map(({ outcomes }) => outcomes[outcome] ?? 0)),
  })).filter(({ most }) => most > 0);
  const bars = met.flatMap(({ outcome, most }) =>
    days.flatMap(({ day, outcomes }) => {
      const accounts = outcomes[outcome];
      if (accounts === undefined) return [];
      const share = Math.max(accounts / most, LEAST_SHARE);
      return { ...extentOf(day), outcome, share, day, accounts };
    }),
  );
  const names = days.map(({ day }) => day);

  return figure({
    title: words.title,
    says: words.says,
    drawing:
      bars.length === 0
        ? html`<p>${nothing}</p>`
        : draw(words.title, (width) => ({
            height: met.length * ROW_HEIGHT + 26,
            marginLeft: 18,
            marginRight: 8,
            marginTop: 0,
            x: dayScale(names),
            // Room above the bars for the row's name.
            y: { domain: [0, 1.7], axis: null },
            fy: { domain: met.map(({ outcome }) => outcome), axis: null, padding: 0.12 },
            marks: [
              dayAxis(names, width),
              rectY(bars, {
                fy: 'outcome',
                x1: 'x1',
                x2: 'x2',
                y: 'share',
                fill: ({ outcome }: (typeof bars)[number]) => COLORS[outcome],
                title: ({ day, outcome, accounts }: (typeof bars)[number]) =>
                  `${day}: ${formatCount(accounts)} ${texts.outcome[outcome]}`,
              }),
              ruleY([0], { stroke: 'var(--line)' }),
              text(met, {
                fy: 'outcome',
                frameAnchor: 'top-left',
                dy: 2,
                fontWeight: 600,
                text: ({ outcome }: (typeof met)[number]) => texts.outcome[outcome],
              }),
              text(met, {
                fy: 'outcome',
                frameAnchor: 'top-right',
                dy: 2,
                fill: 'var(--muted)',
                text: ({ most }: (typeof met)[number]) => words.atMost(formatCount(most)),
              }),
            ],
          })),
    notes: [words.note],
    figuresLabel: figures,
    figures: {
      columns: [dayTitle, ...met.map(({ outcome }) => texts.outcome[outcome])],
      rows: days
        .filter(({ outcomes }) => Object.keys(outcomes).length > 0)
        .map(({ day, outcomes }) => [
          day,
          ...met.map(({ outcome }) => formatCount(outcomes[outcome] ?? 0)),
        ]),
    },
  });
}
