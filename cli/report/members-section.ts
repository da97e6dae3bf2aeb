import { answerOf } from './answer.ts';
import { type Html, html } from './html.ts';
import { formatCount } from './page/format.js';
import type { ReportData } from './report-data.ts';
import { sign } from './signs.ts';
import type { Texts } from './texts.ts';

/** The table's controls and head; the page's script makes the rows (`page/members.js`). */
export function membersSection(data: ReportData, texts: Texts): Html {
  const { members: words, page } = texts;
  const states = answerOf(data).states;
  return html`<section id="members" aria-labelledby="members-heading" tabindex="-1">
<h2 id="members-heading">${words.heading}</h2>
<noscript><p>${words.withoutScript}</p></noscript>
<div class="needs-script">
<form id="members-controls" class="controls" role="search">
<p class="filter"><label for="filter">${page.filter}</label>
<input id="filter" type="search" placeholder="${page.filterHint}" autocomplete="off" spellcheck="false"></p>
<fieldset><legend>${page.onlyStates}</legend>${states.map(
    ({ state, members }) =>
      html`<label class="choice"><input type="checkbox" name="state" value="${state}">${sign(state, texts.state[state])} <span class="count">${formatCount(members)}</span></label>`,
  )}</fieldset>
<button type="reset">${page.clear}</button>
</form>
<div class="shown"><p id="members-shown" role="status"></p>
<p class="save">${words.saveAs} <button type="button" id="save-csv">CSV</button> <button type="button" id="save-json">JSON</button></p></div>
<table id="members-table" class="members" role="table" aria-labelledby="members-heading">
<thead role="rowgroup"><tr role="row" data-label="${page.sortBy}">${Object.entries(
    page.columns,
  ).map(
    ([name, title]) =>
      html`<th scope="col" role="columnheader" class="${name}" data-column="${name}" data-label="${title}"${name === 'state' ? html` aria-sort="ascending"` : undefined}><button type="button" class="bare">${title}</button></th>`,
  )}</tr></thead>
<tbody id="members-rows" role="rowgroup"></tbody>
</table>
<p class="more"><button type="button" id="show-more" hidden></button> <button type="button" id="show-all" hidden>${page.showAll}</button></p>
</div>
</section>
`;
}
