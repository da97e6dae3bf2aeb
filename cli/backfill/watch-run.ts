import { classify } from '../../workflows/onboarding/error-rules.ts';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { Clock } from '../../workflows/onboarding/ports.ts';
import type { CommandContext } from '../command.ts';
import { describeRetry } from '../describe-retry.ts';
import { NoLogStore } from '../result-rows.ts';
import { describeProgress } from './describe-progress.ts';
import type { RunEnding, RunSource, RunState } from './run-state.ts';
import type { StartedRun } from './runner.ts';

export interface WatchOptions {
  /** Accounts that the run is about; absent when it was not planned here. */
  readonly total?: number;
  /** Of them, those whose recorder has to be built; absent when it was not planned here. */
  readonly toBuild?: number;
  /** Members of the directory, where the run's own accounts are not known. */
  readonly members?: number | undefined;
  /** How long to wait for its end, at most. */
  readonly waitMs: number;
  /** A run in this process: rejects when it breaks off without an entry of its own. */
  readonly running?: Promise<unknown>;
  /** Of a run in this process: the call that it last made again. */
  readonly lastRetry?: StartedRun['lastRetry'];
}

export type Watched =
  | { readonly kind: 'over'; readonly ending: RunEnding }
  | {
      readonly kind: 'interrupted' | 'out-of-time';
      readonly last?: RunState;
      /** Why the last look showed nothing. */
      readonly failure?: Error;
    };

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Looks at a run until it is over, until the time is up, or until the person goes, and says how far
 * it is. A look that fails for the moment is made again. What can't succeed rejects with its
 * `CloudError`; so does `NoLogStore`, unless it was there before: a new one comes and goes.
 */
export async function watchRun(
  source: RunSource,
  { total, toBuild, members, waitMs, running, lastRetry }: WatchOptions,
  { output, operator, interrupted, texts }: CommandContext,
): Promise<Watched> {
  const { clock } = operator;
  const startedAtMs = clock.now();
  let last: RunState | undefined;
  let failure: Error | undefined;
  let failures = 0;
  let pauseMs = FIRST_PAUSE_MS;
  const gone = new Promise<'gone'>((resolve) => {
    if (interrupted.aborted) resolve('gone');
    interrupted.addEventListener('abort', () => resolve('gone'), { once: true });
  });
  // Its success is nothing to wait for: the log store has the last word.
  const broken = running?.then(() => new Promise<never>(() => undefined));
  broken?.catch(() => undefined);
  const unfinished = (kind: 'interrupted' | 'out-of-time'): Watched => ({
    kind,
    ...(last && { last }),
    ...(failure && { failure }),
  });
  const first = <T>(work: Promise<T>): Promise<T | 'gone'> =>
    Promise.race([work, gone, ...(broken === undefined ? [] : [broken])]);

  try {
    for (;;) {
      const looked = await first(lookOnce(source, last !== undefined));
      if (looked === 'gone') return unfinished('interrupted');
      failure = looked instanceof Error ? looked : undefined;
      failures = failure === undefined ? 0 : failures + 1;
      if (!(looked instanceof Error)) last = looked;
      if (last?.ending !== undefined) return { kind: 'over', ending: last.ending };
      const elapsedMs = clock.now() - startedAtMs;
      const leftMs = Math.max(0, waitMs - elapsedMs);
      if (isCloudError(failure)) {
        const { text, timing } = describeRetry(failure, failures + 1, texts);
        output.progress(text, timing(Math.min(pauseMs, leftMs), leftMs));
      } else if (last !== undefined) {
        const { counts } = last;
        const facts = { counts, elapsedMs, waitMs, total, toBuild, members };
        const nowMs = clock.now();
        const retry = lastRetry?.();
        // It stays until one can tell whether there is another one.
        if (retry !== undefined && nowMs < retry.dueAtMs + LONGEST_PAUSE_MS) {
          const { text, timing } = describeRetry(retry.error, retry.attempt, texts);
          const left = (untilMs: number) => Math.max(0, untilMs - nowMs);
          output.progress(text, timing(left(retry.dueAtMs), left(retry.deadlineMs)));
        } else {
          const { text, timing } = describeProgress(facts, texts);
          output.progress(text, timing);
        }
      }
      if (leftMs === 0) return unfinished('out-of-time');
      if ((await first(pause(clock, Math.min(pauseMs, leftMs)))) === 'gone') {
        return unfinished('interrupted');
      }
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  } finally {
    output.endProgress();
  }
}

/** Its error, when this look failed and the next may not. */
async function lookOnce(source: RunSource, hasSeen: boolean): Promise<RunState | Error> {
  try {
    return await source.look();
  } catch (error) {
    if (hasSeen && error instanceof NoLogStore) return error;
    if (isCloudError(error) && classify(error) !== 'permanent') return error;
    throw error;
  }
}

async function pause(clock: Clock, durationMs: number): Promise<undefined> {
  await clock.sleep(durationMs);
}
