import { ask, call } from './api.js';
import { button, byId, element, keep, setText } from './dom.js';

const DIRECTORY = '2020-03-31';
const CONFIG = '2019-01-08';
const MOST_SHOWN = 200;

/**
 * @typedef {{ accountId: string, displayName: string, status: string, type: string, joinMethod: string }} Account
 * @typedef {{ status: string, registeredAtMs?: number }} Recorder
 * @typedef {{ handshakeId: string, targetAccountId: string, status: string, expiresAtMs: number }} Handshake
 * @typedef {{ organization: { status: string }, recorders: Record<string, Recorder>, held: Record<string, string> }} Config
 * @typedef {{ accounts: Account[], handshakes: Handshake[] }} Directory
 * @typedef {{ key: string, name: string, accountId: string, status: string, recorder?: Recorder, isHeld?: boolean, handshakeId?: string, canPromote: boolean, canConfirm: boolean }} Row
 */

/**
 * @param {(action: () => Promise<unknown>, done: string) => Promise<void>} perform Runs what a person
 * asked for, and says how it ended.
 */
export function startAccounts(perform) {
  /** @param {string} id @param {(data: FormData) => [() => Promise<unknown>, string]} actionOf */
  const onSubmit = (id, actionOf) => {
    const form = /** @type {HTMLFormElement} */ (byId(id));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const [action, done] = actionOf(new FormData(form));
      await perform(action, done);
      form.reset();
    });
  };
  onSubmit('create', (data) => {
    const displayName = String(data.get('displayName'));
    return [
      () => call(DIRECTORY, 'CreateResourceAccount', { DisplayName: displayName }),
      `${displayName} is a member.`,
    ];
  });
  onSubmit('invite', (data) => {
    const accountId = String(data.get('accountId'));
    return [
      () =>
        call(DIRECTORY, 'InviteAccountToResourceDirectory', {
          TargetEntity: accountId,
          TargetType: 'Account',
        }),
      `${accountId} is invited; it accepts by its own call.`,
    ];
  });
  byId('start-recorder').addEventListener('click', () =>
    perform(
      () => call(CONFIG, 'StartConfigurationRecorder', { EnterpriseEdition: 'true' }),
      'Enterprise mode is being turned on.',
    ),
  );

  return {
    /**
     * @param {Directory} directory
     * @param {Config} config
     * @param {number} nowMs
     * @param {string} managementAccountId
     */
    show(directory, config, nowMs, managementAccountId) {
      const { status } = config.organization;
      setText(byId('organization'), `Enterprise mode: ${status}`);
      const isOff = status === 'REGISTRABLE';
      setText(byId('start-recorder'), isOff ? 'Turn enterprise mode on' : 'Start it again');
      const rows = [
        managementRow(managementAccountId, config),
        ...directory.handshakes.filter((each) => each.status === 'Pending').map(invitationRow),
        ...directory.accounts.map((account) => accountRow(account, config)).reverse(),
      ];
      keep(
        byId('accounts'),
        rows.slice(0, MOST_SHOWN),
        ({ key }) => key,
        (row) => makeRow(row, () => nowMs, perform),
      );
      const hidden = rows.length - MOST_SHOWN;
      const more = byId('more-accounts');
      more.hidden = hidden <= 0;
      setText(more, `and ${hidden} more`);
      tick(nowMs);
    },
  };
}

/** @param {string} accountId @param {Config} config @returns {Row} */
function managementRow(accountId, { recorders }) {
  const recorder = recorders[accountId];
  return {
    key: accountId,
    name: 'management account',
    accountId,
    status: '–',
    ...(recorder === undefined ? {} : { recorder }),
    canPromote: false,
    canConfirm: false,
  };
}

