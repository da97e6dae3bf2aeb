import { filterText, sortMembers } from './columns.js';
import { byId } from './dom.js';
import { fill, formatCount } from './format.js';
import { createRows } from './rows.js';

/**
 * @typedef {import('../report-data.ts').ReportData} ReportData
 * @typedef {import('../report-data.ts').Member} Member
 * @typedef {import('../texts.ts').PageTexts} PageTexts
 */

/** Enough for a screen. What is asked for beyond comes in slices, to draw and to answer in between. */
const ROWS_AT_FIRST = 100;
const ROWS_MORE = 500;
const SLICE = 250;

/**
 * Fills the table, and lets it be sorted and filtered.
 *
 * @param {ReportData} data
 * @param {PageTexts} texts
 */
export function showMembers(data, texts) {
  const { members } = data;
  const table = byId('members-table');
  const body = byId('members-rows');
  const shown = byId('members-shown');
  /** @type {HTMLInputElement} */
  const filter = byId('filter');
  const more = byId('show-more');
  const rest = byId('show-all');
  const form = byId('members-controls');
  const states = [...form.querySelectorAll('input')].filter(({ name }) => name === 'state');

  const rowsOf = createRows(data, texts);
  const searchable = new Map(members.map((member) => [member, filterText(member)]));
  let sorted = sortMembers(members, 'state', false, texts.lang);
  let matching = sorted;
  let rows = 0;
  let wanted = ROWS_AT_FIRST;

  const say = () => {
    const values = {
      shown: formatCount(rows),
      matching: formatCount(matching.length),
      members: formatCount(members.length),
    };
    shown.textContent = matching.length === 0 ? texts.noneMatch : fill(texts.shown, values);
    const left = matching.length - rows;
    more.hidden = left <= ROWS_MORE;
    rest.hidden = left === 0;
    more.textContent = fill(texts.showMore, { count: formatCount(ROWS_MORE) });
  };

  const append = () => {
    const slice = matching.slice(rows, Math.min(wanted, rows + SLICE));
    body.append(...slice.flatMap(rowsOf));
    rows += slice.length;
  };

  /** Says so once, at the end: what is said is read aloud. */
  const appendRest = () => {
    if (rows >= Math.min(wanted, matching.length)) {
      say();
      return;
    }
    append();
    setTimeout(appendRest);
  };

  const refresh = () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    const only = states.filter(({ checked }) => checked).map(({ value }) => value);
    matching = sorted.filter(
      (member) =>
        (only.length === 0 || only.includes(member.state)) &&
        words.every((word) => searchable.get(member)?.includes(word)),
    );
    body.replaceChildren();
    rows = 0;
    wanted = ROWS_AT_FIRST;
    append();
    say();
  };

  /** @param {HTMLElement} head */
  const sortBy = (head) => {
    const isDescending = head.getAttribute('aria-sort') === 'ascending';
    for (const other of table.querySelectorAll('thead th')) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
    const column = /** @type {keyof PageTexts['columns']} */ (head.dataset.column);
    sorted = sortMembers(members, column, isDescending, texts.lang);
    refresh();
  };

  /**
   * The button that was used may be gone afterwards: what it brought has the focus then.
   *
   * @param {number} count
   */
  const show = (count) => {
    const before = rows;
    wanted = rows + count;
    append();
    setTimeout(appendRest);
    const added = body.querySelectorAll('th button')[before];
    if (added instanceof HTMLElement) added.focus();
  };

  for (const head of table.querySelectorAll('thead th')) {
    if (!(head instanceof HTMLElement)) continue;
    head.querySelector('button')?.addEventListener('click', () => sortBy(head));
  }
  form.addEventListener('input', refresh);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(refresh));
  more.addEventListener('click', () => show(ROWS_MORE));
  rest.addEventListener('click', () => show(Infinity));
  for (const link of document.querySelectorAll('a[data-only]')) {
    if (!(link instanceof HTMLElement)) continue;
    link.addEventListener('click', () => {
      filter.value = '';
      for (const state of states) state.checked = state.value === link.dataset.only;
      refresh();
    });
  }
  refresh();
}
