import type { Finding } from '../../cli/doctor/check.ts';
import type { CheckResult } from '../../cli/doctor/run-checks.ts';
import type { Texts } from '../../cli/texts/en.ts';

/** One line for each: what it is about, and of what was found what `describe` says. */
export function showFindings(
  results: readonly CheckResult[],
  texts: Texts,
  describe: (finding: Finding, texts: Texts) => string,
  say: (text: string) => void,
): void {
  const { marks, titles } = texts.doctor;
  for (const { check, finding } of results) {
    say(`${marks[finding.state]} ${check.title(titles)}: ${describe(finding, texts)}`);
  }
}
