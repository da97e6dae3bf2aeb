import { describe, expect, test } from 'vitest';
import { cloudError, groupOf, START_MS } from '../../support/workflows/fake-ports.ts';
import { all, building, half, verifyWith } from '../../support/workflows/verify.ts';

test('waits grow to the cap, and the last look ends the wait', async () => {
  const group = [building, building, building, building, half, all];
  const { clock, calls, coverage } = await verifyWith({ group });
  expect(clock.sleepsMs).toEqual([2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  expect(calls).toEqual(Array(6).fill('group'));
  expect(coverage.looks).toBe(6);
});

test('each account keeps the evidence of the look that first showed it covered', async () => {
  const worse = { ...groupOf({ a: 'REBUILDING', b: 'REGISTERED' }), requestId: 'request-2' };
  const { coverage } = await verifyWith({ group: [{ ...half, requestId: 'request-1' }, worse] });
  expect([...coverage.covered]).toEqual([
    [
      'a',
      {
        verifiedBy: 'account-group',
        recorderStatus: 'REGISTERED',
        requestId: 'request-1',
        atMs: START_MS + 2_000,
      },
    ],
    [
      'b',
      {
        verifiedBy: 'account-group',
        recorderStatus: 'REGISTERED',
        requestId: 'request-2',
        atMs: START_MS + 6_000,
      },
    ],
  ]);
});

test('a look that fails is told of before the wait for the next one, as a call that is made again', async () => {
  const reset = cloudError('NoAnswer', { operation: 'GetAggregator' });
  const busy = cloudError('Throttling', { operation: 'GetAggregator', retryAfterMs: 9_000 });
  const { retries } = await verifyWith({ group: [reset, busy, half, reset, all] });
  const deadlineMs = START_MS + 600_000;
  expect(retries).toEqual([
    { error: reset, attempt: 2, waitMs: 4_000, deadlineMs },
    { error: busy, attempt: 3, waitMs: 9_000, deadlineMs },
    { error: reset, attempt: 2, waitMs: 15_000, deadlineMs },
  ]);
});

test('REGISTERED is the only status that counts', async () => {
  const group = [groupOf({ a: 'REGISTRABLE', b: 'SOMETHING_NEW' })];
  const { coverage } = await verifyWith({ group }, { deadlineMs: 30_000 });
  expect(coverage.covered.size).toBe(0);
});

test('nothing to verify: no call at all, not even after a start', async () => {
  const { calls } = await verifyWith({}, { accountIds: [], start: { attempts: 1 } });
  expect(calls).toEqual([]);
});

test('an account that was covered keeps the answer that first showed it', async () => {
  const again = { ...all, requestId: 'request-of-later' };
  const first = { ...half, requestId: 'request-of-first' };
  const { coverage } = await verifyWith({ group: [first, again] });
  expect(coverage.covered.get('a')?.requestId).toBe('request-of-first');
  expect(coverage.covered.get('b')?.requestId).toBe('request-of-later');
});

test('what is no member is not waited for', async () => {
  const { calls } = await verifyWith({ group: [building] }, { accountIds: [], skipped: ['a'] });
  expect(calls).toEqual([]);
});

describe('out of time', () => {
  test('looks stop at the deadline, the last one close to it', async () => {
    const { clock, coverage } = await verifyWith({ group: [building] }, { deadlineMs: 60_000 });
    expect(clock.sleepsMs).toEqual([
      2_000, 4_000, 8_000, 15_000, 15_000, 8_000, 4_000, 2_000, 1_000,
    ]);
    expect(clock.now()).toBeLessThan(START_MS + 60_000);
    expect(coverage.covered.size).toBe(0);
  });

  test('a deadline that is over: no look', async () => {
    expect((await verifyWith({ group: [all] }, { deadlineMs: 0 })).calls).toEqual([]);
  });

  test('a deadline that is over after a start: one look, at once', async () => {
    const { calls, clock, told } = await verifyWith(
      { group: [half] },
      { deadlineMs: 0, lookByMs: 10_000, start: { attempts: 1 } },
    );
    expect(calls).toEqual(['group']);
    expect(clock.sleepsMs).toEqual([0]);
    expect(told).toEqual([]);
  });

  test('a call never gets more than half of what is left', async () => {
    const { timeoutsMs } = await verifyWith({ group: [building] }, { deadlineMs: 10_000 });
    expect(timeoutsMs).toEqual([4_000, 2_000, 1_000, 500]);
  });
});

describe('after a start that failed', () => {
  test('for good: no look, for no account can be covered by it', async () => {
    const start = { attempts: 1, error: cloudError('NoPermission') };
    expect((await verifyWith({ group: [all] }, { start })).calls).toEqual([]);
  });

  test('and may have worked: one look', async () => {
    const start = { attempts: 9, error: cloudError('ServiceUnavailable', { statusCode: 503 }) };
    const { calls, clock } = await verifyWith({ group: [building] }, { start });
    expect(calls).toEqual(['group']);
    expect(clock.sleepsMs).toEqual([0]);
  });

  test('since the service was busy: it goes on looking', async () => {
    const start = { attempts: 9, error: cloudError('ProcessIsRunning') };
    const { calls } = await verifyWith({ group: [building, all] }, { start });
    expect(calls).toHaveLength(2);
  });
});

describe('the organization', () => {
  const being = { organizationStatus: 'BUILDING' };

  test('is read once more after a look', async () => {
    expect((await verifyWith({ group: [all] }, being)).calls).toEqual(['group', 'describe']);
  });

  test('is not, when nothing was looked at, or when there is no time', async () => {
    const group = { value: all };
    expect((await verifyWith({ group: [all] }, { ...being, group })).calls).toEqual([]);
    const late = { ...being, deadlineMs: 0, lookByMs: 0, start: { attempts: 1 } };
    expect((await verifyWith({ group: [building] }, late)).calls).toEqual(['group']);
  });
});

test('what is known is told before every wait', async () => {
  const { told } = await verifyWith({ group: [building, half, all] });
  expect(told).toEqual([[], [], ['a']]);
});
