import { classify, isCloudError } from '../../workflows/onboarding/errors.ts';
import type { Clock } from '../../workflows/onboarding/ports.ts';
import type { CommandContext } from '../command.ts';
import { describeProgress } from './describe-progress.ts';
import type { RunEnding, RunSource, RunState } from './run-state.ts';

export interface WatchOptions {
  /** Accounts that the run is about; absent when it was not planned here. */
  readonly total?: number;
  /** How long to wait for its end, at most. */
  readonly waitMs: number;
  /** A run in this process: rejects when it breaks off without an entry of its own. */
  readonly running?: Promise<unknown>;
}

export type Watched =
  | { readonly kind: 'over'; readonly ending: RunEnding }
  | { readonly kind: 'interrupted' | 'out-of-time'; readonly last?: RunState };

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Looks at a run until it is over, until the time is up, or until the person goes, and says how far
 * it is. What fails for the moment is asked again; what can't succeed rejects with its `CloudError`.
 */
export async function watchRun(
  source: RunSource,
  { total, waitMs, running }: WatchOptions,
  { output, operator, interrupted }: CommandContext,
): Promise<Watched> {
  const { clock } = operator;
  const startedAtMs = clock.now();
  let last: RunState | undefined;
  let pauseMs = FIRST_PAUSE_MS;
  const gone = new Promise<'gone'>((resolve) => {
    if (interrupted.aborted) resolve('gone');
    interrupted.addEventListener('abort', () => resolve('gone'), { once: true });
  });
  // Its success is nothing to wait for: the log store has the last word.
  const broken = running?.then(() => new Promise<never>(() => undefined));
  broken?.catch(() => undefined);
  const first = <T>(work: Promise<T>): Promise<T | 'gone'> =>
    Promise.race([work, gone, ...(broken === undefined ? [] : [broken])]);

  try {
    for (;;) {
      const looked = await first(lookPatiently(source));
      if (looked === 'gone') return { kind: 'interrupted', ...(last && { last }) };
      last = looked ?? last;
      if (last?.ending !== undefined) return { kind: 'over', ending: last.ending };
      if (last !== undefined) {
        const elapsedMs = clock.now() - startedAtMs;
        const { text, timing } = describeProgress({
          counts: last.counts,
          elapsedMs,
          ...(total === undefined ? {} : { total }),
        });
        output.progress(text, timing);
      }
      if (clock.now() - startedAtMs >= waitMs)
        return { kind: 'out-of-time', ...(last && { last }) };
      if ((await first(pause(clock, pauseMs))) === 'gone') {
        return { kind: 'interrupted', ...(last && { last }) };
      }
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  } finally {
    output.endProgress();
  }
}

/** `undefined` when this look failed and the next may not. */
async function lookPatiently(source: RunSource): Promise<RunState | undefined> {
  try {
    return await source.look();
  } catch (error) {
    if (isCloudError(error) && classify(error) !== 'permanent') return undefined;
    throw error;
  }
}

async function pause(clock: Clock, durationMs: number): Promise<undefined> {
  await clock.sleep(durationMs);
}
