import type { Style } from './output.ts';

/** The same colour for an outcome, or a state, wherever it is shown. */
export function styleOfOutcome(outcome: string, style: Style): (text: string) => string {
  if (outcome === 'covered' || outcome === 'already-covered') return style.good;
  if (outcome === 'failed' || outcome === 'overdue') return style.bad;
  return outcome === 'pending' ? style.warning : style.dim;
}
