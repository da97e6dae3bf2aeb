import { describe, expect, test, vi } from 'vitest';
import { cloudError, groupOf } from '../../support/workflows/fake-ports.ts';
import { A, B, forAccount, forEveryMember, run } from '../../support/workflows/run.ts';

describe('a busy start', () => {
  const busy = cloudError('ProcessIsRunning');

  test('of a directory without members is tried again: no look can make it needless', async () => {
    const { calls } = run(forEveryMember, {
      describe: [{ organizationStatus: 'REGISTRABLE' }],
      start: [busy, busy, { organizationStatus: 'BUILDING' }],
    });
    await vi.waitFor(() => expect(calls.filter((call) => call === 'start')).toHaveLength(3));
  });

  test('is tried again while one account of several needs it', async () => {
    const accounts = [{ accountId: A }, { accountId: B }];
    const { summary, calls } = run(
      { ...forAccount, scope: { kind: 'accounts', accounts } },
      {
        start: [busy, { organizationStatus: 'REGISTERED' }],
        group: [
          groupOf({ [A]: 'REGISTRABLE', [B]: 'REGISTRABLE' }),
          groupOf({ [A]: 'REGISTERED', [B]: 'REGISTRABLE' }),
          groupOf({ [A]: 'REGISTERED', [B]: 'REGISTERED' }),
        ],
      },
    );
    expect(await summary).toMatchObject({ startAttempts: 2, accounts: { covered: 2 } });
    expect(calls.filter((call) => call === 'start')).toHaveLength(2);
  });
});

test('an entry leaves out what has no value', async () => {
  const accounts = [{ accountId: A, name: '' }];
  const scope = { kind: 'accounts', accounts } as const;
  const events = [{ name: 'CreateResourceAccount' }, { id: 'event-2', name: 'AcceptHandshake' }];
  const { summary, stored } = run(
    { ...forAccount, scope, events },
    { group: [groupOf({ [A]: 'REGISTERED' })] },
  );
  await summary;
  expect(stored[0]).not.toHaveProperty('account_name');
  expect(stored[1]).toMatchObject({
    event_id: 'event-2',
    event_name: 'CreateResourceAccount,AcceptHandshake',
  });
});
