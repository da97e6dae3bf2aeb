import { type Html, html } from '../html.ts';
import { formatCount, formatTime } from '../page/format.js';
import type { ReportData } from '../report-data.ts';
import type { Texts } from '../texts.ts';
import { drawBars } from './bars.ts';
import { figure } from './figure.ts';

/** What fits beside the other charts; the rest is in the figures, and that is said. */
const DRAWN = 8;

/** What the start of the recorder was tried again for, and what it failed with. */
export function errorsFigure(
  { errors, utcOffsetMinutes }: Pick<ReportData, 'errors' | 'utcOffsetMinutes'>,
  texts: Texts,
): Html {
  const { errors: words, figures, nothing } = texts.charts;
  const retries = errors.reduce((sum, one) => sum + one.retries, 0);
  const drawn = errors.slice(0, DRAWN);
  const left = errors.length - drawn.length;
  return figure({
    title: words.title,
    says: errors.length === 0 ? nothing : words.says(retries, errors.length),
    drawing:
      errors.length === 0
        ? html``
        : drawBars(
            words.title,
            drawn.map(({ code, retries }) => ({ name: code, count: retries })),
            'var(--pending)',
          ),
    notes: [...(left > 0 ? [words.more(left)] : []), words.note],
    figuresLabel: figures,
    figures: {
      columns: [words.code, words.retries, words.runs, words.accounts, words.last, words.message],
      rows: errors.map((one) => [
        one.code,
        ...[one.retries, one.runs, one.accounts].map(formatCount),
        formatTime(one.lastAt, utcOffsetMinutes),
        one.lastMessage ?? '',
      ]),
    },
  });
}
