import { describe, expect, test } from 'vitest';
import { cloudError, groupOf, START_MS } from '../../support/workflows/fake-ports.ts';
import { all, building, half, verifyWith } from '../../support/workflows/verify.ts';

describe('looks that fail', () => {
  test('for a passing reason: the next look is the retry, and what was known stays', async () => {
    const group = [
      cloudError('ServiceUnavailable', { statusCode: 503 }),
      cloudError('NoAnswer'),
      all,
    ];
    const { coverage } = await verifyWith({ group });
    expect(coverage.looks).toBe(3);
    expect(coverage.covered.size).toBe(2);
  });

  test('for a passing reason to the end: what was known before still counts', async () => {
    const group = [half, cloudError('ServiceUnavailable', { statusCode: 503 })];
    const { coverage } = await verifyWith({ group }, { deadlineMs: 30_000 });
    expect(coverage.group).toEqual({ value: half });
    expect(coverage.atMs).toBe(START_MS + 2_000);
  });

  test('an answer that lost all members shows nothing new', async () => {
    const { coverage } = await verifyWith({ group: [half, groupOf({})] }, { deadlineMs: 30_000 });
    expect(coverage.group).toEqual({ value: half });
  });

  test('throttled: not before the server asked for', async () => {
    const group = [cloudError('Throttling.User', { retryAfterMs: 9_000 }), all];
    const { clock } = await verifyWith({ group });
    expect(clock.sleepsMs).toEqual([2_000, 9_000]);
  });

  test('throttled for longer than there is time: no further look', async () => {
    const group = [cloudError('Throttling.User', { retryAfterMs: 9_000 }), all];
    const { clock, calls } = await verifyWith({ group }, { deadlineMs: 10_000 });
    expect(clock.sleepsMs).toEqual([2_000]);
    expect(calls).toEqual(['group']);
  });

  test('for good: no further look', async () => {
    const { coverage, calls } = await verifyWith({ group: [cloudError('NoPermission')] });
    expect(calls).toEqual(['group']);
    expect(coverage.group.error).toMatchObject({ code: 'NoPermission' });
  });

  test('an error that is none of the cloud is thrown on', async () => {
    await expect(verifyWith({ group: [new TypeError('a bug')] })).rejects.toThrow('a bug');
  });
});

describe('no group to be seen', () => {
  const none = { value: undefined };

  test('while enterprise mode is being enabled: waited for', async () => {
    const { calls, coverage } = await verifyWith(
      { group: [undefined, undefined, building, all] },
      { group: none, organizationStatus: 'BUILDING' },
    );
    expect(calls.slice(0, 4)).toEqual(Array(4).fill('group'));
    expect(coverage.covered.size).toBe(2);
  });

  test('although enterprise mode was on before: two looks, then waiting is over', async () => {
    const { calls, coverage } = await verifyWith({ group: [undefined] }, { group: none });
    expect(calls).toHaveLength(2);
    expect(coverage.group).toEqual(none);
  });

  test('only just: the second look finds it', async () => {
    const { coverage } = await verifyWith({ group: [undefined, all] }, { group: none });
    expect(coverage.covered.size).toBe(2);
  });
});

test('a group that is seen for the first time counts, also without members', async () => {
  const nobody = groupOf({});
  const { coverage } = await verifyWith(
    { group: [nobody, all] },
    { group: { value: undefined }, organizationStatus: 'BUILDING' },
  );
  expect(coverage.looks).toBe(2);
  const { coverage: first } = await verifyWith(
    { group: [nobody] },
    { group: { value: undefined }, deadlineMs: 0, lookByMs: 10_000, start: { attempts: 1 } },
  );
  expect(first.group.value).toBe(nobody);
});

test('a group that could not be read is looked for as long as there is time', async () => {
  const busy = cloudError('ServiceUnavailable', { statusCode: 503 });
  const { calls, coverage } = await verifyWith(
    { group: [busy, busy, busy, all] },
    { group: { error: busy } },
  );
  expect(calls).toEqual(Array(4).fill('group'));
  expect(coverage.covered.size).toBe(2);
});
