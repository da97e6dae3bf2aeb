import { expect, test } from 'vitest';
import { typed } from './scope.ts';

const keyOf = (key: string) => typed('bigint', key, () => null).key;

test('expressions are told apart by keys that do not grow with what is in them', () => {
  expect(keyOf('(n + 1)')).toBe('(n + 1)');
  const long = keyOf(`${'(n + '.repeat(500)}1`);
  expect(long.length).toBeLessThan(100);
  expect(keyOf(`${'(n + '.repeat(500)}1`)).toBe(long);
  expect(keyOf(`${'(n + '.repeat(500)}2`)).not.toBe(long);
});
