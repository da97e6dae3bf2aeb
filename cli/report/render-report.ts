import { createHash } from 'node:crypto';
import { coverageFigure } from './charts/coverage.ts';
import { errorsFigure } from './charts/errors.ts';
import { outcomesFigure } from './charts/outcomes.ts';
import { timeToCoverageFigure } from './charts/time-to-coverage.ts';
import { answerIn, headOfPage, offsetText } from './head.ts';
import { type Html, html, jsonInHtml, rawHtml } from './html.ts';
import { membersSection } from './members-section.ts';
import { type Cut, fitAndPack } from './pack.ts';
import { STATES } from './page/columns.js';
import { formatTime } from './page/format.js';
import { pageScript, pageStyle } from './page-files.ts';
import { paletteCss } from './palette.ts';
import type { ReportData } from './report-data.ts';
import { sign, signShapes } from './signs.ts';
import type { Texts } from './texts.ts';

export interface RenderOptions {
  /** Of the members with their timelines; what is longer is cut, and that is said. Default 5 MB. */
  readonly largestDataBytes?: number;
}

/**
 * The report as one HTML file that needs nothing else and asks for nothing: its policy lets no
 * request leave the page. What was recorded by others stays text. The same data and texts give the
 * same page. Rejects with a `RangeError` for a time that is none.
 */
export async function renderReport(
  data: ReportData,
  texts: Texts,
  { largestDataBytes = 5_000_000 }: RenderOptions = {},
): Promise<string> {
  const [script, css] = await Promise.all([pageScript(), pageStyle()]);
  const style = `${paletteCss()}\n${css}`;
  const { packed, cut } = fitAndPack(data, largestDataBytes);
  const policy = [
    "default-src 'none'",
    `script-src '${sourceHash(script)}'`,
    `style-src '${sourceHash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

  return html`<!doctype html>
<html lang="${texts.lang}" data-theme="auto">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${answerIn(data, texts)} ${data.managementAccountId}, ${formatTime(data.asOf, data.utcOffsetMinutes)}</title>
<style>${rawHtml(style)}</style>
</head>
<body>
<a class="skip" href="#members">${texts.skipToMembers}</a>
${signShapes()}
<main>
${headOfPage(data, texts)}
${chartsSection(data, texts)}
${membersSection(data, texts)}
${aboutSection(data, texts, cut)}
</main>
<script id="report-texts" type="application/json">${jsonInHtml(texts.page)}</script>
<script id="report-data" type="application/json">${jsonInHtml(packed)}</script>
<script type="module">${rawHtml(script)}</script>
</body>
</html>
`.markup;
}

function chartsSection(data: ReportData, texts: Texts): Html {
  const { days } = data;
  const period = texts.charts.period(days[0]?.day ?? '', days.at(-1)?.day ?? '');
  return html`<section class="charts" aria-labelledby="charts-heading">
<h2 id="charts-heading">${texts.charts.heading}${
    days.length === 0 ? undefined : html` <small>${period}</small>`
  }</h2>
<div class="grid">
${coverageFigure(days, texts)}
${outcomesFigure(days, texts)}
${timeToCoverageFigure(data, texts)}
${errorsFigure(data, texts)}
</div>
</section>
`;
}

function aboutSection(data: ReportData, { about, state }: Texts, cut: Cut): Html {
  return html`<section class="about" aria-labelledby="about-heading">
<h2 id="about-heading">${about.heading}</h2>
<dl>${STATES.map(
    (word) => html`<div><dt>${sign(word, state[word])}</dt><dd>${about.states[word]}</dd></div>`,
  )}</dl>
<p>${about.tries}</p>
<p>${about.times(offsetText(data.utcOffsetMinutes))}
${about.results(formatTime(data.resultsFrom, data.utcOffsetMinutes))}
${cut.results === 0 ? about.notCut : about.cut(cut.accounts, cut.results)}</p>
<p>${about.writtenBy(data.writtenBy)}</p>
</section>
`;
}

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
