import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** Lines of at most `width` columns, broken between words; a longer word is broken inside. */
export function wrapText(text: string, width: number): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  return wrapAnsi(words.join(' '), width, { hard: true }).split('\n');
}

/** Cut to `width` columns, with `…` at the end if anything was cut. */
export function truncateText(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let start = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(start + segment) > width - 1) break;
    start += segment;
  }
  return `${start}…`;
}

/** On one line, without what would move a terminal's cursor: names come from people. */
export function onOneLine(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\s]+/gu, ' ');
}
