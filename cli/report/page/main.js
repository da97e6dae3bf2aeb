import { byId, element } from './dom.js';
import { membersCsv, reportJson } from './exports.js';
import { dayOf } from './format.js';
import { showMembers } from './members.js';
import { unpack } from './unpack.js';

/** @param {string} id */
function embedded(id) {
  return JSON.parse(byId(id).textContent ?? '');
}

/**
 * @param {string} fileName
 * @param {string} type
 * @param {string} content
 */
function save(fileName, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element('a', { href: url, download: fileName }).click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const data = unpack(embedded('report-data'));
showMembers(data, embedded('report-texts'));

const { managementAccountId, asOf, utcOffsetMinutes } = data;
const fileName = `coverage-${managementAccountId}-${dayOf(asOf, utcOffsetMinutes)}`;
byId('save-csv').addEventListener('click', () => {
  save(`${fileName}.csv`, 'text/csv;charset=utf-8', membersCsv(data.members));
});
byId('save-json').addEventListener('click', () => {
  save(`${fileName}.json`, 'application/json', reportJson(data));
});

/** @type {HTMLSelectElement} */
const theme = byId('theme');
theme.addEventListener('change', () => {
  document.documentElement.dataset.theme = theme.value;
});
document.documentElement.classList.add('has-script');
