import { byId, element, sign } from './dom.js';
import { dayOf } from './format.js';
import { timeElement, timelineOf } from './timeline.js';

/**
 * @typedef {import('../report-data.ts').Member} Member
 * @typedef {import('../report-data.ts').ReportData} ReportData
 * @typedef {import('../texts.ts').PageTexts} PageTexts
 */

/**
 * Makes a member's row: its cells as the head names them, and a button that opens its results below
 * it. What is open stays so when rows are made anew.
 *
 * @param {Pick<ReportData, 'evidence' | 'utcOffsetMinutes'>} data
 * @param {PageTexts} texts
 * @returns {(member: Member) => HTMLElement[]}
 */
export function createRows({ evidence, utcOffsetMinutes }, texts) {
  const noRecorder = evidence === undefined ? texts.notKnown : texts.notInGroup;
  /** @type {Set<string>} */
  const open = new Set();

  /** @param {Member} member */
  const detailOf = (member) =>
    element('tr', { class: 'detail', id: `results-${member.accountId}`, role: 'row' }, [
      element('td', { colspan: String(Object.keys(texts.columns).length), role: 'cell' }, [
        timelineOf(member, texts, utcOffsetMinutes),
      ]),
    ]);

  /**
   * @param {Member} member
   * @param {HTMLElement} button
   */
  const toggle = (member, button) => {
    const isOpen = !open.has(member.accountId);
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) {
      open.add(member.accountId);
      button.closest('tr')?.after(detailOf(member));
    } else {
      open.delete(member.accountId);
      byId(`results-${member.accountId}`)?.remove();
    }
  };

  return (member) => {
    const isOpen = open.has(member.accountId);
    const button = element(
      'button',
      {
        type: 'button',
        class: 'bare',
        'aria-expanded': String(isOpen),
        'aria-controls': `results-${member.accountId}`,
      },
      [member.name ?? texts.noName],
    );
    button.addEventListener('click', () => toggle(member, button));
    const row = element('tr', { class: `is-${member.state}`, role: 'row' }, [
      cell('state', [sign(member.state)]),
      element('th', { scope: 'row', role: 'rowheader', class: 'name' }, [button]),
      ...plainCells(member),
    ]);
    return isOpen ? [row, detailOf(member)] : [row];
  };

  /** @param {Member} member */
  function plainCells({ accountId, folderPath, joinedAt, recorderStatus, timeline, ...member }) {
    const last = timeline[0];
    const joined =
      joinedAt === undefined
        ? undefined
        : element('time', { datetime: joinedAt, title: joinedAt }, [
            dayOf(joinedAt, utcOffsetMinutes),
          ]);
    return [
      cell('account', [accountId]),
      cell('folder', [folderPath.join(' / ')]),
      cell('joined', [joined]),
      cell('recorder', [recorderStatus ?? noRecorder]),
      last === undefined
        ? cell('last', [texts.noResult])
        : cell('last', [sign(last.outcome), ' ', timeElement(last.to, utcOffsetMinutes)]),
      cell('tries', [last === undefined ? '' : String(last.startAttempts)]),
      member.recommendation === undefined
        ? cell('recommendation nothing', [texts.nothingToDo])
        : cell('recommendation', [member.recommendation]),
    ];
  }

  /**
   * @param {string} names of classes; the first is the column
   * @param {readonly (Node | string | undefined)[]} children
   */
  function cell(names, children) {
    const column = /** @type {keyof PageTexts['columns']} */ (names.split(' ')[0]);
    const label = texts.columns[column];
    return element('td', { class: names, role: 'cell', 'data-label': label }, children);
  }
}
