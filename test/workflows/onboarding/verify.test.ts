import { describe, expect, test } from 'vitest';
import type { GroupSight } from '../../../workflows/onboarding/group-sight.ts';
import { type VerifyContext, verify } from '../../../workflows/onboarding/verify.ts';
import {
  cloudError,
  createFakeWorld,
  type FakeCloud,
  groupOf,
  START_MS,
} from '../../support/fake-ports.ts';

const BEFORE: GroupSight = { kind: 'seen', group: groupOf({ a: 'BUILDING', b: 'BUILDING' }) };

async function verifyWith(
  cloud: FakeCloud,
  before: GroupSight = BEFORE,
  deadlineMs = 600_000,
  overrides: Partial<VerifyContext> = {},
) {
  const world = createFakeWorld({ random: () => 1, ...cloud });
  const context = {
    ports: world.ports,
    poll: { baseMs: 2_000, capMs: 15_000 },
    deadlineMs: START_MS + deadlineMs,
    lookByMs: START_MS + deadlineMs,
    leastLooks: 0,
    isLongEnabled: false,
    ...overrides,
  };
  return { ...world, seen: await verify(['a', 'b'], before, context) };
}

const building = groupOf({ a: 'BUILDING', b: 'BUILDING' });
const half = groupOf({ a: 'REGISTERED', b: 'REBUILDING' });
const all = groupOf({ a: 'REGISTERED', b: 'REGISTERED' });

test('waits grow to the cap, and the last look ends the wait', async () => {
  const group = [building, building, building, building, half, all];
  const { clock, calls, seen } = await verifyWith({ group });
  expect(clock.sleepsMs).toEqual([2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  expect(calls).toEqual(Array(6).fill('group'));
  expect(seen.looks).toBe(6);
});

test('each account is covered when it was first seen to be', async () => {
  const { seen } = await verifyWith({ group: [half, all] });
  expect([...seen.coveredAtMs]).toEqual([
    ['a', START_MS + 2_000],
    ['b', START_MS + 6_000],
  ]);
});

test('REGISTERED is the only status that counts', async () => {
  const group = [groupOf({ a: 'REGISTRABLE', b: 'SOMETHING_NEW' })];
  const { seen } = await verifyWith({ group }, BEFORE, 30_000);
  expect([...seen.coveredAtMs]).toEqual([]);
});

test('nothing to verify: no call at all', async () => {
  const { ports, calls } = createFakeWorld({});
  const deadlineMs = START_MS + 1e6;
  await verify([], BEFORE, {
    ports,
    poll: { baseMs: 1, capMs: 1 },
    deadlineMs,
    lookByMs: deadlineMs,
    leastLooks: 1,
    isLongEnabled: true,
  });
  expect(calls).toEqual([]);
});

describe('out of time', () => {
  test('looks stop at the deadline, the last one close to it', async () => {
    const { clock, seen } = await verifyWith({ group: [building] }, BEFORE, 60_000);
    expect(clock.sleepsMs).toEqual([
      2_000, 4_000, 8_000, 15_000, 15_000, 8_000, 4_000, 2_000, 1_000,
    ]);
    expect(clock.now()).toBeLessThan(START_MS + 60_000);
    expect(seen.coveredAtMs.size).toBe(0);
  });

  test('a deadline that is over: no look', async () => {
    const { calls } = await verifyWith({ group: [all] }, BEFORE, 0);
    expect(calls).toEqual([]);
  });

  test('a call never gets more than half of what is left', async () => {
    const { timeoutsMs } = await verifyWith({ group: [building] }, BEFORE, 10_000);
    expect(timeoutsMs).toEqual([4_000, 2_000, 1_000, 500]);
  });
});

describe('looks that fail', () => {
  test('for a passing reason: the next look is the retry, and what was known stays', async () => {
    const group = [
      cloudError('ServiceUnavailable', { statusCode: 503 }),
      cloudError('NoAnswer'),
      all,
    ];
    const { seen } = await verifyWith({ group });
    expect(seen.looks).toBe(3);
    expect(seen.coveredAtMs.size).toBe(2);
  });

  test('for a passing reason to the end: what was known before still counts', async () => {
    const group = [building, cloudError('ServiceUnavailable', { statusCode: 503 })];
    const { seen } = await verifyWith({ group }, BEFORE, 30_000);
    expect(seen.groupSight).toEqual({ kind: 'seen', group: building });
  });

  test('throttled: the wait that the server asks for', async () => {
    const group = [cloudError('Throttling.User', { retryAfterMs: 9_000 }), all];
    const { clock } = await verifyWith({ group });
    expect(clock.sleepsMs).toEqual([2_000, 9_000]);
  });

  test('for good: no further look', async () => {
    const { seen, calls } = await verifyWith({ group: [cloudError('NoPermission')] });
    expect(calls).toEqual(['group']);
    expect(seen.groupSight).toMatchObject({ kind: 'unreadable', error: { code: 'NoPermission' } });
  });

  test('an error that is none of the cloud is thrown on', async () => {
    await expect(verifyWith({ group: [new TypeError('a bug')] })).rejects.toThrow('a bug');
  });
});

describe('no group to be seen', () => {
  const none: GroupSight = { kind: 'none' };

  test('while enterprise mode is being enabled: waited for', async () => {
    const { calls, seen } = await verifyWith(
      { group: [undefined, undefined, building, all] },
      none,
    );
    expect(calls).toEqual(Array(4).fill('group'));
    expect(seen.coveredAtMs.size).toBe(2);
  });

  test('although enterprise mode was on before: two looks, then waiting is over', async () => {
    const { calls, seen } = await verifyWith({ group: [undefined] }, none, 600_000, {
      isLongEnabled: true,
    });
    expect(calls).toHaveLength(2);
    expect(seen.groupSight.kind).toBe('none');
  });

  test('only just: the second look finds it', async () => {
    const { seen } = await verifyWith({ group: [undefined, all] }, none, 600_000, {
      isLongEnabled: true,
    });
    expect(seen.coveredAtMs.size).toBe(2);
  });
});

test('progress is told while others are waited for, and not for the last ones', async () => {
  const told: string[][] = [];
  await verifyWith({ group: [building, half, all] }, BEFORE, 600_000, {
    onProgress: async (accountIds) => {
      told.push([...accountIds]);
    },
  });
  expect(told).toEqual([['a']]);
});
