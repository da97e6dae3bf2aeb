import { describe, expect, test } from 'vitest';
import type { OnboardingRequest } from '../../../workflows/onboarding/model.ts';
import { observe } from '../../../workflows/onboarding/observe.ts';
import { readPolicies } from '../../../workflows/onboarding/retry.ts';
import {
  cloudError,
  createFakeWorld,
  type FakeCloud,
  groupOf,
  MANAGEMENT_ACCOUNT_ID,
  member,
  NO_HISTORY,
  START_MS,
} from '../../support/workflows/fake-ports.ts';

const everyMember: OnboardingRequest = {
  trigger: 'event',
  scope: { kind: 'directory', excludedAccountIds: [] },
  events: [],
  dryRun: false,
};

async function observeWith(
  cloud: FakeCloud,
  request = everyMember,
  leftMs = 600_000,
  world = createFakeWorld({ random: () => 1, ...cloud }),
) {
  const retry = {
    policies: readPolicies({ baseMs: 1_000, capMs: 30_000 }),
    clock: world.clock,
    random: () => 1,
    deadlineMs: START_MS + leftMs,
  };
  const snapshot = await observe(request, {
    ports: world.ports,
    managementAccountId: MANAGEMENT_ACCOUNT_ID,
    poll: { baseMs: 2_000, capMs: 15_000 },
    retry,
    historyRetry: retry,
  });
  return { ...world, snapshot };
}

describe('an account group without members', () => {
  const empty = groupOf({});
  const full = groupOf({ a: 'REGISTERED' });

  test('is looked at again, after a wait, before it is believed', async () => {
    const { snapshot, calls, clock, timeoutsMs } = await observeWith(
      { group: [empty, full] },
      everyMember,
      12_000,
    );
    expect(snapshot.group.value).toBe(full);
    expect(calls.filter((call) => call === 'group')).toHaveLength(2);
    expect(clock.sleepsMs).toEqual([2_000]);
    // Half of what is left after the wait.
    expect(timeoutsMs[calls.lastIndexOf('group')]).toBe(5_000);
  });

  test('twice: it has none', async () => {
    const again = groupOf({});
    const { snapshot, calls } = await observeWith({ group: [empty, again] });
    expect(snapshot.group.value).toBe(again);
    expect(calls.filter((call) => call === 'group')).toHaveLength(2);
  });

  test('is all that was seen when the second look fails', async () => {
    const { snapshot } = await observeWith({ group: [empty, cloudError('NoAnswer')] });
    expect(snapshot.group).toEqual({ value: empty });
  });

  test('with a member, one look is enough', async () => {
    const { calls, clock } = await observeWith({ group: [full] });
    expect(calls.filter((call) => call === 'group')).toHaveLength(1);
    expect(clock.sleepsMs).toEqual([]);
  });

  test('that can not be seen is no group without members', async () => {
    const { calls, snapshot } = await observeWith({ group: [undefined] });
    expect(snapshot.group).toEqual({ value: undefined });
    expect(calls.filter((call) => call === 'group')).toHaveLength(1);
  });
});

test('an account that joined is in scope once, listed or not', async () => {
  const { snapshot } = await observeWith(
    { accounts: [member('a', { name: 'listed' }), member('b')] },
    {
      ...everyMember,
      scope: {
        kind: 'directory',
        excludedAccountIds: [],
        joined: [{ accountId: 'b' }, { accountId: 'c', name: 'new', event: { name: 'Any' } }],
      },
    },
  );
  expect(snapshot.accounts.map(({ accountId, name }) => [accountId, name])).toEqual([
    ['a', 'listed'],
    ['b', undefined],
    ['c', 'new'],
  ]);
});

test('the log store is asked about a month', async () => {
  const asked: number[] = [];
  const world = createFakeWorld({});
  const resultHistory = {
    read: async (sinceMs: number) => {
      asked.push(sinceMs);
      return NO_HISTORY;
    },
  };
  await observeWith({}, everyMember, 600_000, {
    ...world,
    ports: { ...world.ports, resultHistory },
  });
  expect(asked).toEqual([START_MS - 30 * 86_400_000]);
});
