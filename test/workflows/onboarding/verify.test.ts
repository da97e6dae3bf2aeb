import { describe, expect, test } from 'vitest';
import type { GroupReading, Reading } from '../../../workflows/onboarding/model.ts';
import { planRun } from '../../../workflows/onboarding/plan.ts';
import { observedProgress, type StartOutcome } from '../../../workflows/onboarding/start.ts';
import { verify } from '../../../workflows/onboarding/verify.ts';
import {
  cloudError,
  createFakeWorld,
  type FakeCloud,
  groupOf,
  NO_HISTORY,
  START_MS,
} from '../../support/workflows/fake-ports.ts';

const building = groupOf({ a: 'BUILDING', b: 'BUILDING' });
const half = groupOf({ a: 'REGISTERED', b: 'REBUILDING' });
const all = groupOf({ a: 'REGISTERED', b: 'REGISTERED' });

interface Situation {
  readonly accountIds?: readonly string[];
  readonly skipped?: readonly string[];
  readonly group?: Reading<GroupReading | undefined>;
  readonly organizationStatus?: string;
  readonly start?: StartOutcome;
  readonly deadlineMs?: number;
  readonly lookByMs?: number;
}

async function verifyWith(cloud: FakeCloud, situation: Situation = {}) {
  const world = createFakeWorld({ random: () => 1, ...cloud });
  const {
    accountIds = ['a', 'b'],
    skipped = [],
    group = { value: building },
    organizationStatus = 'REGISTERED',
    start = { attempts: 0 },
    deadlineMs = 600_000,
    lookByMs = deadlineMs,
  } = situation;
  const snapshot = {
    takenAtMs: START_MS,
    organization: { value: { organizationStatus } },
    group,
    history: { value: NO_HISTORY },
    accounts: [
      ...accountIds.map((accountId) => ({ accountId })),
      ...skipped.map((accountId) => ({ accountId, skipReason: 'It is no member.' })),
    ],
  };
  const plan = planRun(snapshot, 'manual');
  const told: string[][] = [];
  const { coverage } = await verify(
    plan,
    snapshot,
    { ...observedProgress(snapshot, plan), start },
    {
      ports: world.ports,
      poll: { baseMs: 2_000, capMs: 15_000 },
      deadlineMs: START_MS + deadlineMs,
      lookByMs: START_MS + lookByMs,
      onProgress: async (progress) => {
        told.push([...progress.coverage.covered.keys()]);
      },
    },
  );
  return { ...world, coverage, told };
}

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

test('REGISTERED is the only status that counts', async () => {
  const group = [groupOf({ a: 'REGISTRABLE', b: 'SOMETHING_NEW' })];
  const { coverage } = await verifyWith({ group }, { deadlineMs: 30_000 });
  expect(coverage.covered.size).toBe(0);
});

test('nothing to verify: no call at all, not even after a start', async () => {
  const { calls } = await verifyWith({}, { accountIds: [], start: { attempts: 1 } });
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

test('a group that could not be read is looked for as long as there is time', async () => {
  const busy = cloudError('ServiceUnavailable', { statusCode: 503 });
  const { calls, coverage } = await verifyWith(
    { group: [busy, busy, busy, all] },
    { group: { error: busy } },
  );
  expect(calls).toEqual(Array(4).fill('group'));
  expect(coverage.covered.size).toBe(2);
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

test('what is known is told before every wait', async () => {
  const { told } = await verifyWith({ group: [building, half, all] });
  expect(told).toEqual([[], [], ['a']]);
});
