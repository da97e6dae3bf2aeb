import { expect, it } from 'vitest';
import { createMatcher } from './wildcards.ts';

it.each([
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'a\nb', true],
  ['a*', 'a', true],
  ['a*', 'ba', false],
  ['*a', 'ba', true],
  ['*a', 'ab', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*bc*c', 'abcbc', true],
  ['a*bc*bc', 'abc', false],
  ['**', 'x', true],
  ['?', '😀', true],
  ['?', '', false],
  ['a?*', 'a', false],
  ['a?c', 'abc', true],
  ['a?c*?', 'abc', false],
  ['*?b', 'b', false],
  ['a.c', 'abc', false],
  ['[a-c]$^(x|y)+{2}\\', '[a-c]$^(x|y)+{2}\\', true],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(createMatcher(pattern, { any: '*', one: '?' })(text)).toBe(expected);
});
