import { expect, test } from 'vitest';
import { displayWidth, onOneLine, truncateText, wrapText } from '../../cli/text-width.ts';

test.each([
  ['', 0],
  ['payments', 8],
  ['支付平台', 8],
  ['（华东）', 8],
  ['e\u0301', 1],
  ['🚀', 2],
  ['한국', 4],
  ['\x1b[31mred\x1b[39m', 3],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test.each([
  ['payments', 8, 'payments'],
  ['payments', 7, 'paymen…'],
  ['支付平台', 8, '支付平台'],
  ['支付平台', 7, '支付平…'],
  ['支付平台', 6, '支付…'],
])('%j in %i columns is %j', (text, width, shown) => {
  expect(truncateText(text, width)).toBe(shown);
  expect(displayWidth(shown)).toBeLessThanOrEqual(width);
});

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['  spaced   out ', 20, ['spaced out']],
  ['AliyunServiceRoleForConfig', 10, ['AliyunServ', 'iceRoleFor', 'Config']],
  ['看 支付平台生产 here', 6, ['看', '支付平', '台生产', 'here']],
  ['', 5, []],
])('%j wrapped to %i columns', (text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});

test('what a name could do to a terminal is taken out of it', () => {
  expect(onOneLine('a\r\x1b[2Kb\nc\td\x07')).toBe('a b c d ');
});
