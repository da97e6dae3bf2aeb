import { performance } from 'node:perf_hooks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { advanceInPieces, createClock } from './clock.ts';

const HOUR_MS = 3_600_000;

test('at speed 0 only advance moves time', () => {
  const clock = createClock({ startMs: 1000, speed: 0 });
  expect(clock.now()).toBe(1000);
  clock.advance(250);
  expect(clock.now()).toBe(1250);
});

test('what falls due while time advances happens in order, each at its own time', () => {
  const clock = createClock({ startMs: 0, speed: 0 });
  const rung: string[] = [];
  const ring = (name: string) => () => rung.push(`${name}@${clock.now()}`);
  clock.at(300, ring('late'));
  clock.at(100, () => {
    ring('early')();
    clock.at(clock.now() + 100, ring('from early'));
  });
  clock.at(300, ring('late too'));
  clock.at(500, ring('beyond'));
  clock.advance(400);
  expect(rung).toEqual(['early@100', 'from early@200', 'late@300', 'late too@300']);
  expect(clock.now()).toBe(400);
});

test('a cancelled callback and one after stop never come', () => {
  const clock = createClock({ startMs: 0, speed: 0 });
  let calls = 0;
  clock.at(10, () => calls++)();
  clock.advance(20);
  clock.at(30, () => calls++);
  clock.stop();
  clock.advance(100);
  expect(calls).toBe(0);
});

test('callbacks come by themselves as real time passes, sooner at a higher speed', async () => {
  const clock = createClock({ startMs: 0, speed: 1000 });
  const atMs = await new Promise<number>((resolve) => clock.at(20_000, () => resolve(clock.now())));
  expect(atMs).toBeGreaterThanOrEqual(20_000);
  clock.stop();
});

test('a callback that throws does not lose time or the ones after it', () => {
  const clock = createClock({ startMs: 0, speed: 0 });
  let calls = 0;
  clock.at(10, () => {
    throw new Error('broken');
  });
  clock.at(20, () => calls++);
  expect(() => clock.advance(100)).toThrow('broken');
  expect(clock.now()).toBe(100);
  clock.advance(0);
  expect(calls).toBe(1);
});

test('time does not go back', () => {
  expect(() => createClock().advance(-1)).toThrow(RangeError);
  expect(() => createClock({ speed: -1 })).toThrow(RangeError);
});

test('its speed can be changed: time goes on from where it is', () => {
  let realMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => realMs);
  onTestFinished(() => void vi.restoreAllMocks());
  const clock = createClock({ startMs: 1000, speed: 10 });
  realMs = 100;
  clock.setSpeed(2);
  expect([clock.now(), clock.speed()]).toEqual([2000, 2]);
  realMs = 200;
  expect(clock.now()).toBe(2200);
  // 200 ms have really passed.
  expect(clock.unhurriedNow()).toBe(1200);
  clock.setSpeed(0);
  realMs = 5000;
  expect(clock.now()).toBe(2200);
  clock.advance(300);
  expect([clock.now(), clock.unhurriedNow()]).toEqual([2500, 1500]);
});

test('a callback that waits comes sooner when the clock is hurried', async () => {
  const clock = createClock({ speed: 0 });
  const rung = new Promise<void>((resolve) => clock.at(clock.now() + 60_000, resolve));
  clock.setSpeed(100_000);
  await rung;
  clock.stop();
});

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 1e300, 8.64e15 + 1])(
  'does not advance by %d ms',
  (durationMs) => {
    const clock = createClock({ startMs: 0, speed: 0 });
    expect(() => clock.advance(durationMs)).toThrow(RangeError);
    expect(clock.now()).toBe(0);
  },
);

test.each([Number.NaN, -1, 100_001])('has no speed of %d', (speed) => {
  const clock = createClock({ speed: 3 });
  expect(() => clock.setSpeed(speed)).toThrow('from 0 to 100000');
  expect(clock.speed()).toBe(3);
});

test('a long way in pieces leaves others their turn', async () => {
  const clock = createClock({ startMs: 0, speed: 0 });
  const rung: number[] = [];
  const ring = (atMs: number) => {
    clock.at(atMs, () => {
      rung.push(atMs);
      ring(atMs + HOUR_MS / 2);
    });
  };
  ring(HOUR_MS / 2);
  const seen: number[] = [];
  const looking = setInterval(() => seen.push(clock.now()), 0);
  await advanceInPieces(clock, 10_000.5 * HOUR_MS);
  clearInterval(looking);
  expect(clock.now()).toBe(10_000.5 * HOUR_MS);
  expect(rung).toHaveLength(20_001);
  expect(seen.filter((nowMs) => nowMs < clock.now()).length).toBeGreaterThan(1);
  clock.stop();
});
