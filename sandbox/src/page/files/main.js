import { startAccounts, tick } from './accounts.js';
import { ask } from './api.js';
import { byId, element, keep, setText } from './dom.js';
import { startFaults } from './faults.js';
import { showFunctions, showRequests } from './requests.js';

const POLL_MS = 1000;
const PAGE = 1000;
/** Of what is kept here; the sandbox keeps more. */
const MOST_KEPT = 1000;
/** The state is asked for this often though nothing seems to happen: timers change it too. */
const STATE_EVERY = 5;

/** @typedef {import('./requests.js').Call} Call */

/** @type {{ id: string, after: number, calls: Call[], counts: Map<string, { all: number, refused: number }> }} */
let journal = { id: '', after: 0, calls: [], counts: new Map() };
/** @type {{ after: number, all: import('./requests.js').Invocation[] }} */
let invocations = { after: 0, all: [] };
/** @type {string[]} */
let functionNames = [];
/** @type {any} */
let health;
let isBuilding = false;
let polls = 0;
/** @type {Promise<void> | undefined} */
let polling;

const accounts = startAccounts(perform);
const faults = startFaults(perform);

/** Reads what is new, up to the end. True: there was something, or it is another journal. */
async function readJournal() {
  let isNew = false;
  for (;;) {
    const read = await ask('GET', `journal?after=${journal.after}&limit=${PAGE}`);
    if (read.id !== journal.id) {
      const isFirst = journal.after === 0;
      journal = { id: read.id, after: 0, calls: [], counts: new Map() };
      invocations = { after: 0, all: [] };
      isNew = true;
      if (!isFirst) continue;
    }
    journal.after = read.next;
    journal.calls = [...journal.calls, ...read.entries].slice(-MOST_KEPT);
    for (const entry of read.entries) count(entry);
    isNew ||= read.entries.length > 0;
    if (read.entries.length < PAGE) return isNew;
  }
}

/** @param {Call} entry */
function count({ service, status, errorCode }) {
  const { all, refused } = journal.counts.get(service) ?? { all: 0, refused: 0 };
  const isRefused = status === undefined || status >= 400 || errorCode !== undefined;
  journal.counts.set(service, { all: all + 1, refused: refused + (isRefused ? 1 : 0) });
}

async function readInvocations() {
  for (;;) {
    const read = await ask('GET', `invocations?after=${invocations.after}&limit=${PAGE}`);
    invocations.after = read.next;
    ({ functionNames } = read);
    const slim = read.invocations.map(
      (/** @type {any} */ { payload: _p, result: _r, stdout: _o, stderr: _e, ...rest }) => rest,
    );
    invocations.all = [...invocations.all, ...slim].slice(-MOST_KEPT);
    if (read.invocations.length < PAGE) return;
  }
}

async function poll() {
  try {
    if (health === undefined) await readHealth();
    const isNew = await readJournal();
    const [clock, { faults: active }] = await Promise.all([
      ask('GET', 'clock'),
      ask('GET', 'faults'),
      readInvocations(),
    ]);
    showClock(clock);
    faults.show(active);
    showRequests(journal.calls);
    showFunctions(invocations.all, functionNames);
    showServices();
    if (isNew || isBuilding || polls % STATE_EVERY === 0) await showState(clock.nowMs);
    else tick(clock.nowMs);
    polls += 1;
    showConnection(true);
  } catch {
    health = undefined;
    showConnection(false);
  }
}

async function readHealth() {
  health = await ask('GET', 'health');
  const { endpoint, region, managementAccountId, version } = health;
  setText(byId('endpoint'), endpoint);
  setText(
    byId('where'),
    `${region}, management account ${managementAccountId}, version ${version}`,
  );
  faults.offer((await ask('GET', 'operations')).services);
}

/** @param {number} nowMs */
async function showState(nowMs) {
  const [config, directory] = await Promise.all([
    ask('GET', 'state/config'),
    ask('GET', 'state/resource-manager'),
  ]);
  isBuilding = Object.values(config.recorders).some(({ status }) => status === 'BUILDING');
  accounts.show(directory, config, nowMs, health.managementAccountId);
}

/** @param {{ now: string, speed: number }} clock */
function showClock({ now, speed }) {
  setText(byId('now'), now.replace('T', ' ').replace(/\.\d+Z$/, ''));
  const select = /** @type {HTMLSelectElement} */ (byId('speed'));
  const value = String(speed);
  if (document.activeElement === select) return;
  if (![...select.options].some((option) => option.value === value)) {
    select.append(element('option', { value }, [`${value} ×`]));
  }
  select.value = value;
}

function showServices() {
  keep(
    byId('services'),
    /** @type {string[]} */ (health.services),
    (name) => name,
    (name) => {
      const calls = element('span', { class: 'muted' });
      return {
        made: element('li', {}, [element('span', { class: 'name' }, [name]), calls]),
        update() {
          const { all, refused } = journal.counts.get(name) ?? { all: 0, refused: 0 };
          const some = refused === 0 ? '' : `, ${refused} refused`;
          setText(calls, all === 1 ? `1 call${some}` : `${all} calls${some}`);
        },
      };
    },
  );
}

/** @param {boolean} isThere */
function showConnection(isThere) {
  const connection = byId('connection');
  setText(connection, isThere ? 'connected' : 'no answer');
  connection.dataset.state = isThere ? 'good' : 'bad';
}

/**
 * Does what a person asked for, says how it ended, and shows what became of it.
 *
 * @param {() => Promise<unknown>} action
 * @param {string} done
 */
async function perform(action, done) {
  const message = byId('message');
  try {
    await action();
    message.textContent = done;
    message.dataset.state = 'good';
  } catch (error) {
    message.textContent = error instanceof Error ? error.message : String(error);
    message.dataset.state = 'bad';
  }
  message.hidden = false;
  await polling;
  await pollOnce();
}

function pollOnce() {
  polling ??= poll().finally(() => {
    polling = undefined;
  });
  return polling;
}

byId('advance').addEventListener('click', (event) => {
  const { ms } = /** @type {HTMLElement} */ (event.target).dataset;
  if (ms === undefined) return;
  void perform(() => ask('POST', 'clock', { advanceMs: Number(ms) }), 'The clock was moved on.');
});
byId('speed').addEventListener('change', (event) => {
  const { value } = /** @type {HTMLSelectElement} */ (event.target);
  void perform(
    () => ask('POST', 'clock', { speed: Number(value) }),
    value === '0' ? 'The clock stands still.' : `The clock goes ${value} times as fast as time.`,
  );
});
const resetDialog = /** @type {HTMLDialogElement} */ (byId('reset-dialog'));
byId('reset').addEventListener('click', () => {
  resetDialog.returnValue = 'cancel';
  resetDialog.showModal();
});
resetDialog.addEventListener('close', () => {
  if (resetDialog.returnValue !== 'reset') return;
  void perform(() => ask('POST', 'reset'), 'The sandbox is back at its seed.');
});

const THEMES = ['system', 'light', 'dark'];
const themeButton = byId('theme');
/** @param {string} theme */
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  setText(themeButton, `Theme: ${theme}`);
}
setTheme(localStorage.getItem('sandbox-theme') ?? 'system');
themeButton.addEventListener('click', () => {
  const now = THEMES.indexOf(document.documentElement.dataset.theme ?? '');
  const next = THEMES[(now + 1) % THEMES.length] ?? 'system';
  localStorage.setItem('sandbox-theme', next);
  setTheme(next);
});

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void pollOnce();
});
for (;;) {
  if (!document.hidden) await pollOnce();
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
