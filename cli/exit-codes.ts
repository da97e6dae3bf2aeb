import type { OutcomeCounts } from '../workflows/onboarding/model.ts';

/** What the command tells a script: the worst of what it saw. */
export const EXIT = {
  ALL_COVERED: 0,
  /** Usage, or an unexpected error. */
  ERROR: 1,
  /** Something failed or is overdue. */
  ATTENTION: 2,
  PENDING: 3,
  /** As a shell has it of a process that SIGINT ended. */
  INTERRUPTED: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function exitCodeOf(
  counts: Pick<OutcomeCounts, 'failed' | 'overdue' | 'pending'>,
): ExitCode {
  if (counts.failed + counts.overdue > 0) return EXIT.ATTENTION;
  return counts.pending > 0 ? EXIT.PENDING : EXIT.ALL_COVERED;
}

const WORST_FIRST: readonly ExitCode[] = [
  EXIT.INTERRUPTED,
  EXIT.ERROR,
  EXIT.ATTENTION,
  EXIT.PENDING,
];

/** Of several parts of one command. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.ALL_COVERED;
}
