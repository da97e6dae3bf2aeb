import { expect, test } from 'vitest';
import { renderJson } from './json.ts';

test('a bigint is a bare integer with all its digits', () => {
  expect(renderJson({ id: 1234567890123456789n, list: [9007199254740993n] })).toBe(
    '{"id":1234567890123456789,"list":[9007199254740993]}',
  );
});

test('everything else is as JSON.stringify writes it', () => {
  const value = {
    text: 'a "b"\n中',
    number: 1.5,
    yes: true,
    none: null,
    list: [{}, []],
    gone: undefined,
  };
  expect(renderJson(value)).toBe(JSON.stringify(value));
});
