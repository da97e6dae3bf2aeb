import stringWidth from 'fast-string-width';
import { expect, test } from 'vitest';
import { onOneLine, truncateText, wrapText } from '../../cli/terminal-text.ts';

test.each([
  ['payments', 8, 'payments'],
  ['payments', 7, 'paymen…'],
  ['支付平台', 8, '支付平台'],
  ['支付平台', 7, '支付平…'],
  ['支付平台', 6, '支付…'],
  ['👩‍💻👩‍💻👩‍💻', 4, '👩‍💻…'],
])('%j in %i columns is %j', (text, width, shown) => {
  expect(truncateText(text, width)).toBe(shown);
  expect(stringWidth(shown)).toBeLessThanOrEqual(width);
});

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['  spaced   out ', 20, ['spaced out']],
  ['AliyunServiceRoleForConfig', 10, ['AliyunServ', 'iceRoleFor', 'Config']],
  ['✅✅✅', 4, ['✅✅', '✅']],
  ['', 5, []],
])('%j wrapped to %i columns', (text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});

test('what a name could do to a terminal is taken out of it', () => {
  expect(onOneLine('a\r\x1b[2Kb\nc\td\x07')).toBe('a b c d ');
});
