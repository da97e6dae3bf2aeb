import type { Wording } from '../index-config.ts';

const CHINESE = /\p{Script=Han}/u;

export function hasChinese(text: string): boolean {
  return CHINESE.test(text);
}

/** A text's words under an index: cut at its delimiters, in lower case unless case counts. */
export function wordsOf(text: string, wording: Wording): string[] {
  const folded = wording.caseSensitive ? text : text.toLowerCase();
  const words: string[] = [];
  let word = '';
  for (const character of folded) {
    if (wording.token.includes(character)) {
      if (word !== '') words.push(word);
      word = '';
    } else {
      word += character;
    }
  }
  if (word !== '') words.push(word);
  return words;
}

/** A pattern's words: a wildcard is never a delimiter here, though `?` usually is one in logs. */
export function patternsOf(text: string, wording: Wording): RegExp[] {
  const token = wording.token.filter((character) => character !== '*' && character !== '?');
  return wordsOf(text, { ...wording, token }).map((word) => {
    const source = word
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`, 'su');
  });
}
