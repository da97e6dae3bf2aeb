import { expect, test } from 'vitest';
import { each, finish, finishNow, type Steps, sorted } from './cooperate.ts';

test('sorts as a stable sort does, however long the list', () => {
  for (const length of [0, 1, 2, 511, 512, 513, 5000]) {
    const items = Array.from({ length }, (_, place) => ({ key: (place * 7919) % 97, place }));
    const expected = [...items].sort((left, right) => left.key - right.key);
    expect(finishNow(sorted(items, (left, right) => left.key - right.key))).toEqual(expected);
  }
});

test('lets others have their turn', async () => {
  let turns = 0;
  let done = false;
  const turn = () => {
    turns += 1;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  function* count(): Steps<number> {
    let visited = 0;
    yield* each(Array.from({ length: 100_000 }), () => {
      // As much as reading a log.
      for (let step = 0; step < 1000; step += 1) visited += step % 2;
    });
    return visited;
  }
  expect(await finish(count())).toBe(50_000_000);
  done = true;
  expect(turns).toBeGreaterThan(2);
});

test('ends with what is thrown on the way', async () => {
  function* broken(): Steps {
    yield* each([1], () => {
      throw new Error('broken');
    });
  }
  await expect(finish(broken())).rejects.toThrow('broken');
  expect(() => finishNow(broken())).toThrow('broken');
});
