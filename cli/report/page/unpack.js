/**
 * The members as the page carries them: rows without names, texts that occur often once. A row
 * says what stands where, and how:
 *
 * `plain` as it is, `text` and `texts` as places in the table of texts, `time` as milliseconds
 * before the report's `asOf`, `timeline` as rows of their own. What is absent is `null`, and left
 * away at a row's end.
 *
 * @typedef {'plain' | 'text' | 'texts' | 'time' | 'timeline'} Kind
 * @typedef {readonly (readonly [name: string, kind: Kind])[]} Shape
 * @typedef {import('../report-data.ts').ReportData} ReportData
 * @typedef {readonly unknown[]} Row
 * @typedef {{ readonly data: Omit<ReportData, 'members'>, readonly texts: readonly string[], readonly members: readonly Row[] }} Packed
 */

/** @type {Shape} */
export const MEMBER_SHAPE = [
  ['accountId', 'plain'],
  ['state', 'text'],
  ['folderPath', 'texts'],
  ['timeline', 'timeline'],
  ['name', 'text'],
  ['joinedAt', 'time'],
  ['recorderStatus', 'text'],
  ['stateSince', 'time'],
  ['recommendation', 'text'],
  ['resultsLeftOut', 'plain'],
];

/** @type {Shape} */
export const ENTRY_SHAPE = [
  ['outcome', 'text'],
  ['from', 'time'],
  ['to', 'time'],
  ['results', 'plain'],
  ['triggers', 'texts'],
  ['startAttempts', 'plain'],
  ['runId', 'text'],
  ['cloudRequestId', 'text'],
  ['recorderStatus', 'text'],
  ['recommendation', 'text'],
  ['errorCode', 'text'],
  ['errorMessage', 'text'],
];

/**
 * @param {Packed} packed
 * @returns {ReportData}
 */
export function unpack({ data, texts, members }) {
  const asOfMs = Date.parse(data.asOf);
  /** @type {Record<Kind, (value: any) => unknown>} */
  const read = {
    plain: (value) => value,
    text: (place) => texts[place],
    texts: (places) => places.map((/** @type {number} */ place) => texts[place]),
    time: (beforeMs) => new Date(asOfMs - beforeMs).toISOString(),
    timeline: (rows) => rows.map((/** @type {Row} */ row) => objectOf(row, ENTRY_SHAPE)),
  };
  /**
   * @param {Row} row
   * @param {Shape} shape
   */
  const objectOf = (row, shape) => {
    /** @type {Record<string, unknown>} */
    const object = {};
    row.forEach((value, index) => {
      const column = shape[index];
      if (value === null || column === undefined) return;
      const [name, kind] = column;
      object[name] = read[kind](value);
    });
    return object;
  };
  const unpacked = members.map((row) => objectOf(row, MEMBER_SHAPE));
  return {
    ...data,
    members: /** @type {ReportData['members']} */ (/** @type {unknown} */ (unpacked)),
  };
}
