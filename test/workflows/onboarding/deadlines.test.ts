import { describe, expect, test } from 'vitest';
import {
  deadlinesOf,
  historyDeadlineMs,
  recordDeadlineMs,
} from '../../../workflows/onboarding/deadlines.ts';

const budgetOf = (timeoutMs: number) =>
  deadlinesOf({ managementAccountId: '1', startedAtMs: 0, timeoutMs });

describe('deadlinesOf', () => {
  test('a long invocation keeps 30 s for recording, and 10 s for a last look', () => {
    expect(budgetOf(780_000)).toEqual({
      startByMs: 739_000,
      verifyByMs: 749_000,
      recordByMs: 779_000,
    });
  });

  test('a short one keeps shares', () => {
    expect(budgetOf(10_000)).toEqual({ startByMs: 5_500, verifyByMs: 6_500, recordByMs: 9_500 });
  });

  test('without a time-out only recording is bounded', () => {
    const budget = budgetOf(Number.POSITIVE_INFINITY);
    expect(budget.verifyByMs).toBe(Number.POSITIVE_INFINITY);
    expect(recordDeadlineMs(budget, 5_000)).toBe(125_000);
  });
});

test('the history gets 15 s, and never more than the start', () => {
  const budget = budgetOf(780_000);
  expect(historyDeadlineMs(budget, 5_000)).toBe(20_000);
  expect(historyDeadlineMs(budget, 735_000)).toBe(739_000);
});
