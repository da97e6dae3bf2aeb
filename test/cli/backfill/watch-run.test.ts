import { describe, expect, test } from 'vitest';
import type { RunEnding, RunSource, RunState } from '../../../cli/backfill/run-state.ts';
import { watchRun } from '../../../cli/backfill/watch-run.ts';
import { NoLogStore } from '../../../cli/result-rows.ts';
import { countOutcomes } from '../../../workflows/onboarding/model.ts';

const NO_ACCOUNTS = countOutcomes([]);

import { createFakeOperator } from '../../support/cli/operator.ts';
import { cloudError } from '../../support/workflows/fake-ports.ts';

const ending: RunEnding = {
  runId: 'run-1',
  outcome: 'succeeded',
  counts: { ...NO_ACCOUNTS, covered: 3 },
  durationMs: 1,
};
const covered = (count: number): RunState => ({ counts: { ...NO_ACCOUNTS, covered: count } });
const over: RunState = { counts: ending.counts, ending };

/** What each look shows; the last one stays. */
function sourceOf(...script: readonly (RunState | Error | (() => RunState))[]): RunSource {
  let looks = 0;
  return {
    followId: 'run-1',
    openAccounts: async () => [],
    async look() {
      const shown = script[Math.min(looks, script.length - 1)];
      looks += 1;
      if (shown instanceof Error) throw shown;
      if (typeof shown === 'function') return shown();
      return shown ?? over;
    },
  };
}

test('looks at once, then after pauses that grow to two seconds', async () => {
  const { context, clock, progress } = createFakeOperator();
  const states = [0, 1, 1, 2, 2, 3].map(covered);
  const watched = await watchRun(
    sourceOf(...states, over),
    { total: 3, toBuild: 3, waitMs: 60_000 },
    context,
  );
  expect(watched).toEqual({ kind: 'over', ending });
  expect(clock.sleepsMs).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000]);
  expect(progress[0]).toBe('covered 0 of 3 · 0 s of 1 min at most · usually 2 to 10 min');
  expect(progress.at(-1)).toBe('covered 3 of 3 · 6 s of 1 min at most');
});

test('a look that fails for the moment is made again, and why is said', async () => {
  const { context, progress } = createFakeOperator();
  const source = sourceOf(
    cloudError('NoAnswer', { operation: 'GetLogs', message: 'No answer: ECONNRESET.' }),
    cloudError('Throttling', { operation: 'GetLogs' }),
    covered(1),
    cloudError('Throttling', { operation: 'GetLogs' }),
    over,
  );
  expect((await watchRun(source, { waitMs: 60_000 }, context)).kind).toBe('over');
  expect(progress).toEqual([
    'GetLogs: connection reset · 2nd try in 0 s, for 1 min more at most',
    'GetLogs: Throttling · 3rd try in 1 s, for 1 min more at most',
    'covered 1 so far · 1 s of 1 min at most',
    'GetLogs: Throttling · 2nd try in 2 s, for 58 s more at most',
  ]);
});

test('a look that can’t succeed ends it', async () => {
  const { context } = createFakeOperator();
  const refused = cloudError('Unauthorized', { statusCode: 401 });
  await expect(watchRun(sourceOf(refused), { waitMs: 60_000 }, context)).rejects.toBe(refused);
});

test('out of time: the last look is known', async () => {
  const { context, clock } = createFakeOperator();
  const startMs = clock.now();
  const watched = await watchRun(sourceOf(covered(1)), { total: 3, waitMs: 5_000 }, context);
  expect(watched).toEqual({ kind: 'out-of-time', last: covered(1) });
  expect(clock.now() - startMs).toBe(5_000);
});

test('out of time: why the last look failed is known', async () => {
  const { context } = createFakeOperator();
  const busy = cloudError('ServerBusy', { statusCode: 503 });
  expect(await watchRun(sourceOf(covered(1), busy), { waitMs: 5_000 }, context)).toEqual({
    kind: 'out-of-time',
    last: covered(1),
    failure: busy,
  });
  expect(await watchRun(sourceOf(busy, covered(1)), { waitMs: 5_000 }, context)).toEqual({
    kind: 'out-of-time',
    last: covered(1),
  });
});

test('a log store that was never there ends it; one that was seen may come back', async () => {
  const { context } = createFakeOperator();
  const missing = new NoLogStore(() => 'There is none.');
  await expect(watchRun(sourceOf(missing), { waitMs: 60_000 }, context)).rejects.toBe(missing);
  const source = sourceOf(covered(1), missing, over);
  expect((await watchRun(source, { waitMs: 60_000 }, context)).kind).toBe('over');
});

describe('the person goes', () => {
  test('meanwhile', async () => {
    const { context, interruption } = createFakeOperator();
    const source = sourceOf(covered(1), () => {
      interruption.abort();
      return covered(2);
    });
    const watched = await watchRun(source, { total: 3, waitMs: 60_000 }, context);
    expect(watched).toEqual({ kind: 'interrupted', last: covered(1) });
  });

  test('during a look that does not end', async () => {
    const { context, interruption } = createFakeOperator();
    const source = { ...sourceOf(over), look: () => new Promise<never>(() => undefined) };
    const watching = watchRun(source, { waitMs: 60_000 }, context);
    interruption.abort();
    expect(await watching).toEqual({ kind: 'interrupted' });
  });
});

describe('a run in this process', () => {
  test('breaks off: so does watching it', async () => {
    const { context } = createFakeOperator();
    const running = Promise.reject(new RangeError('broken'));
    await expect(
      watchRun(sourceOf(covered(0)), { waitMs: 60_000, running }, context),
    ).rejects.toThrow('broken');
  });

  test('what it tries again is said until that try has been made', async () => {
    const { context, clock, progress } = createFakeOperator();
    const error = cloudError('NoAnswer', {
      operation: 'GetAggregator',
      message: 'No answer: ECONNRESET.',
    });
    const dueAtMs = clock.now() + 3_000;
    const retry = { error, attempt: 4, waitMs: 3_000, dueAtMs, deadlineMs: clock.now() + 60_000 };
    const source = sourceOf(...Array<RunState>(6).fill(covered(1)), over);
    await watchRun(source, { total: 3, waitMs: 60_000, lastRetry: () => retry }, context);
    expect(progress).toEqual([
      'GetAggregator: connection reset · 4th try in 3 s, for 1 min more at most',
      'GetAggregator: connection reset · 4th try in 3 s, for 1 min more at most',
      'GetAggregator: connection reset · 4th try in 2 s, for 59 s more at most',
      'GetAggregator: connection reset · 4th try in 1 s, for 58 s more at most',
      'GetAggregator: connection reset · 4th try in 0 s, for 56 s more at most',
      'covered 1 of 3 · 6 s of 1 min at most',
    ]);
  });

  test('is over only when the log store says so', async () => {
    const { context } = createFakeOperator();
    const source = sourceOf(covered(1), covered(2), over);
    const watched = await watchRun(source, { waitMs: 60_000, running: Promise.resolve() }, context);
    expect(watched.kind).toBe('over');
  });
});
