import { stripVTControlCharacters } from 'node:util';

/** Characters that take two columns of a terminal. Source: Unicode, East Asian Width W and F. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const PLAIN = /^[ -~]*$/;
const COMBINING = /\p{Mark}|\u200d/u;

/** Columns that a text takes on a terminal; colours take none. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of stripVTControlCharacters(text)) width += widthOf(character);
  return width;
}

/** Cut to `width` columns, with `…` at the end if anything was cut. For text without colours. */
export function truncateText(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${head(text, width - 1)}…`;
}

/** Lines of at most `width` columns, broken between words; a longer word is broken inside. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(/\s+/).filter((one) => one !== '')) {
    const extended = line === '' ? word : `${line} ${word}`;
    if (displayWidth(extended) <= width) {
      line = extended;
      continue;
    }
    if (line !== '') lines.push(line);
    while (displayWidth(word) > width) {
      const start = head(word, width);
      lines.push(start);
      word = word.slice(start.length);
    }
    line = word;
  }
  return line === '' ? lines : [...lines, line];
}

/** On one line, without what would move a terminal's cursor: names come from people. */
export function onOneLine(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\s]+/gu, ' ');
}

/** As many characters as fit, one at least. */
function head(text: string, width: number): string {
  let start = '';
  let used = 0;
  for (const character of text) {
    used += widthOf(character);
    if (used > width && start !== '') break;
    start += character;
  }
  return start;
}

function widthOf(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
