import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFunctionWorld, type FunctionWorld } from '../../testing/function-world.ts';
import { parseTimerSchedule } from './timer-schedule.ts';

const START_MS = Date.parse('2026-11-20T03:04:05Z');

describe('a schedule', () => {
  it.each([
    ['@every 5m', '2026-11-20T03:09:05Z'],
    ['@every 90s', '2026-11-20T03:05:35Z'],
    ['@every 2h', '2026-11-20T05:04:05Z'],
    ['0 */5 * * * *', '2026-11-20T03:05:00Z'],
    ['0 0 4 * * *', '2026-11-20T04:00:00Z'],
    ['30 15 10 * * MON', '2026-11-23T10:15:30Z'],
    ['CRON_TZ=Asia/Shanghai 0 0 12 * * *', '2026-11-20T04:00:00Z'],
    ['0 0 9 ? * 7', '2026-11-22T09:00:00Z'],
    ['0 0 9 1-5,15 dec ?', '2026-12-01T09:00:00Z'],
    ['0 10/20 * * * *', '2026-11-20T03:10:00Z'],
    ['0 2/20 4 * * *', '2026-11-20T04:02:00Z'],
    ['0 0 0 29 2 *', '2028-02-29T00:00:00Z'],
  ])('%s fires next at %s', (expression, expected) => {
    expect(parseTimerSchedule(expression)(START_MS)).toBe(Date.parse(expected));
  });

  it.each([
    ['* 0 9 * * *', "seconds '*': 0–59"],
    ['0/30 0 9 * * *', 'seconds'],
    ['0 0 9 L * *', "day of month 'L': 1–31, with , - * ? /"],
    ['0 0 9 15W * *', 'day of month'],
    ['0 0 9 * * 5L', 'day of week'],
    ['0 0 9 * * MON#2', 'day of week'],
    ['0 0 9 * * 0', "day of week '0': 1–7 or MON–SUN"],
    ['0 0 9 * * 1/2', 'day of week'],
    ['0 0 9 * 13 *', 'month'],
    ['0 0 9 * ? *', 'month'],
    ['0 0 9 1 * MON', 'go together is not modelled'],
    ['0 0 9 30 2 *', 'never fires'],
  ])('refuses %s: %s', (expression, problem) => {
    expect(() => parseTimerSchedule(expression)).toThrow(problem);
  });

  it.each(['@every 5', '@every 0m', '@every 1.5h', '@daily', '*/5 * * * *', '0 99 * * * *', ''])(
    'refuses %s',
    (expression) => {
      expect(() => parseTimerSchedule(expression)).toThrow();
    },
  );
});

describe('a timer', () => {
  let fixture: FunctionWorld;

  beforeEach(async () => {
    fixture = await createFunctionWorld({ clockSpeed: 0 });
    fixture.createFunction('backfill', `exports.handler = async (event) => event;`);
  });

  afterEach(() => fixture.close());

  const events = async () => {
    await fixture.functionCompute.idle();
    return fixture.functionCompute
      .invocations()
      .map(({ mode, result }) => ({ mode, ...JSON.parse(result.toString()) }));
  };

  it('fires on the sandbox clock, each time it is due, asynchronously', async () => {
    const startMs = fixture.world.clock.now();
    fixture.functionCompute.createTimer('backfill', {
      name: 'every-5-minutes',
      cronExpression: '@every 5m',
      enable: true,
      payload: '{"verifyForSeconds":0}',
    });
    fixture.world.clock.advance(299_999);
    expect(await events()).toEqual([]);
    fixture.world.clock.advance(600_001);
    const fired = await events();
    expect(fired).toHaveLength(3);
    const text = (afterMs: number) => `${new Date(startMs + afterMs).toISOString().slice(0, 19)}Z`;
    expect(fired.map(({ triggerTime }) => triggerTime).sort()).toEqual([
      text(300_000),
      text(600_000),
      text(900_000),
    ]);
    expect(fired[0]).toMatchObject({
      mode: 'async',
      triggerName: 'every-5-minutes',
      payload: '{"verifyForSeconds":0}',
    });
  });

  it('that is not enabled fires only on demand', async () => {
    fixture.functionCompute.createTimer('backfill', {
      name: 'off',
      cronExpression: '@every 5m',
      enable: false,
    });
    fixture.world.clock.advance(3_600_000);
    expect(await events()).toEqual([]);
    fixture.functionCompute.fireTimer('backfill', 'off');
    expect(await events()).toMatchObject([{ triggerName: 'off', payload: '' }]);
    expect(() => fixture.functionCompute.fireTimer('backfill', 'other')).toThrow('other');
  });

  it('with a name that no trigger may have is refused', () => {
    const trigger = { cronExpression: '@every 5m', enable: true };
    for (const name of ['', '5-minutes', 'every five', 'x'.repeat(129)]) {
      const create = () => fixture.functionCompute.createTimer('backfill', { ...trigger, name });
      expect(create).toThrow('triggerName');
    }
  });

  it('whose event would be over the limit of asynchronous requests is refused', () => {
    const trigger = { name: 'large', cronExpression: '@every 5m', enable: true };
    const create = (length: number) =>
      fixture.functionCompute.createTimer('backfill', { ...trigger, payload: 'x'.repeat(length) });
    expect(() => create(128 * 1024)).toThrow(/'large' is larger than 131072 bytes/);
    create(127 * 1024);
  });

  it('stops with its function', async () => {
    fixture.functionCompute.createTimer('backfill', {
      name: 'five',
      cronExpression: '@every 5m',
      enable: true,
    });
    await fixture.functionCompute.deleteFunction('backfill');
    fixture.world.clock.advance(3_600_000);
    expect(await events()).toEqual([]);
  });
});
