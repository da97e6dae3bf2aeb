import { describe, expect, test } from 'vitest';
import type {
  Account,
  GroupReading,
  History,
  OrganizationReading,
  Reading,
  Snapshot,
} from '../../../workflows/onboarding/model.ts';
import { planRun, START_INTERVALS } from '../../../workflows/onboarding/plan.ts';
import {
  cloudError,
  groupOf,
  NO_HISTORY,
  openSince,
  START_MS,
} from '../../support/workflows/fake-ports.ts';

type Group = Reading<GroupReading | undefined>;

const none: Group = { value: undefined };
const unreadable: Group = { error: cloudError('NoPermission') };
const ABSENT = undefined;

function snapshotOf(overrides: Partial<Snapshot>): Snapshot {
  return {
    takenAtMs: START_MS,
    organization: { value: { organizationStatus: 'REGISTERED' } },
    group: { value: groupOf({}) },
    history: { value: NO_HISTORY },
    accounts: [],
    ...overrides,
  };
}

/** `account-0`, `account-1`, …, each with its status in the account group. */
function snapshotWith(
  organization: string | Reading<OrganizationReading>,
  group: 'seen' | Group,
  statuses: readonly (string | undefined)[],
): Snapshot {
  const ids = statuses.map((_, index) => `account-${index}`);
  const inGroup = statuses.flatMap((status, index) => (status ? [[ids[index], status]] : []));
  return snapshotOf({
    organization:
      typeof organization === 'string'
        ? { value: { organizationStatus: organization } }
        : organization,
    group: group === 'seen' ? { value: groupOf(Object.fromEntries(inGroup)) } : group,
    accounts: ids.map((accountId) => ({ accountId })),
  });
}

const plan = (...situation: Parameters<typeof snapshotWith>) =>
  planRun(snapshotWith(...situation), 'manual');

describe('whether the recorder is started', () => {
  test.each<[string, string, 'seen' | Group, (string | undefined)[], boolean]>([
    ['never activated', 'NOT_ACTIVATED', none, [ABSENT], true],
    ['enterprise mode off', 'REGISTRABLE', 'seen', [ABSENT], true],
    ['off, another account covered', 'REGISTRABLE', 'seen', ['REGISTERED', ABSENT], true],
    ['enterprise mode off, no accounts yet', 'REGISTRABLE', none, [], true],
    ['all covered', 'REGISTERED', 'seen', ['REGISTERED', 'REGISTERED'], false],
    ['all covered whatever the organization says', 'REGISTRABLE', 'seen', ['REGISTERED'], false],
    ['enabled, one absent from the group', 'REGISTERED', 'seen', ['REGISTERED', ABSENT], true],
    ['enabled, one not registered', 'REGISTERED', 'seen', ['REGISTRABLE'], true],
    ['enabled, one in a state not known here', 'REGISTERED', 'seen', ['PAUSED'], true],
    ['enabled, the missing one builds', 'REGISTERED', 'seen', ['BUILDING', 'REGISTERED'], false],
    ['enabled, the missing one is rebuilding', 'REGISTERED', 'seen', ['REBUILDING'], false],
    ['enabled, one building and one absent', 'REGISTERED', 'seen', ['BUILDING', ABSENT], true],
    ['off, and the missing one is building', 'REGISTRABLE', 'seen', ['BUILDING'], false],
    ['being enabled', 'BUILDING', none, [ABSENT], false],
    ['being enabled, not in the group yet', 'BUILDING', 'seen', [ABSENT, 'REGISTRABLE'], false],
    ['enabled, but no group can be seen', 'REGISTERED', none, [ABSENT], true],
    ['enabled, and the group can not be read', 'REGISTERED', unreadable, [ABSENT], false],
    ['off, and the group can not be read', 'REGISTRABLE', unreadable, [ABSENT], true],
  ])('%s', (_, organizationStatus, group, statuses, expected) => {
    expect(plan(organizationStatus, group, statuses).startRecorder).toBe(expected);
  });
});

