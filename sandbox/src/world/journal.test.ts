import { expect, test } from 'vitest';
import { createJournal } from './journal.ts';

const call = (operation: string, service = 'config') => ({
  atMs: 0,
  service,
  operation,
  apiVersion: '',
  accountId: undefined,
  requestId: operation,
  status: 200,
  errorCode: undefined,
  checked: [],
});

test('keeps the latest, numbers all, and counts all', () => {
  const journal = createJournal(3);
  expect(journal.entries()).toEqual([]);
  for (const operation of ['A', 'B', 'A', 'C', 'A']) journal.record(call(operation));
  expect(journal.entries().map(({ number, operation }) => [number, operation])).toEqual([
    [3, 'A'],
    [4, 'C'],
    [5, 'A'],
  ]);
  expect([journal.count('config', 'A'), journal.count('config'), journal.count('none')]).toEqual([
    3, 5, 0,
  ]);
});

test('fewer than its size are all there', () => {
  const journal = createJournal(3);
  journal.record(call('A'));
  expect(journal.entries()).toMatchObject([{ number: 1, operation: 'A' }]);
});

test.each([0, -1, 1.5, Number.NaN])('has no size of %d', (size) => {
  expect(() => createJournal(size)).toThrow('from 1 on');
});
