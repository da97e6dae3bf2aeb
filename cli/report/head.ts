import { answerOf } from './answer.ts';
import { type Html, html } from './html.ts';
import { formatCount, formatTime } from './page/format.js';
import type { ReportData } from './report-data.ts';
import { sign } from './signs.ts';
import type { Texts } from './texts.ts';

/** The answer, since when, and what it rests on. */
export function headOfPage(data: ReportData, texts: Texts): Html {
  return html`<header class="page-head">
<p class="over">${texts.heading}</p>
<p class="theme"><label for="theme">${texts.theme.label}</label> <select id="theme">
<option value="auto">${texts.theme.auto}</option><option value="light">${texts.theme.light}</option><option value="dark">${texts.theme.dark}</option>
</select></p>
</header>
<section class="answer" aria-labelledby="answer">
<h1 id="answer">${answerIn(data, texts)}</h1>
${stateLinks(data, texts)}
<p class="since">${sinceIn(data, texts)}</p>
${factsOf(data, texts)}
${
  data.remarks.length === 0
    ? undefined
    : html`<div class="remarks"><h2>${texts.remarks}</h2>${data.remarks.map((remark) => html`<p>${remark}</p>`)}</div>`
}
</section>
`;
}

/** The one sentence that the report is for. */
export function answerIn(data: ReportData, { answer: words }: Texts): string {
  const { members, covered, isKnown } = answerOf(data);
  if (members === 0) return words.noMembers;
  if (!isKnown) return words.unknown(members);
  return covered === members ? words.allCovered(members) : words.someCovered(covered, members);
}

function stateLinks(data: ReportData, texts: Texts): Html | undefined {
  const open = answerOf(data).states.filter(({ state }) => state !== 'covered');
  if (open.length === 0) return undefined;
  return html`<ul class="open">${open.map(({ state, members }) => {
    const label = texts.answer.inState(formatCount(members), state);
    return html`<li><a href="#members" class="is-${state}" data-only="${state}">${sign(state, label)}</a></li>`;
  })}</ul>`;
}

function sinceIn(data: ReportData, { answer: words }: Texts): string | undefined {
  const { members, covered, isKnown, since } = answerOf(data);
  if (members === 0 || !isKnown) return undefined;
  const shown = (time: string) => formatTime(time, data.utcOffsetMinutes);
  if (covered < members) return since === undefined ? undefined : words.openSince(shown(since));
  return since === undefined
    ? words.coveredSinceBefore(shown(data.resultsFrom))
    : words.coveredSince(shown(since));
}

function factsOf(data: ReportData, { facts: words }: Texts): Html {
  const { evidence, directoryId } = data;
  const asOf = `${formatTime(data.asOf, data.utcOffsetMinutes)} (UTC${offsetText(data.utcOffsetMinutes)})`;
  const facts: readonly (readonly [string, Html])[] = [
    [words.asOf, html`<time datetime="${data.asOf}">${asOf}</time>`],
    [words.managementAccount, html`${data.managementAccountId}`],
    ...(directoryId === undefined ? [] : [[words.directory, html`${directoryId}`] as const]),
    [words.region, html`${data.region}`],
    [words.enterpriseMode, html`${data.organizationStatus}`],
    [words.logStore, html`${data.logProject} / ${data.logStore}`],
    [
      words.evidence,
      evidence === undefined
        ? html`${words.noEvidence}`
        : html`${words.evidenceIs(evidence.operation, evidence.accountGroupId)} <code>${evidence.requestId}</code>`,
    ],
  ];
  return html`<dl class="facts">${facts.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** `+08:00` */
export function offsetText(utcOffsetMinutes: number): string {
  const minutes = Math.abs(utcOffsetMinutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${utcOffsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
