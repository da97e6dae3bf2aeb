/** The answer of `backfill` to a dry run. */
export function planOf(steps: { none?: number; await?: number; start?: number }) {
  const { none = 0, await: building = 0, start = 0 } = steps;
  return {
    runId: 'plan',
    trigger: 'manual',
    dryRun: true,
    organizationStatus: 'REGISTERED',
    startAttempts: 0,
    accounts: {
      covered: 0,
      alreadyCovered: none,
      pending: building + start,
      overdue: 0,
      failed: 0,
      skipped: 0,
    },
    attention: [],
    durationMs: 1,
    plan: {
      startRecorder: start > 0,
      reason: 'Because.',
      accounts: { none, await: building, start, verify: 0, skip: 0 },
    },
  };
}
