/** What a spreadsheet skips in front of a formula: it would still be one. */
const FORMULA = /^[\p{Z}\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n\0]/u;

/** More digits than a spreadsheet's number keeps, or shows; or a zero that it would drop. */
const DIGITS_THAT_ARE_TEXT = /^(?:\d{12,}|0\d+)$/;

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Records of text under their names, as RFC 4180 has it: every line ends with CRLF, quotes where
 * they are needed. What a spreadsheet would take for a formula begins with an apostrophe.
 *
 * With `forSpreadsheet`, the file begins with a byte order mark, without which Excel takes UTF-8 for
 * something else, and a tab follows numbers such as account ids: without it, a spreadsheet rounds
 * them to 15 digits. A script removes it by trimming.
 *
 * @param {readonly string[]} names
 * @param {readonly Readonly<Record<string, string | undefined>>[]} records
 * @param {{ readonly forSpreadsheet?: boolean }} [options] default: not for a spreadsheet alone
 * @returns {string}
 */
export function renderCsv(names, records, { forSpreadsheet = false } = {}) {
  const rows = [names, ...records.map((record) => names.map((name) => record[name] ?? ''))];
  const lines = rows.map((row) => row.map((value) => cellOf(value, forSpreadsheet)).join(','));
  return `${forSpreadsheet ? BYTE_ORDER_MARK : ''}${lines.map((line) => `${line}\r\n`).join('')}`;
}

/**
 * @param {string} value
 * @param {boolean} forSpreadsheet
 */
function cellOf(value, forSpreadsheet) {
  if (forSpreadsheet && DIGITS_THAT_ARE_TEXT.test(value)) return `"${value}\t"`;
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
