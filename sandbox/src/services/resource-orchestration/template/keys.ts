import { notModelled, rosError } from '../errors.ts';
import { isMap, type Value, type ValueMap } from './value.ts';

interface KnownKeys {
  readonly modelled: readonly string[];
  /** Known to the real service. */
  readonly unmodelled?: readonly string[];
}

/** Throws for every key that is not in the list: `InvalidSchema`, or `SandboxUnsupportedTemplate`. */
export function checkKeys(map: ValueMap, known: KnownKeys, path: string): void {
  for (const key of Object.keys(map)) {
    if (known.modelled.includes(key)) continue;
    if (known.unmodelled?.includes(key)) throw notModelled(`${path}.${key}`);
    throw rosError('InvalidSchema', `${path}.${key} is not a key that a template may have here.`);
  }
}

/** Throws `InvalidSchema`. An absent section is an empty one. */
export function mapAt(value: Value | undefined, path: string): ValueMap {
  if (value === undefined) return {};
  if (!isMap(value)) throw rosError('InvalidSchema', `${path} must be a map.`);
  return value;
}

export function textAt(value: Value | undefined, path: string): string {
  if (typeof value !== 'string') throw rosError('InvalidSchema', `${path} must be a text.`);
  return value;
}

const LANGUAGE = /^[a-z]{2}(-[A-Za-z]{2,4})?$/;

/** A text, or one for each language: the English one counts, else the first. */
export function wordingAt(value: Value | undefined, path: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  const texts = mapAt(value, path);
  for (const language of Object.keys(texts)) {
    if (!LANGUAGE.test(language)) {
      throw rosError('InvalidSchema', `${path}.${language} is not a language.`);
    }
    textAt(texts[language], `${path}.${language}`);
  }
  const chosen = texts.en ?? Object.values(texts)[0];
  return chosen === undefined ? undefined : textAt(chosen, path);
}
