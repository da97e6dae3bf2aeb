import { ERROR_RULES } from '../../../workflows/onboarding/error-rules.ts';

/** The table of errors in docs/settings-and-results.md, one row for codes that mean the same. */
export function errorTable(): string {
  const rows = new Map<string, string[]>();
  for (const { code, class: errorClass, recommendation } of ERROR_RULES) {
    const meaning = `${errorClass} | ${recommendation('{operation}')} |`;
    rows.set(meaning, [...(rows.get(meaning) ?? []), `\`${code}\``]);
  }
  return [
    '| code | class | recommendation |',
    '|---|---|---|',
    ...[...rows].map(([meaning, codes]) => `| ${codes.join(', ')} | ${meaning}`),
  ].join('\n');
}
