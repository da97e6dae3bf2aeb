import { expect, test } from 'vitest';
import { once } from '../../alicloud/once.ts';

test('is done once, for all who ask; a failure is not kept', async () => {
  let calls = 0;
  const ask = once(async () => {
    calls += 1;
    if (calls === 1) throw new Error('not yet');
    return calls;
  });
  await expect(Promise.all([ask(), ask()])).rejects.toThrow('not yet');
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([2, 2, 2]);
});
