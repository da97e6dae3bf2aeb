import { describe, expect, test } from 'vitest';
import type { GroupSight } from '../../../workflows/onboarding/group-sight.ts';
import { planRun } from '../../../workflows/onboarding/plan.ts';
import { cloudError, groupOf } from '../../support/fake-ports.ts';

const seen: GroupSight = { kind: 'seen', group: groupOf({}) };
const none: GroupSight = { kind: 'none' };
const unreadable: GroupSight = { kind: 'unreadable', error: cloudError('NoPermission') };
const ABSENT = undefined;

function plan(
  organizationStatus: string,
  groupSight: GroupSight,
  statuses: readonly (string | undefined)[],
) {
  return planRun({
    organization: { organizationStatus },
    groupSight,
    accounts: statuses.map((recorderStatus, index) => ({
      accountId: `account-${index}`,
      ...(recorderStatus === undefined ? {} : { recorderStatus }),
    })),
  });
}

describe('whether the recorder is started', () => {
  test.each([
    ['never activated', 'NOT_ACTIVATED', none, [ABSENT], true],
    ['enterprise mode off', 'REGISTRABLE', seen, [ABSENT], true],
    [
      'enterprise mode off, another account covered',
      'REGISTRABLE',
      seen,
      ['REGISTERED', ABSENT],
      true,
    ],
    ['enterprise mode off, no accounts yet', 'REGISTRABLE', none, [], true],
    ['all covered', 'REGISTERED', seen, ['REGISTERED', 'REGISTERED'], false],
    ['all covered whatever the organization says', 'REGISTRABLE', seen, ['REGISTERED'], false],
    ['enabled, one absent from the group', 'REGISTERED', seen, ['REGISTERED', ABSENT], true],
    ['enabled, one not registered', 'REGISTERED', seen, ['REGISTRABLE'], true],
    ['enabled, one in a state not known here', 'REGISTERED', seen, ['PAUSED'], true],
    ['enabled, the missing one is building', 'REGISTERED', seen, ['BUILDING', 'REGISTERED'], false],
    ['enabled, the missing one is rebuilding', 'REGISTERED', seen, ['REBUILDING'], false],
    ['enabled, one building and one absent', 'REGISTERED', seen, ['BUILDING', ABSENT], true],
    ['off, and the missing one is building', 'REGISTRABLE', seen, ['BUILDING'], false],
    ['being enabled', 'BUILDING', none, [ABSENT], false],
    ['being enabled, not in the group yet', 'BUILDING', seen, [ABSENT, 'REGISTRABLE'], false],
    ['enabled, but no group can be seen', 'REGISTERED', none, [ABSENT], true],
    ['enabled, and the group can not be read', 'REGISTERED', unreadable, [ABSENT], false],
    ['off, and the group can not be read', 'REGISTRABLE', unreadable, [ABSENT], true],
  ])('%s', (_, organizationStatus, sight, statuses, expected) => {
    expect(plan(organizationStatus, sight, statuses).startRecorder).toBe(expected);
  });
});

test('each account has its step', () => {
  const statuses = ['REGISTERED', 'BUILDING', 'REBUILDING', 'REGISTRABLE', ABSENT];
  expect(plan('REGISTERED', seen, statuses).accounts.map(({ step }) => step)).toEqual([
    'none',
    'await',
    'await',
    'start',
    'start',
  ]);
  expect(plan('REGISTERED', unreadable, [ABSENT]).accounts[0]?.step).toBe('verify');
  expect(plan('BUILDING', seen, [ABSENT, 'REGISTRABLE']).accounts.map(({ step }) => step)).toEqual([
    'await',
    'await',
  ]);
});

test('what is no member neither starts anything nor counts', () => {
  const skipped = { accountId: 'a', skipReason: 'Its status is CreateVerifying.' };
  const registered = { accountId: 'b', recorderStatus: 'REGISTERED' };
  const observation = {
    organization: { organizationStatus: 'REGISTRABLE' },
    groupSight: seen,
    accounts: [skipped, registered],
  };
  expect(planRun(observation)).toMatchObject({
    startRecorder: false,
    accounts: [{ step: 'skip' }, { step: 'none' }],
  });
});

test('nobody in scope is a member: nothing is turned on for their sake', () => {
  const skipped = { accountId: 'a', skipReason: 'Its status is CreateFailed.' };
  const organization = { organizationStatus: 'REGISTRABLE' };
  const { startRecorder, reason } = planRun({
    organization,
    groupSight: none,
    accounts: [skipped],
  });
  expect([startRecorder, reason]).toEqual([false, 'No account in scope is a member.']);
});

test.each([
  ['REGISTERED', seen, ['REGISTERED'], 'Every account in scope is covered.'],
  ['REGISTERED', seen, ['BUILDING'], 'What is not covered yet is being built.'],
  ['REGISTERED', seen, [], 'Enterprise mode is on, and the resource directory has no members.'],
  [
    'REGISTERED',
    unreadable,
    [ABSENT],
    "Enterprise mode is on, and the account group can't be read.",
  ],
])('why nothing is started: %#', (organizationStatus, sight, statuses, reason) => {
  expect(plan(organizationStatus, sight, statuses).reason).toBe(reason);
});

test('the reason says how many are missing', () => {
  expect(plan('REGISTERED', seen, ['REGISTERED', ABSENT, ABSENT]).reason).toBe(
    '2 of 3 accounts are not registered in the account group.',
  );
});
