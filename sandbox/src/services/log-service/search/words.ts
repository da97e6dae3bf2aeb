import type { Wording } from '../index-config.ts';
import { createMatcher } from '../wildcards.ts';

const CHINESE = /\p{Script=Han}/u;
/** The rest of a longer value is not searched. Source: "Limits on query and analysis". */
const SEARCHED_CHARACTERS = 512 * 1024;

export function hasChinese(text: string): boolean {
  return CHINESE.test(text);
}

const delimitersOf = new WeakMap<readonly string[], RegExp | undefined>();

/** A text's words under an index: cut at its delimiters, in lower case unless case counts. */
export function wordsOf(text: string, wording: Wording): readonly string[] {
  const searched = text.length > SEARCHED_CHARACTERS ? text.slice(0, SEARCHED_CHARACTERS) : text;
  const folded = wording.caseSensitive ? searched : searched.toLowerCase();
  const delimiters = delimitersIn(wording.token);
  const words = delimiters === undefined ? [folded] : folded.split(delimiters);
  return words.includes('') ? words.filter((word) => word !== '') : words;
}

/** A pattern's words: a wildcard is never a delimiter here, though `?` usually is one in logs. */
export function patternsOf(text: string, wording: Wording): ((word: string) => boolean)[] {
  const token = wording.token.filter((character) => character !== '*' && character !== '?');
  return wordsOf(text, { ...wording, token }).map((word) =>
    createMatcher(word, { any: '*', one: '?' }),
  );
}

function delimitersIn(token: readonly string[]): RegExp | undefined {
  if (delimitersOf.has(token)) return delimitersOf.get(token);
  const escaped = token.map((character) => character.replace(/[\]\\^-]/, '\\$&'));
  const delimiters = token.length === 0 ? undefined : new RegExp(`[${escaped.join('')}]`, 'u');
  delimitersOf.set(token, delimiters);
  return delimiters;
}
