import type { OutcomeCounts } from '../../workflows/onboarding/model.ts';
import { describeDuration, describeEstimate } from '../duration.ts';
import type { Texts } from '../texts/en.ts';

export interface ProgressFacts {
  readonly counts: OutcomeCounts;
  /** Accounts that the run is about; absent when it was not planned here. */
  readonly total?: number;
  /** Of them, those whose recorder has to be built; absent when it was not planned here. */
  readonly toBuild?: number;
  /** Members of the directory, where the run's own accounts are not known. */
  readonly members?: number | undefined;
  /** Since it was first looked at. */
  readonly elapsedMs: number;
  /** How long it is watched, at most. */
  readonly waitMs: number;
}

const LONGEST_USUAL_MS = 600_000;
/** Before that, the speed so far says nothing: recorders are built at once, not one by one. */
const LEAST_SHARE = 0.2;

/** What is news, and the clock beside it. Source of the usual time: "Enable Cloud Config". */
export function describeProgress(
  facts: ProgressFacts,
  texts: Texts,
): { text: string; timing: string } {
  const { counts, total, members, elapsedMs, waitMs } = facts;
  const covered = counts.covered + counts.alreadyCovered;
  const shown = texts.run.covered(
    total === undefined ? covered : Math.min(covered, total),
    total,
    members,
  );
  const text = counts.failed === 0 ? shown : `${shown}, ${texts.run.failed(counts.failed)}`;
  const outlook = outlookOf(facts, texts);
  const since = texts.run.since(
    describeDuration(elapsedMs, texts),
    describeDuration(waitMs, texts),
  );
  return { text, timing: outlook === undefined ? since : `${since} · ${outlook}` };
}

function outlookOf(facts: ProgressFacts, texts: Texts): string | undefined {
  const { counts, total, toBuild = 0, elapsedMs } = facts;
  const done = Object.values(counts).reduce((sum, one) => sum + one, 0) - counts.skipped;
  if (total === undefined || toBuild === 0 || done >= total) return undefined;
  if (counts.covered >= toBuild * LEAST_SHARE) {
    const leftMs = (elapsedMs / counts.covered) * (total - done);
    return texts.run.left(describeEstimate(leftMs, texts));
  }
  return elapsedMs > LONGEST_USUAL_MS ? texts.run.unusual : texts.run.usual;
}
