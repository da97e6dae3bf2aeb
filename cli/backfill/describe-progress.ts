import type { OutcomeCounts } from '../../workflows/onboarding/result.ts';
import { describeDuration, describeEstimate } from '../duration.ts';

export interface ProgressFacts {
  readonly counts: OutcomeCounts;
  /** Accounts that the run is about; absent when it was not planned here. */
  readonly total?: number;
  /** Since it was first looked at. */
  readonly elapsedMs: number;
}

/** What is news, and the clock beside it. Source of the usual time: "Enable Cloud Config". */
export function describeProgress(facts: ProgressFacts): { text: string; timing: string } {
  const { counts, total, elapsedMs } = facts;
  const covered = counts.covered + counts.alreadyCovered;
  const failed = counts.failed === 0 ? '' : `, ${counts.failed} failed`;
  const text =
    total === undefined
      ? `covered ${covered} so far${failed}`
      : `covered ${Math.min(covered, total)} of ${total}${failed}`;
  const leftMs = estimateMs(facts);
  const outlook =
    leftMs === undefined
      ? covered === 0 && total !== 0
        ? ' · building usually takes 2 to 10 minutes'
        : ''
      : ` · ${describeEstimate(leftMs)} left`;
  return { text, timing: `${describeDuration(elapsedMs)}${outlook}` };
}

/** From the speed so far, and from nothing else: before the run covers anything there is none. */
function estimateMs({ counts, total, elapsedMs }: ProgressFacts): number | undefined {
  if (total === undefined || counts.covered === 0 || elapsedMs <= 0) return undefined;
  const done = Object.values(counts).reduce((sum, one) => sum + one, 0) - counts.skipped;
  const left = total - done;
  return left <= 0 ? undefined : (elapsedMs / counts.covered) * left;
}
