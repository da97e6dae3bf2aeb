import type { Texts } from './texts/en.ts';
import type { Finding } from './texts/finding.ts';

/**
 * What a person does next, in the reader's language. Recommendations are stored in English; another
 * language finds its own by the outcome and the code, and keeps the stored one for what it lacks.
 */
export function recommendationOf(finding: Finding, texts: Texts): string | undefined {
  if (finding.recommendation === undefined) return undefined;
  return texts.recommendation(finding) ?? finding.recommendation;
}
