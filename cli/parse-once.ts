import { parse } from 'yaml';

const parsed = new Map<string, unknown>();

/**
 * YAML, each text once: a deployment reads the same templates many times, and parsing one takes longer
 * than most of what is done with it. What comes back is shared: nobody changes it.
 */
export function parseOnce(text: string): unknown {
  const known = parsed.get(text) ?? parse(text);
  parsed.set(text, known);
  return known;
}
