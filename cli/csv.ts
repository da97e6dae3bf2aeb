/** Records of text under their names, as RFC 4180 has it: CRLF, and quotes where they are needed. */
export function renderCsv(
  names: readonly string[],
  records: readonly Readonly<Record<string, string | undefined>>[],
): string {
  const rows = [names, ...records.map((record) => names.map((name) => record[name] ?? ''))];
  return rows.map((row) => row.map(quoteCsv).join(',')).join('\r\n');
}

function quoteCsv(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
