import { performance } from 'node:perf_hooks';
import { afterEach, expect, it, vi } from 'vitest';
import { createClock } from './clock.ts';
import { startTimeLimit } from './time-limit.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function limitOn(speed: number) {
  vi.useFakeTimers();
  vi.spyOn(performance, 'now').mockImplementation(Date.now);
  const clock = createClock({ speed });
  const onOver = vi.fn();
  const cancel = startTimeLimit(clock, 60_000, onOver);
  return { clock, onOver, cancel };
}

it('is real time on a clock that goes as real time does', () => {
  const { onOver } = limitOn(1);
  vi.advanceTimersByTime(59_990);
  expect(onOver).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect(onOver).toHaveBeenCalledOnce();
});

it('is real time on a hurried clock, too', () => {
  const { clock, onOver } = limitOn(200);
  vi.advanceTimersByTime(59_000);
  expect(clock.now()).toBeGreaterThan(Date.now() + 3_600_000);
  expect(onOver).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_100);
  expect(onOver).toHaveBeenCalledOnce();
});

it('stands with the clock', () => {
  const { clock, onOver } = limitOn(0);
  vi.advanceTimersByTime(3_600_000);
  clock.advance(3_600_000);
  vi.advanceTimersByTime(60_000);
  expect(onOver).not.toHaveBeenCalled();
});

it('is not moved on with the clock: who works in real time gets nothing done in a leap', () => {
  const { clock, onOver } = limitOn(1);
  vi.advanceTimersByTime(30_000);
  clock.advance(3_600_000);
  vi.advanceTimersByTime(29_900);
  expect(onOver).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(onOver).toHaveBeenCalledOnce();
});

it('goes on when the clock is let go', () => {
  const { clock, onOver } = limitOn(0);
  vi.advanceTimersByTime(70_000);
  clock.setSpeed(10);
  vi.advanceTimersByTime(59_000);
  expect(onOver).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_100);
  expect(onOver).toHaveBeenCalledOnce();
});

it('is over no more when it was cancelled', () => {
  const { clock, onOver, cancel } = limitOn(200);
  vi.advanceTimersByTime(10_000);
  cancel();
  clock.advance(3_600_000);
  vi.advanceTimersByTime(3_600_000);
  expect(onOver).not.toHaveBeenCalled();
});
