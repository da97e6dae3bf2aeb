/**
 * Records of text under their names, as RFC 4180 has it: every line ends with CRLF, quotes where
 * they are needed. For a spreadsheet: what it would take for a formula begins with an apostrophe.
 */
export function renderCsv(
  names: readonly string[],
  records: readonly Readonly<Record<string, string | undefined>>[],
): string {
  const rows = [names, ...records.map((record) => names.map((name) => record[name] ?? ''))];
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
