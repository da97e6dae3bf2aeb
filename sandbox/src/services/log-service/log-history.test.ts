import { describe, expect, it } from 'vitest';
import { createWorld } from '../../world/world.ts';
import { createLogService } from './index.ts';
import type { HistoryLimits } from './log-history.ts';

const INDEX = { keys: { n: { type: 'long', doc_value: true } } };
const DAY_MS = 86_400_000;

function start(limits?: HistoryLimits, ttlDays = 30) {
  const world = createWorld({ speed: 0 });
  const service = createLogService({
    world,
    accountId: '1',
    visibleAfterMs: 0,
    ...(limits !== undefined && { limits }),
  });
  service.createProject('audit');
  service.createLogstore('audit', 'results', { ttlDays });
  service.createIndex('audit', 'results', INDEX);
  let next = 0;
  return {
    world,
    service,
    append(count: number, text = '') {
      const entries = Array.from({ length: count }, () => {
        next += 1;
        return { timeS: next, source: '', topic: '', contents: { n: String(next), text } };
      });
      service.append('audit', 'results', entries);
    },
    stored: () => service.entries('audit', 'results').map(({ contents }) => Number(contents.n)),
    found: (query: string) =>
      service.search('audit', 'results', { query }).map(({ contents }) => Number(contents.n)),
    count: async () => {
      const rows = await service.query('audit', 'results', { query: '* | select count(*) as c' });
      return Number(rows[0]?.c);
    },
  };
}

describe('of a logstore are kept', () => {
  it('as many logs as there may be, the newest', async () => {
    const { append, stored, found, count } = start({ mostLogs: 10, mostBytes: 1e9 });
    append(8);
    append(5);
    expect(stored()).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(found('n <= 4')).toEqual([4]);
    expect(await count()).toBe(10);
    append(25);
    expect(stored()).toEqual([29, 30, 31, 32, 33, 34, 35, 36, 37, 38]);
    expect(found('not n = 29')).toHaveLength(9);
  });

  it('as many segments of logs as may have so many', async () => {
    const { append, stored, found, count } = start({ mostLogs: 9000, mostBytes: 1e9 });
    append(20_000);
    expect(await count()).toBe(9000);
    expect(stored()[0]).toBe(11_001);
    expect(found('n in [11000 11002]')).toEqual([11_001, 11_002]);
    append(1);
    expect(found('n in [11000 11002]')).toEqual([11_002]);
  });

  it('as many bytes as there may be, at the least the last logs', () => {
    const { append, stored } = start({ mostLogs: 1e6, mostBytes: 1_000_000 });
    append(100, 'x'.repeat(10_000));
    expect(stored().length).toBeLessThan(60);
    expect(stored().length).toBeGreaterThan(20);
    expect(stored().at(-1)).toBe(100);
    append(1, 'x'.repeat(2_000_000));
    expect(stored()).toEqual([101]);
  });

  it('the days of its ttl, on the sandbox clock, from its arrival', () => {
    const { append, stored, found, world } = start(undefined, 7);
    append(2);
    world.clock.advance(4 * DAY_MS);
    append(1);
    world.clock.advance(3 * DAY_MS - 1);
    expect(stored()).toEqual([1, 2, 3]);
    world.clock.advance(1);
    expect(stored()).toEqual([3]);
    expect(found('n < 9')).toEqual([3]);
    world.clock.advance(4 * DAY_MS);
    expect(stored()).toEqual([]);
  });

  it('for ever with 3650 days', () => {
    const { append, stored, world } = start(undefined, 3650);
    append(1);
    world.clock.advance(5000 * DAY_MS);
    expect(stored()).toEqual([1]);
  });
});

it('a query sees what was there when it began', async () => {
  const { append, count } = start({ mostLogs: 5000, mostBytes: 1e9 });
  append(5000);
  const counted = count();
  append(5000);
  expect(await counted).toBe(5000);
});
