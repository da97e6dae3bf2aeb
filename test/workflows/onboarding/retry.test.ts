import { describe, expect, test } from 'vitest';
import type { CallOptions } from '../../../workflows/onboarding/ports.ts';
import {
  backoffMs,
  callTimeoutMs,
  type RetryContext,
  retryPolicies,
  withRetries,
} from '../../../workflows/onboarding/retry.ts';
import { cloudError, createFakeClock, START_MS } from '../../support/workflows/fake-ports.ts';

const policies = retryPolicies({ baseMs: 1_000, capMs: 30_000 });

/** The waits of a call that always fails, at the top of the jitter. */
async function waitsOf(error: Error, context: Partial<RetryContext> = {}) {
  const clock = createFakeClock();
  const call = () => Promise.reject(error);
  const deadlineMs = START_MS + 300_000;
  const top = { policies, clock, random: () => 1, deadlineMs, ...context };
  await expect(withRetries(call, top)).rejects.toBe(error);
  return clock.sleepsMs;
}

describe('the schedule of waits', () => {
  test('in progress: grows to the cap and goes on until the deadline', async () => {
    expect(await waitsOf(cloudError('ProcessIsRunning'))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000,
      29_500, 14_750, 7_375, 3_687.5, 1_843.75, 921.875, 460.9375,
    ]);
  });

  test('transient: eight retries', async () => {
    expect(await waitsOf(cloudError('ServiceUnavailable'))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  test('throttled: longer than transient', async () => {
    expect(await waitsOf(cloudError('Throttling.User'))).toEqual([
      4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 30_000,
    ]);
  });

  test('throttled with a wait of the server: that, and a random part of the first wait', async () => {
    const error = cloudError('Throttling.User', { retryAfterMs: 1_234 });
    expect(await waitsOf(error)).toEqual(Array(8).fill(1_234 + 4_000));
    expect(await waitsOf(error, { random: () => 0 })).toEqual(Array(8).fill(1_234));
  });

  test('uncertain: two retries', async () => {
    expect(await waitsOf(cloudError('CreateSLRFail'))).toEqual([1_000, 2_000]);
  });

  test.each(['NoPermission', 'RDMemberNoPermission', 'AccountNotExisted', 'SomethingNew'])(
    'permanent: %s is not tried again',
    async (code) => {
      expect(await waitsOf(cloudError(code))).toEqual([]);
    },
  );

  test('an error that is none of the cloud is not tried again', async () => {
    expect(await waitsOf(new TypeError('a bug'))).toEqual([]);
    expect(await waitsOf(new Error('a bug'))).toEqual([]);
  });

  test('each class counts for itself', async () => {
    const clock = createFakeClock();
    const answers = ['ProcessIsRunning', 'ServiceUnavailable', 'ProcessIsRunning', 'CreateSLRFail'];
    let turn = 0;
    const call = async () => {
      const code = answers[turn];
      turn += 1;
      if (code !== undefined) throw cloudError(code);
      return 'done';
    };
    const deadlineMs = START_MS + 60_000;
    const done = await withRetries(call, { policies, clock, random: () => 1, deadlineMs });
    expect(done).toBe('done');
    expect(clock.sleepsMs).toEqual([1_000, 1_000, 2_000, 1_000]);
  });
});

describe('the deadline', () => {
  test('no wait ends after it', async () => {
    const waits = await waitsOf(cloudError('ProcessIsRunning'), { deadlineMs: START_MS + 10_000 });
    expect(waits).toEqual([1_000, 2_000, 3_500, 1_750, 875, 437.5]);
  });

  test('a server that asks for more time than there is ends the tries', async () => {
    const error = cloudError('Throttling', { retryAfterMs: 20_000 });
    expect(await waitsOf(error, { deadlineMs: START_MS + 10_000 })).toEqual([]);
  });

  describe('no answer to the last try', () => {
    /** Answers with the errors one after the other, and with the last of them from then on. */
    const endOf = async (...codes: string[]) => {
      let turn = 0;
      const call = () => {
        const code = codes[Math.min(turn, codes.length - 1)] ?? '';
        turn += 1;
        return Promise.reject(cloudError(code));
      };
      const context = { policies, clock: createFakeClock(), random: () => 1 };
      const ended = withRetries(call, { ...context, deadlineMs: START_MS + 10_000 });
      return ended.catch((error) => error.code);
    };

    test('what the service said last stays', async () => {
      expect(await endOf('ProcessIsRunning', 'ProcessIsRunning', 'NoAnswer')).toBe(
        'ProcessIsRunning',
      );
    });

    test('it never said anything: no answer', async () => {
      expect(await endOf('NoAnswer')).toBe('NoAnswer');
    });

    test('it says something else in the end: that', async () => {
      expect(await endOf('NoAnswer', 'NoPermission')).toBe('NoPermission');
    });

    test.each([
      { ends: 'its last try', tries: 10, code: 'NoAnswer', deadlineMs: START_MS + 600_000 },
      {
        ends: 'time, one try before',
        tries: 9,
        code: 'ProcessIsRunning',
        deadlineMs: START_MS + 9,
      },
    ])('what ends it is $ends: $code', async ({ tries, code, deadlineMs }) => {
      const clock = createFakeClock();
      let turn = 0;
      const call = async () => {
        turn += 1;
        if (turn === 9) await clock.sleep(9);
        throw cloudError(turn === 1 ? 'ProcessIsRunning' : 'NoAnswer', { retryAfterMs: 0 });
      };
      const context = { policies, clock, random: () => 0, deadlineMs: deadlineMs + 100 };
      await expect(withRetries(call, context)).rejects.toMatchObject({ code });
      expect(turn).toBe(tries);
    });
  });

  test('the first try is made however late it is', async () => {
    const clock = createFakeClock();
    const call = async () => 'answered';
    const late = { policies, clock, random: () => 1, deadlineMs: START_MS - 1 };
    expect(await withRetries(call, late)).toBe('answered');
  });

  test('no try begins when there is hardly time for an answer', async () => {
    const leftMs = (deadlineMs: number) => ({ deadlineMs: START_MS + deadlineMs });
    expect(await waitsOf(cloudError('ProcessIsRunning'), leftMs(500))).toEqual([]);
    expect(await waitsOf(cloudError('ProcessIsRunning'), leftMs(501))).toEqual([250.5]);
    const told = cloudError('Throttling', { retryAfterMs: 1_000 });
    expect(await waitsOf(told, leftMs(1_100))).toEqual([]);
    expect(await waitsOf(told, leftMs(1_101))).toEqual([1_001]);
  });

  test('each try gets its share of what is left', async () => {
    const timeoutsMs: number[] = [];
    const call = ({ timeoutMs }: CallOptions) => {
      timeoutsMs.push(timeoutMs);
      return Promise.reject(cloudError('ProcessIsRunning'));
    };
    const deadlineMs = START_MS + 4_000;
    const context = { policies, clock: createFakeClock(), random: () => 1, deadlineMs };
    await expect(withRetries(call, context)).rejects.toThrow();
    expect(timeoutsMs).toEqual([2_000, 1_500, 750, 375, 187.5]);
  });

  test('a call gets at most half of what is left, and ten seconds', () => {
    expect([100_000, 20_000, 8_000, 100].map(callTimeoutMs)).toEqual([10_000, 10_000, 4_000, 50]);
  });
});

test('jitter is full: from nothing to the bound, at the cap too', () => {
  const backoff = { baseMs: 1_000, capMs: 8_000 };
  const at = (random: number) =>
    [1, 2, 3, 4, 5].map((attempt) => backoffMs(backoff, attempt, () => random));
  expect(at(0)).toEqual([0, 0, 0, 0, 0]);
  expect(at(0.5)).toEqual([500, 1_000, 2_000, 4_000, 4_000]);
  expect(at(1)).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
});

test('each retry is told before its wait: the failure, which try comes next, and how long it would go on', async () => {
  const clock = createFakeClock();
  const told: unknown[] = [];
  const errors = [cloudError('ProcessIsRunning'), cloudError('ServiceUnavailable')];
  await withRetries(
    async () => {
      const error = errors[told.length];
      if (error !== undefined) throw error;
    },
    {
      policies,
      clock,
      random: () => 1,
      deadlineMs: START_MS + 60_000,
      onRetry: (retry) => told.push({ ...retry, waitsBefore: clock.sleepsMs.length }),
    },
  );
  expect(told).toEqual([
    { error: errors[0], attempt: 2, waitMs: 1_000, deadlineMs: START_MS + 60_000, waitsBefore: 0 },
    { error: errors[1], attempt: 3, waitMs: 1_000, deadlineMs: START_MS + 60_000, waitsBefore: 1 },
  ]);
});
