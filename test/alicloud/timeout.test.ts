import { expect, it, onTestFinished, vi } from 'vitest';
import { withTimeout } from '../../alicloud/timeout.ts';
import { cloudErrorOf } from '../support/adapters/errors.ts';

it('ends a call that does not end by itself, and tells it', async () => {
  let signal: AbortSignal | undefined;
  const call = withTimeout('Read', 20, (given) => {
    signal = given;
    return new Promise(() => undefined);
  });
  expect(signal?.aborted).toBe(false);
  expect(await cloudErrorOf(call)).toMatchObject({
    operation: 'Read',
    code: 'NoAnswer',
    message: 'No answer: not within 20 ms.',
  });
  expect(signal?.aborted).toBe(true);
});

it('hands on what the call gives, and its error', async () => {
  let signal: AbortSignal | undefined;
  expect(
    await withTimeout('Read', 5_000, async (given) => {
      signal = given;
      return 7;
    }),
  ).toBe(7);
  expect(signal?.aborted).toBe(true);
  const error = new Error('its own');
  await expect(withTimeout('Read', 5_000, () => Promise.reject(error))).rejects.toBe(error);
});

it('leaves no timer behind', async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  await withTimeout('Read', 5_000, async () => 7);
  expect(vi.getTimerCount()).toBe(0);
});

it('hears no late error', async () => {
  const call = withTimeout('Read', 10, (signal) => {
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('late')));
    });
  });
  expect(await cloudErrorOf(call)).toMatchObject({ code: 'NoAnswer' });
  // An unhandled rejection would fail the test run.
  await new Promise((resolve) => setImmediate(resolve));
});

it.each([0, -5])('does not begin with %i ms left', async (timeoutMs) => {
  let begun = false;
  const call = withTimeout('Read', timeoutMs, async () => {
    begun = true;
  });
  expect(await cloudErrorOf(call)).toMatchObject({ code: 'NoAnswer' });
  expect(begun).toBe(false);
});