describe("whether enterprise mode is on can't be read", () => {
  const organization = { error: cloudError('Forbidden.RAM') };

  test('what the group says needs no second witness', () => {
    const { accounts, reason } = plan(organization, 'seen', ['REGISTERED', 'BUILDING']);
    expect(accounts.map(({ step }) => step)).toEqual(['none', 'await']);
    expect(reason).toBe('The recorders that are missing are being built.');
  });

  test('nothing is started for what the group does not show', () => {
    const { startRecorder, reason, accounts } = plan(organization, 'seen', [ABSENT]);
    expect([startRecorder, reason]).toEqual([
      false,
      "It can't be determined whether enterprise mode is on.",
    ]);
    expect(accounts.map(({ step }) => step)).toEqual(['verify']);
  });
});

test('each account has its step', () => {
  const statuses = ['REGISTERED', 'BUILDING', 'REBUILDING', 'REGISTRABLE', ABSENT];
  expect(plan('REGISTERED', 'seen', statuses).accounts.map(({ step }) => step)).toEqual([
    'none',
    'await',
    'await',
    'start',
    'start',
  ]);
  expect(plan('REGISTERED', unreadable, [ABSENT]).accounts[0]?.step).toBe('verify');
  expect(
    plan('BUILDING', 'seen', [ABSENT, 'REGISTRABLE']).accounts.map(({ step }) => step),
  ).toEqual(['await', 'await']);
});

const noMember: Account = { accountId: 'a', skipReason: 'Its status is CreateVerifying.' };
const off = { value: { organizationStatus: 'REGISTRABLE' } };

test('what is no member neither starts anything nor counts', () => {
  const group = { value: groupOf({ b: 'REGISTERED' }) };
  const accounts = [noMember, { accountId: 'b' }];
  expect(planRun(snapshotOf({ organization: off, group, accounts }), 'manual')).toMatchObject({
    startRecorder: false,
    accounts: [{ step: 'skip' }, { step: 'none' }],
  });
});

test('nobody in scope is a member: nothing is turned on for their sake', () => {
  const snapshot = snapshotOf({ organization: off, group: none, accounts: [noMember] });
  const { startRecorder, reason } = planRun(snapshot, 'manual');
  expect([startRecorder, reason]).toEqual([false, 'None of the accounts in scope is a member.']);
});

test.each<[string, 'seen' | Group, (string | undefined)[], string]>([
  ['REGISTERED', 'seen', ['REGISTERED'], 'Every account in scope is covered.'],
  ['REGISTERED', 'seen', ['BUILDING'], 'The recorders that are missing are being built.'],
  ['REGISTERED', 'seen', [], 'Enterprise mode is on, but the resource directory has no members.'],
  [
    'REGISTERED',
    unreadable,
    [ABSENT],
    "Enterprise mode is on, but the account group can't be read.",
  ],
])('why nothing is started: %#', (organizationStatus, group, statuses, reason) => {
  expect(plan(organizationStatus, group, statuses).reason).toBe(reason);
});

test('the reason says how many are missing', () => {
  expect(plan('REGISTERED', 'seen', ['REGISTERED', ABSENT, ABSENT]).reason).toBe(
    '2 of 3 accounts are not registered in the account group.',
  );
});

