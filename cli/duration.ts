import humanizeDuration from 'humanize-duration';
import type { Texts } from './texts/en.ts';

/** For people: two units at most, `42 s`, `2 min 10 s`, `3 h 5 min`, `4 d`. */
export function describeDuration(durationMs: number, texts: Texts, largest = 2): string {
  const { units, spacer, unknown } = texts.duration;
  if (!Number.isFinite(durationMs)) return unknown;
  const humanize = humanizeDuration.humanizer({
    language: 'own',
    languages: {
      own: { d: () => units.d, h: () => units.h, m: () => units.m, s: () => units.s },
    },
    units: ['d', 'h', 'm', 's'],
    largest,
    round: true,
    delimiter: spacer,
    spacer,
  });
  return humanize(Math.max(0, durationMs));
}

/** Rounded to what an estimate can promise: `a few seconds`, `about 40 s`, `about 4 min`. */
export function describeEstimate(durationMs: number, texts: Texts): string {
  const { about, fewSeconds } = texts.duration;
  const seconds = durationMs / 1000;
  if (seconds < 10) return fewSeconds;
  const rounded = seconds <= 50 ? Math.ceil(seconds / 10) * 10 : Math.ceil(seconds / 60) * 60;
  return about(describeDuration(rounded * 1000, texts));
}

/** One unit, for a column: `just now`, `5 min ago`, `3 d ago`; what is no number is unknown. */
export function describeAge(ageMs: number, texts: Texts): string {
  const { ago, justNow, unknown } = texts.duration;
  if (!Number.isFinite(ageMs)) return unknown;
  return ageMs < 60_000 ? justNow : ago(describeDuration(ageMs, texts, 1));
}
