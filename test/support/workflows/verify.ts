import type { GroupReading, Reading } from '../../../workflows/onboarding/model.ts';
import { planRun } from '../../../workflows/onboarding/plan.ts';
import type { Retry } from '../../../workflows/onboarding/ports.ts';
import { observedProgress, type StartOutcome } from '../../../workflows/onboarding/start.ts';
import { verify } from '../../../workflows/onboarding/verify.ts';
import { createFakeWorld, type FakeCloud, groupOf, NO_HISTORY, START_MS } from './fake-ports.ts';

export const building = groupOf({ a: 'BUILDING', b: 'BUILDING' });
export const half = groupOf({ a: 'REGISTERED', b: 'REBUILDING' });
export const all = groupOf({ a: 'REGISTERED', b: 'REGISTERED' });

interface Situation {
  readonly accountIds?: readonly string[];
  readonly skipped?: readonly string[];
  readonly group?: Reading<GroupReading | undefined>;
  readonly organizationStatus?: string;
  readonly start?: StartOutcome;
  readonly deadlineMs?: number;
  readonly lookByMs?: number;
}

/** Verifies the accounts over ports in memory, after a look and a start that went as the situation says. */
export async function verifyWith(cloud: FakeCloud, situation: Situation = {}) {
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
  const retries: Retry[] = [];
  const { coverage } = await verify(
    plan,
    snapshot,
    { ...observedProgress(snapshot, plan), start },
    {
      ports: { ...world.ports, onRetry: (retry) => retries.push(retry) },
      poll: { baseMs: 2_000, capMs: 15_000 },
      deadlineMs: START_MS + deadlineMs,
      lookByMs: START_MS + lookByMs,
      onProgress: async (progress) => {
        told.push([...progress.coverage.covered.keys()]);
      },
    },
  );
  return { ...world, coverage, told, retries };
}
