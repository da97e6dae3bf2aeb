import { element, sign } from './dom.js';
import { fill, formatCount, formatTime } from './format.js';

/**
 * @typedef {import('../report-data.ts').Member} Member
 * @typedef {import('../report-data.ts').TimelineEntry} TimelineEntry
 * @typedef {import('../texts.ts').PageTexts} PageTexts
 */

/**
 * One account's results, newest first.
 *
 * @param {Member} member
 * @param {PageTexts} texts
 * @param {number} utcOffsetMinutes
 */
export function timelineOf(member, texts, utcOffsetMinutes) {
  const { timeline, resultsLeftOut = 0 } = member;
  return element('div', { class: 'timeline' }, [
    element('h3', {}, [fill(texts.resultsOf, { name: member.name ?? member.accountId })]),
    timeline.length === 0 ? element('p', {}, [texts.noResult]) : undefined,
    element(
      'ol',
      { role: 'list' },
      timeline.map((entry) => itemOf(entry, texts, utcOffsetMinutes)),
    ),
    resultsLeftOut > 0
      ? element('p', { class: 'note' }, [
          fill(texts.leftOut, { count: formatCount(resultsLeftOut) }),
        ])
      : undefined,
  ]);
}

/**
 * @param {TimelineEntry} entry
 * @param {PageTexts} texts
 * @param {number} utcOffsetMinutes
 */
function itemOf(entry, texts, utcOffsetMinutes) {
  const { outcome, from, to, results, recorderStatus, triggers, startAttempts } = entry;
  const said = [
    results === 1 ? texts.oneResult : fill(texts.manyResults, { count: formatCount(results) }),
    recorderStatus === undefined
      ? texts.noRecorder
      : fill(texts.recorder, { status: recorderStatus }),
    fill(texts.trigger, { triggers: triggers.join(', ') }),
    fill(texts.tries, { count: String(startAttempts) }),
  ];
  return element('li', { class: `is-${outcome}` }, [
    element('p', {}, [sign(outcome), ' ', ...periodOf(from, to, utcOffsetMinutes)]),
    element('p', {}, [said.join(' · ')]),
    entry.errorCode === undefined
      ? undefined
      : element('p', {}, [
          `${texts.error} `,
          element('code', {}, [entry.errorCode]),
          ` ${entry.errorMessage ?? ''}`,
        ]),
    entry.recommendation === undefined ? undefined : element('p', {}, [entry.recommendation]),
    element('p', { class: 'ids' }, [
      `${texts.run} ${entry.runId}`,
      entry.cloudRequestId === undefined
        ? undefined
        : ` · ${texts.request} ${entry.cloudRequestId}`,
    ]),
  ]);
}

/**
 * @param {string} from
 * @param {string} to
 * @param {number} utcOffsetMinutes
 */
function periodOf(from, to, utcOffsetMinutes) {
  const start = timeElement(from, utcOffsetMinutes);
  if (from === to) return [start];
  return [start, ' – ', timeElement(to, utcOffsetMinutes)];
}

/**
 * @param {string} time
 * @param {number} utcOffsetMinutes
 */
export function timeElement(time, utcOffsetMinutes) {
  return element('time', { datetime: time, title: time }, [formatTime(time, utcOffsetMinutes)]);
}
