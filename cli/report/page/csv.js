/** What a spreadsheet skips in front of a formula: it would still be one. */
const FORMULA = /^[\p{Z}\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n\0]/u;

/** More digits than a spreadsheet's number keeps, or shows; or a zero that it would drop. */
const DIGITS_THAT_ARE_TEXT = /^(?:\d{12,}|0\d+)$/;

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Records of text under their names, for a spreadsheet: as RFC 4180 has it, every line ends with
 * CRLF, quotes where they are needed. What a spreadsheet would take for a formula begins with an
 * apostrophe. The file begins with a byte order mark, without which Excel takes UTF-8 for something
 * else, and a tab follows numbers such as account ids: without it, a spreadsheet rounds them to 15
 * digits. A script removes it by trimming.
 *
 * @param {readonly string[]} names
 * @param {readonly Readonly<Record<string, string | undefined>>[]} records
 * @returns {string}
 */
export function renderCsv(names, records) {
  const rows = [names, ...records.map((record) => names.map((name) => record[name] ?? ''))];
  const lines = rows.map((row) => `${row.map(cellOf).join(',')}\r\n`);
  return `${BYTE_ORDER_MARK}${lines.join('')}`;
}

/** @param {string} value */
function cellOf(value) {
  if (DIGITS_THAT_ARE_TEXT.test(value)) return `"${value}\t"`;
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
