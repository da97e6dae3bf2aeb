/**
 * @typedef {import('../report-data.ts').Member} Member
 * @typedef {import('../texts.ts').PageTexts} PageTexts
 * @typedef {keyof PageTexts['columns']} ColumnName
 */

/**
 * What needs attention first.
 *
 * @type {readonly Member['state'][]}
 */
export const STATES = ['failed', 'overdue', 'pending', 'unknown', 'covered'];

/**
 * What each column is sorted by. What is absent comes last, either way.
 *
 * @type {Readonly<Record<ColumnName, (member: Member) => string | number | undefined>>}
 */
const SORTED_BY = {
  state: ({ state }) => STATES.indexOf(state),
  name: ({ name }) => name,
  account: ({ accountId }) => accountId,
  folder: ({ folderPath }) => folderPath.join(' / ') || undefined,
  joined: ({ joinedAt }) => joinedAt,
  recorder: ({ recorderStatus }) => recorderStatus,
  last: ({ timeline }) => timeline[0]?.to,
  tries: ({ timeline }) => timeline[0]?.startAttempts,
  recommendation: ({ recommendation }) => recommendation,
};

/**
 * Sorted by a column; where that says nothing, what needs attention first, then what is longest in
 * its state.
 *
 * @param {readonly Member[]} members
 * @param {ColumnName} column
 * @param {boolean} isDescending
 * @param {string} lang
 */
export function sortMembers(members, column, isDescending, lang) {
  const keyOf = SORTED_BY[column];
  const collator = new Intl.Collator(lang, { numeric: true });
  const sign = isDescending ? -1 : 1;
  /** @param {Member} member */
  const attentionOf = (member) =>
    `${STATES.indexOf(member.state)} ${member.stateSince ?? '9'} ${member.accountId}`;
  return members
    .map((member) => ({ member, key: keyOf(member), attention: attentionOf(member) }))
    .sort((a, b) => {
      const byAttention = a.attention < b.attention ? -1 : 1;
      if (a.key === b.key) return byAttention;
      if (a.key === undefined) return 1;
      if (b.key === undefined) return -1;
      const order =
        typeof a.key === 'number' && typeof b.key === 'number'
          ? a.key - b.key
          : collator.compare(String(a.key), String(b.key));
      return sign * order || byAttention;
    })
    .map(({ member }) => member);
}

/**
 * Everything of a member that the filter looks in, in small letters.
 *
 * @param {Member} member
 */
export function filterText(member) {
  const last = member.timeline[0];
  return [
    member.name,
    member.accountId,
    member.folderPath.join(' / '),
    member.state,
    member.recorderStatus,
    member.recommendation,
    last?.outcome,
    last?.errorCode,
    last?.errorMessage,
    last?.runId,
    last?.cloudRequestId,
  ]
    .filter((text) => text !== undefined)
    .join('\n')
    .toLowerCase();
}
