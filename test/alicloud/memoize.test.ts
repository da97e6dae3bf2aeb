import { expect, test } from 'vitest';
import { memoize } from '../../alicloud/memoize.ts';

test('is done once, for all who ask; a failure is not kept', async () => {
  let calls = 0;
  const read = memoize(async () => {
    calls += 1;
    if (calls === 1) throw new Error('not yet');
    return calls;
  });
  await expect(Promise.all([read(), read()])).rejects.toThrow('not yet');
  expect(await Promise.all([read(), read(), read()])).toEqual([2, 2, 2]);
});
