import type { OutcomeCounts } from '../workflows/onboarding/model.ts';

/** What the command tells a script. The worst of what it saw. */
export const EXIT = {
  ALL_COVERED: 0,
  /** Usage, or an unexpected error. */
  ERROR: 1,
  /** Something failed or is overdue. */
  ATTENTION: 2,
  PENDING: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function exitCodeOf(
  counts: Pick<OutcomeCounts, 'failed' | 'overdue' | 'pending'>,
): ExitCode {
  if (counts.failed + counts.overdue > 0) return EXIT.ATTENTION;
  return counts.pending > 0 ? EXIT.PENDING : EXIT.ALL_COVERED;
}
