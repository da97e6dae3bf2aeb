import type {
  Account,
  GroupReading,
  OrganizationReading,
  Reading,
  Snapshot,
} from '../../../workflows/onboarding/model.ts';
import { type createFakeWorld, groupOf, NO_HISTORY, openSince, START_MS } from './fake-ports.ts';

export const DAY_MS = 86_400_000;
export const A = '1000000000000004';

export interface Situation {
  readonly status?: string;
  readonly group?: Reading<GroupReading | undefined>;
  readonly organization?: Reading<OrganizationReading>;
  readonly history?: Snapshot['history'];
  readonly skipReason?: string;
  readonly accounts?: readonly Account[];
}

export function snapshotOf({
  status,
  group = { value: groupOf(status === undefined ? {} : { [A]: status }) },
  organization = { value: { organizationStatus: 'REGISTERED' } },
  history = { value: NO_HISTORY },
  skipReason,
  accounts = [{ accountId: A, skipReason }],
}: Situation): Snapshot {
  return { takenAtMs: START_MS, organization, group, history, accounts };
}

/** Started again and again since it is open. */
export const often = (openMs: number) => ({
  value: {
    ...openSince({ [A]: START_MS - openMs }),
    startsMs: Array.from({ length: 5 }, (_, index) => START_MS - index * 60_000),
  },
});

export function retryOnce(clock: ReturnType<typeof createFakeWorld>['ports']['clock']) {
  return { policies: {} as never, clock, random: () => 0, deadlineMs: Number.MAX_SAFE_INTEGER };
}
