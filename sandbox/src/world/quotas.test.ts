import { performance } from 'node:perf_hooks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createClock } from './clock.ts';
import { createQuotas } from './quotas.ts';

const quota = { calls: 2, windowMs: 1000 };

test('the window slides: a call comes free exactly when it leaves the window', () => {
  const clock = createClock({ startMs: 0, speed: 0 });
  const quotas = createQuotas(clock);
  const take = () => quotas.take('1', 'config', 'Get', quota);
  expect(take()).toBe(true);
  clock.advance(600);
  expect(take()).toBe(true);
  expect(take()).toBe(false);
  clock.advance(399);
  expect(take()).toBe(false);
  clock.advance(1);
  expect(take()).toBe(true);
  expect(take()).toBe(false);
});

test('accounts, services and operations have quotas of their own', () => {
  const quotas = createQuotas(createClock({ speed: 0 }));
  const one = { calls: 1, windowMs: 1000 };
  expect(quotas.take('1', 'config', 'Get', one)).toBe(true);
  expect(quotas.take('2', 'config', 'Get', one)).toBe(true);
  expect(quotas.take('1', 'config', 'List', one)).toBe(true);
  expect(quotas.take('1', 'log-service', 'Get', one)).toBe(true);
  expect(quotas.take('1', 'config', 'Get', one)).toBe(false);
});

test('switched off, everything passes', () => {
  const quotas = createQuotas(createClock({ speed: 0 }));
  quotas.setEnabled(false);
  for (let call = 0; call < 5; call++) {
    expect(quotas.take('1', 'config', 'Get', quota)).toBe(true);
  }
});

test('a hurried clock empties no quota sooner', () => {
  let realMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => realMs);
  onTestFinished(() => void vi.restoreAllMocks());
  const clock = createClock({ startMs: 0, speed: 60 });
  const quotas = createQuotas(clock);
  const take = () => quotas.take('1', 'config', 'Get', quota);
  expect([take(), take(), take()]).toEqual([true, true, false]);
  realMs = 999;
  expect(clock.now()).toBe(59_940);
  expect(take()).toBe(false);
  realMs = 1000;
  expect(take()).toBe(true);
  clock.advance(1000);
  expect([take(), take(), take()]).toEqual([true, true, false]);
});

test('one operation is switched by itself, its parts with it', () => {
  const quotas = createQuotas(createClock({ speed: 0 }));
  const one = { calls: 1, windowMs: 1000 };
  const passes = (operation: string) => {
    quotas.take('1', 'log-service', operation, one);
    return quotas.take('1', 'log-service', operation, one);
  };
  quotas.setEnabledFor('log-service', 'PutLogs', false);
  expect([passes('PutLogs audit/results'), passes('GetLogs')]).toEqual([true, false]);
  quotas.setEnabled(false);
  quotas.setEnabledFor('log-service', 'PutLogs', true);
  expect([passes('PutLogs audit/other'), passes('GetLogs')]).toEqual([false, true]);
  expect(quotas.switches()).toEqual([
    { service: 'log-service', operation: 'PutLogs', enabled: true },
  ]);
  quotas.setEnabled(true);
  expect([quotas.enabled, quotas.switches()]).toEqual([true, []]);
});