describe('when the schedule starts the recorder again', () => {
  const MINUTE = 60_000;
  const missing = snapshotWith('REGISTERED', 'seen', [ABSENT]);
  /** Starts, so many minutes ago, for an account that is open for a month. */
  const startsAgo = (...minutes: number[]): History =>
    openSince(
      { 'account-0': START_MS - 30 * 24 * 60 * MINUTE },
      { startsMs: minutes.map((ago) => START_MS - ago * MINUTE).sort((a, b) => b - a) },
    );
  const planWith = (history: Snapshot['history'], snapshot = missing) =>
    planRun({ ...snapshot, history }, 'schedule');

  test('the intervals: soon, then hourly, then daily', () => {
    expect(START_INTERVALS).toEqual([
      { fewerThan: 3, intervalMs: 0 },
      { fewerThan: 27, intervalMs: 3_600_000 },
      { fewerThan: Number.POSITIVE_INFINITY, intervalMs: 86_400_000 },
    ]);
  });

  test.each<[string, number[], boolean, number | undefined]>([
    ['never: now', [], true, undefined],
    ['twice: at the next run', [5, 10], true, undefined],
    ['three times: an hour after the last', [5, 10, 15], false, 55],
    ['three times, an hour ago: now', [60, 65, 70], true, undefined],
    ['26 times: hourly still', Array.from({ length: 26 }, (_, i) => 59 + 60 * i), false, 1],
    ['27 times: daily', Array.from({ length: 27 }, (_, i) => 61 + 60 * i), false, 24 * 60 - 61],
  ])('%s', (_, startsMinutesAgo, isStarted, dueInMinutes) => {
    const planned = planWith({ value: startsAgo(...startsMinutesAgo) });
    expect(planned.startRecorder).toBe(isStarted);
    expect(planned.nextStartAtMs).toBe(dueInMinutes && START_MS + dueInMinutes * MINUTE);
    if (!isStarted) expect(planned.reason).toMatch(/the next start is due at 2026-11-2.*Z\.$/);
  });

  test('an account that was found open since then is not made to wait', () => {
    const snapshot = snapshotWith('REGISTERED', 'seen', [ABSENT, ABSENT]);
    const { value: history } = { value: startsAgo(5, 10, 15) };
    expect(planWith({ value: history }, snapshot).startRecorder).toBe(true);
    const since = openSince(
      { 'account-0': 0, 'account-1': START_MS - 12 * MINUTE },
      { startsMs: history.startsMs },
    );
    expect(planWith({ value: since }, snapshot).startRecorder).toBe(true);
  });

  test('a start at the very moment it was found open counts', () => {
    const since = START_MS - 15 * MINUTE;
    const history = openSince({ 'account-0': since }, { startsMs: startsAgo(5, 10, 15).startsMs });
    expect(planWith({ value: history }).startRecorder).toBe(false);
  });

  test('an account that no result left open needs its start now', () => {
    const { startsMs } = startsAgo(5, 10, 15);
    expect(planWith({ value: openSince({}, { startsMs }) }).startRecorder).toBe(true);
  });

  test('what could not be read waits as what is missing does', () => {
    const snapshot = {
      ...snapshotWith('REGISTRABLE', unreadable, [ABSENT]),
      history: { value: startsAgo(5, 10, 15) },
    };
    expect(planRun(snapshot, 'schedule').nextStartAtMs).toBe(START_MS + 55 * MINUTE);
  });

  test('what is being built waits for no start', () => {
    const snapshot = snapshotWith('REGISTERED', 'seen', [ABSENT, 'BUILDING']);
    expect(planWith({ value: startsAgo(5, 10, 15) }, snapshot).startRecorder).toBe(false);
  });

  test('a person and an event start at once', () => {
    const snapshot = { ...missing, history: { value: startsAgo(5, 10, 15) } };
    expect(planRun(snapshot, 'manual').startRecorder).toBe(true);
    expect(planRun(snapshot, 'event').startRecorder).toBe(true);
  });

  test("a log store that can't be read keeps the recorder from nothing", () => {
    expect(planWith({ error: cloudError('NoAnswer') }).startRecorder).toBe(true);
  });

  test('enterprise mode that stays off without members: the same', () => {
    const empty = snapshotWith('REGISTRABLE', none, []);
    const history = (status: string) => ({
      value: {
        openSinceMs: new Map(),
        organization: { status, sinceMs: START_MS - 60 * MINUTE },
        startsMs: [5, 10, 15].map((ago) => START_MS - ago * MINUTE),
      },
    });
    expect(planWith(history('REGISTRABLE'), empty).startRecorder).toBe(false);
    expect(planWith(history('REGISTERED'), empty).startRecorder).toBe(true);
    const { organization: _, ...unseen } = history('REGISTRABLE').value;
    expect(planWith({ value: unseen }, empty).startRecorder).toBe(true);
  });
});
