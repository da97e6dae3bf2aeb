import { type Html, html } from '../html.ts';

/** The figures behind a chart: names of columns, and a row for each thing that is drawn. */
export interface Figures {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface FigureParts {
  readonly title: string;
  /** What the chart says, in words. */
  readonly says: string;
  readonly drawing: Html;
  /** Shown below the drawing, for example the slowest accounts. */
  readonly below?: Html;
  /** How the figures came about, and what is missing in them. */
  readonly notes: readonly string[];
  readonly figures: Figures;
  /** What opens the figures. */
  readonly figuresLabel: string;
}

/** A chart with its words, and its figures as a table for whoever can't see it, or wants them. */
export function figure(parts: FigureParts): Html {
  const { title, says, drawing, below, notes, figures, figuresLabel } = parts;
  return html`<figure>
<figcaption><h3>${title}</h3><p>${says}</p></figcaption>
${drawing}
${below}
${notes.map((note) => html`<p class="note">${note}</p>`)}
${
  figures.rows.length === 0
    ? undefined
    : html`<details><summary>${figuresLabel}<span class="hidden">: ${title}</span></summary>
<div class="scroll" tabindex="0" role="region" aria-label="${title}">${figuresTable(figures)}</div></details>`
}
</figure>
`;
}

/** The first column names the row. */
export function figuresTable({ columns, rows }: Figures): Html {
  return html`<table class="figures">
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...others]) =>
      html`<tr><th scope="row">${first}</th>${others.map(
        (value) => html`<td class="${kindOf(value)}">${value}</td>`,
      )}</tr>
`,
  )}</tbody></table>`;
}

/** A count stands right, and what is short is not broken: a time, a duration. */
function kindOf(value: string): string {
  if (/^[\d,]+$/.test(value)) return 'figure';
  return value.length <= 20 ? 'short' : 'long';
}
