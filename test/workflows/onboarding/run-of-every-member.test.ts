import { describe, expect, test } from 'vitest';
import {
  cloudError,
  groupOf,
  member,
  openSince,
  START_MS,
} from '../../support/workflows/fake-ports.ts';
import { A, forEveryMember, joinedDaysAgo, outcomesOf, run } from '../../support/workflows/run.ts';

describe('every member', () => {
  test('each has its own outcome; what is no member is skipped', async () => {
    const { summary, stored } = run(
      { ...forEveryMember, verifyForMs: 0 },
      {
        accounts: [
          joinedDaysAgo('1', 400),
          joinedDaysAgo('2', 400),
          joinedDaysAgo('3', 0.1),
          member('4', { status: 'CreateVerifying' }),
        ],
        history: [openSince({ '2': START_MS - 86_400_001 })],
        group: [groupOf({ '1': 'REGISTERED', '2': 'REGISTRABLE' })],
      },
    );
    expect(await summary).toMatchObject({
      startAttempts: 1,
      accounts: { covered: 0, alreadyCovered: 1, pending: 1, overdue: 1, failed: 0, skipped: 1 },
      attention: [
        {
          accountId: '2',
          outcome: 'overdue',
          recommendation: expect.stringContaining('The recorder status remains REGISTRABLE'),
        },
        {
          accountId: '3',
          outcome: 'pending',
          recommendation: expect.stringContaining('not in the account group yet'),
        },
        {
          accountId: '4',
          outcome: 'skipped',
          recommendation: expect.stringContaining('CreateVerifying'),
        },
      ],
    });
    expect(outcomesOf(stored)).toEqual([
      ['account', '1', 'already-covered'],
      ['account', '2', 'overdue'],
      ['account', '3', 'pending'],
      ['account', '4', 'skipped'],
      ['run', undefined, 'pending'],
    ]);
  });

  test('a schedule is silent about accounts that were covered before', async () => {
    const { summary, stored } = run(
      { ...forEveryMember, trigger: 'schedule' },
      { accounts: [joinedDaysAgo('1', 1)], group: [groupOf({ '1': 'REGISTERED' })] },
    );
    await summary;
    expect(outcomesOf(stored)).toEqual([['run', undefined, 'succeeded']]);
    expect(stored[0]).toMatchObject({ already_covered: '1' });
  });

  test('overdue and not in the group: where to look', async () => {
    const { summary } = run(
      { ...forEveryMember, verifyForMs: 0 },
      {
        accounts: [joinedDaysAgo('1', 400)],
        group: [groupOf({})],
        history: [openSince({ '1': START_MS - 86_400_001 })],
      },
    );
    expect((await summary).attention[0]?.recommendation).toMatch(/^Open the account group/);
  });

  test('a schedule says once that an account is covered which earlier runs left open', async () => {
    const { summary, stored } = run(
      { ...forEveryMember, trigger: 'schedule' },
      {
        accounts: [joinedDaysAgo('1', 1), joinedDaysAgo('2', 1)],
        group: [groupOf({ '1': 'REGISTERED', '2': 'REGISTERED' })],
        history: [openSince({ '2': START_MS - 240_000, '9': START_MS })],
      },
    );
    expect(await summary).toMatchObject({ accounts: { covered: 1, alreadyCovered: 1 } });
    expect(outcomesOf(stored)).toEqual([
      ['account', '2', 'covered'],
      ['run', undefined, 'succeeded'],
    ]);
    expect(stored[0]).toMatchObject({
      recorder_status: 'REGISTERED',
      verified_by: 'account-group',
      // Since it was first found open.
      duration_ms: '240000',
    });
  });

  test('a log store that can not be asked keeps a schedule from nothing', async () => {
    const { summary, stored } = run(
      { ...forEveryMember, trigger: 'schedule' },
      {
        accounts: [joinedDaysAgo('1', 1)],
        group: [groupOf({ '1': 'REGISTERED' })],
        history: [cloudError('Unauthorized', { operation: 'GetLogs' })],
      },
    );
    await summary;
    expect(outcomesOf(stored)).toEqual([['run', undefined, 'succeeded']]);
  });

  test('an account that can not be found in the group while another is refused', async () => {
    const { summary, stored } = run(forEveryMember, {
      accounts: [joinedDaysAgo('1', 1), joinedDaysAgo('2', 1), joinedDaysAgo('3', 1)],
      start: [cloudError('NoPermission')],
      group: [groupOf({ '1': 'REGISTERED', '2': 'BUILDING' })],
    });
    await expect(summary).rejects.toMatchObject({ name: 'AccountsFailed' });
    expect(outcomesOf(stored)).toEqual([
      ['account', '1', 'already-covered'],
      ['account', '2', 'pending'],
      ['account', '3', 'failed'],
      ['run', undefined, 'failed'],
    ]);
  });

  test('credentials of another account: refused before anything is attempted', async () => {
    const { summary, calls, stored } = run(forEveryMember, {
      directoryOwnerId: '1000000000000009',
    });
    await expect(summary).rejects.toMatchObject({
      name: 'AccountsFailed',
      message: expect.stringContaining('1000000000000009'),
    });
    expect(calls).not.toContain('start');
    expect(outcomesOf(stored)).toEqual([['run', undefined, 'failed']]);
  });

  test('a filter that matches nothing: recorded and thrown', async () => {
    const scope = { kind: 'directory', accountIds: ['9'], excludedAccountIds: [] } as const;
    const { summary, stored } = run({ ...forEveryMember, scope }, { accounts: [member('1')] });
    await expect(summary).rejects.toMatchObject({ name: 'NoAccountInScope' });
    expect(stored).toMatchObject([
      { entry_type: 'run', outcome: 'rejected', reason: expect.stringContaining('account 9') },
    ]);
  });

  test('a dry run starts nothing, waits for nothing and writes nothing', async () => {
    const { summary, calls } = run(
      { ...forEveryMember, dryRun: true },
      {
        accounts: [joinedDaysAgo('1', 1), joinedDaysAgo('2', 1)],
        group: [groupOf({ '1': 'REGISTERED' })],
      },
    );
    expect(await summary).toMatchObject({
      dryRun: true,
      startAttempts: 0,
      plan: {
        startRecorder: true,
        reason: '1 of 2 accounts is not registered in the account group.',
        accounts: { none: 1, await: 0, start: 1, verify: 0, skip: 0 },
      },
    });
    expect(calls).toEqual([
      'describe',
      'group',
      'history',
      'managementAccountId',
      'listAccounts 1',
    ]);
  });

  test('a dry run counts what it would wait for, and what it would leave alone', async () => {
    const { summary } = run(
      { ...forEveryMember, dryRun: true },
      {
        accounts: [member('1'), member('2', { status: 'Removed' })],
        group: [groupOf({ '1': 'BUILDING' })],
      },
    );
    expect((await summary).plan?.accounts).toEqual({
      none: 0,
      await: 1,
      start: 0,
      verify: 0,
      skip: 1,
    });
  });

  test('a dry run answers with its plan, also when the account group is denied', async () => {
    const { summary, calls } = run(
      { ...forEveryMember, dryRun: true },
      {
        describe: [{ organizationStatus: 'REGISTRABLE' }],
        accounts: [member(A)],
        group: [cloudError('NoPermission', { operation: 'GetAggregator' })],
      },
    );
    expect(await summary).toMatchObject({
      accounts: { failed: 1 },
      plan: { startRecorder: true, accounts: { verify: 1 } },
    });
    expect(calls).not.toContain('start');
  });

  test('the answer names 50 accounts at most, the worst first, and stays under 64 KiB', async () => {
    const accounts = Array.from({ length: 10_000 }, (_, index) => member(String(1e15 + index)));
    const { summary } = run(
      { ...forEveryMember, verifyForMs: 0 },
      { accounts, group: [groupOf({})] },
    );
    const answer = await summary;
    expect(answer.accounts.pending).toBe(10_000);
    expect(answer.attention).toHaveLength(50);
    expect(JSON.stringify(answer).length).toBeLessThan(64 * 1024);
  });
});
