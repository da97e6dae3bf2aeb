import type { OnboardingRequest } from '../../../workflows/onboarding/model.ts';
import type { ParsedInput } from '../../../workflows/onboarding/payload.ts';
import { onboard } from '../../../workflows/onboarding/run.ts';
import {
  createFakeWorld,
  type FakeCloud,
  MANAGEMENT_ACCOUNT_ID,
  member,
  START_MS,
} from './fake-ports.ts';

export const A = '1000000000000004';
export const B = '1000000000000005';
export const EVENT = { id: 'event-1', name: 'CreateResourceAccount' };

export const forAccount: OnboardingRequest = {
  trigger: 'event',
  scope: { kind: 'accounts', accounts: [{ accountId: A, name: 'sandbox', event: EVENT }] },
  events: [EVENT],
  dryRun: false,
};
export const forEveryMember: OnboardingRequest = {
  trigger: 'manual',
  scope: { kind: 'directory', excludedAccountIds: [] },
  events: [],
  dryRun: false,
};
/** As the schedule asks: every member, one look. */
export const glance: OnboardingRequest = { ...forEveryMember, trigger: 'schedule', verifyForMs: 0 };

const settings = {
  verifyForMs: 660_000,
  overdueAfterMs: 86_400_000,
  retry: { baseMs: 1_000, capMs: 30_000 },
  poll: { baseMs: 2_000, capMs: 15_000 },
};

/** The whole workflow over ports in memory. */
export function run(input: ParsedInput | OnboardingRequest, cloud: FakeCloud, timeoutMs = 780_000) {
  const world = createFakeWorld(cloud);
  const parsed = 'scope' in input ? { request: input, unused: [] } : input;
  const summary = onboard(parsed, world.ports, settings, {
    functionRequestId: 'function-request-1',
    managementAccountId: MANAGEMENT_ACCOUNT_ID,
    startedAtMs: START_MS,
    timeoutMs,
  });
  return { ...world, summary };
}

/** Kind, account and outcome of each entry. */
export const outcomesOf = (stored: readonly Readonly<Record<string, string>>[]) =>
  stored.map(({ entry_type, account_id, outcome }) => [entry_type, account_id, outcome]);

export function joinedDaysAgo(accountId: string, daysAgo: number) {
  return member(accountId, { joinedAtMs: START_MS - daysAgo * 86_400_000 });
}