/** @param {Account} account @param {Config} config @returns {Row} */
function accountRow({ accountId, displayName, status, type, joinMethod }, { recorders, held }) {
  const recorder = recorders[accountId];
  return {
    key: accountId,
    name: displayName,
    accountId,
    status: `${status}, ${joinMethod}`,
    isHeld: Object.hasOwn(held, accountId),
    ...(recorder === undefined ? {} : { recorder }),
    canPromote: type === 'ResourceAccount' && status === 'CreateSuccess',
    canConfirm: status === 'PromoteVerifying',
  };
}

/** @param {Handshake} handshake @returns {Row} */
function invitationRow({ handshakeId, targetAccountId }) {
  return {
    key: handshakeId,
    name: 'invited',
    accountId: targetAccountId,
    status: 'Pending',
    handshakeId,
    canPromote: false,
    canConfirm: false,
  };
}

/**
 * @param {Row} first
 * @param {() => number} nowMs
 * @param {(action: () => Promise<unknown>, done: string) => Promise<void>} perform
 */
function makeRow(first, nowMs, perform) {
  const { accountId, handshakeId, name } = first;
  const status = element('td');
  const recorder = element('span', { class: 'state' });
  const left = element('span', { class: 'left muted' });
  const promote = button('Promote', () => void askForPromotion(first, perform));
  const confirm = button('Confirm by e-mail', () =>
    perform(
      () => ask('PUT', `accounts/${accountId}/status`, { status: 'PromoteSuccess' }),
      `${name} is a cloud account.`,
    ),
  );
  const accept = button('Accept', () =>
    perform(
      () => call(DIRECTORY, 'AcceptHandshake', { HandshakeId: handshakeId ?? '' }, accountId),
      `${accountId} is a member.`,
    ),
  );
  const made = element('tr', {}, [
    element('td', {}, [
      element('span', { class: 'name' }, [name]),
      element('code', {}, [accountId]),
    ]),
    status,
    element('td', {}, [recorder, left]),
    element('td', { class: 'actions' }, [promote, confirm, accept]),
  ]);
  return {
    made,
    /** @param {Row} row */
    update(row) {
      setText(status, row.status);
      const state = row.recorder?.status ?? '–';
      setText(recorder, state);
      recorder.dataset.state = state;
      const until = state === 'BUILDING' ? row.recorder?.registeredAtMs : undefined;
      left.dataset.until = row.isHeld ? 'held' : String(until ?? '');
      promote.hidden = !row.canPromote;
      confirm.hidden = !row.canConfirm;
      accept.hidden = row.handshakeId === undefined;
      showLeft(left, nowMs());
    },
  };
}

/** How long what is being built still takes, whether or not the state was asked for again. */
export function tick(/** @type {number} */ nowMs) {
  for (const left of document.querySelectorAll('.left')) {
    showLeft(/** @type {HTMLElement} */ (left), nowMs);
  }
}

/** @param {HTMLElement} left @param {number} nowMs */
function showLeft(left, nowMs) {
  if (left.dataset.until === 'held') {
    setText(left, 'held there');
    return;
  }
  const seconds = Math.ceil((Number(left.dataset.until) - nowMs) / 1000);
  const isLeft = left.dataset.until !== '' && seconds > 0;
  const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0')];
  setText(left, isLeft ? `${minutes}:${rest} left` : '');
}

/**
 * @param {Row} row
 * @param {(action: () => Promise<unknown>, done: string) => Promise<void>} perform
 */
async function askForPromotion({ accountId, name }, perform) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('promote-dialog'));
  const email = /** @type {HTMLInputElement} */ (dialog.querySelector('[name=email]'));
  setText(byId('promote-title'), `Promote ${name}`);
  dialog.returnValue = 'cancel';
  dialog.showModal();
  email.focus();
  await new Promise((resolve) => {
    dialog.addEventListener('close', resolve, { once: true });
  });
  if (dialog.returnValue !== 'promote') return;
  await perform(
    () => call(DIRECTORY, 'PromoteResourceAccount', { AccountId: accountId, Email: email.value }),
    `${name} waits for somebody to confirm by e-mail.`,
  );
}
