import { describe, expect, test } from 'vitest';
import { id, operatorOf } from '../../support/cli/half-covered.ts';
import { createFakeOperator, storedResult } from '../../support/cli/operator.ts';
import { groupOf, member } from '../../support/workflows/fake-ports.ts';

describe('status of some', () => {
  const accountsOf = (json: string) =>
    JSON.parse(json).accounts.map(({ accountId }: { accountId: string }) => accountId);

  test.each([
    [['--state', 'pending'], [id(5)]],
    [
      ['--state', 'covered', '--state', 'overdue'],
      [id(4), id(2)],
    ],
    [
      ['--limit', '2'],
      [id(2), id(3)],
    ],
    [['--uncovered', '--limit', '1'], [id(3)]],
  ])('%j', async (options, ids) => {
    const fake = operatorOf();
    expect(await fake.onboard('status', '--json', ...options)).toBe(2);
    expect(accountsOf(fake.stdout())).toEqual(ids);
    expect(JSON.parse(fake.stdout()).members).toBe(4);
  });

  test('a limit says what it leaves out, and the summary is that of all', async () => {
    const fake = operatorOf();
    await fake.onboard('status', '--limit', '1');
    expect(fake.stdout()).toContain('and 3 more');
    expect(fake.stdout()).toMatch(/1 of 4 members are covered: 1 failed, 1 overdue, 1 pending\.$/);
    expect(fake.stdout()).not.toContain(id(3));
  });

  test('what has one cause is one group, with how many there are', async () => {
    const ids = Array.from({ length: 7 }, (_, index) => id(20 + index));
    const fake = createFakeOperator({
      accounts: ids.map((accountId) => member(accountId)),
      group: [groupOf({})],
    });
    const denied = {
      error_code: 'NoPermission',
      error_message: 'No.',
      recommendation: 'Allow it.',
    };
    fake.store(
      ...ids.slice(0, 4).map((accountId) => storedResult(accountId, 'failed', denied)),
      ...ids
        .slice(4, 6)
        .map((accountId) =>
          storedResult(accountId, 'failed', { ...denied, error_message: 'Not you.' }),
        ),
    );
    await fake.onboard('status', '--uncovered');
    const titles = fake.stdout().match(/^\d+ \w+$/gm);
    expect(titles).toEqual(['4 failed', '2 failed', '1 pending']);
    expect(fake.stdout().match(/Allow it\./g)).toHaveLength(2);
    expect(fake.stdout()).toMatch(/4 failed\n {2}NoPermission: No\.\n {2}Allow it\.\naccount /);
  });
});
