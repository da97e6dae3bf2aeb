import { describe, expect, test } from 'vitest';
import type { DirectoryScope } from '../../../workflows/onboarding/model.ts';
import { everyone, idsOf, listAccounts } from '../../support/workflows/directory.ts';
import { createFakeWorld, member } from '../../support/workflows/fake-ports.ts';

const list = (scope: DirectoryScope, accounts: ReturnType<typeof member>[]) =>
  listAccounts(createFakeWorld({ accounts }), scope);

const tree = [
  member('1', { folderIds: ['r-1'] }),
  member('2', { folderIds: ['r-1', 'fd-a'] }),
  member('3', { folderIds: ['r-1', 'fd-a', 'fd-b'] }),
  member('4', { folderIds: ['r-1', 'fd-c'] }),
];

describe('filters', () => {
  test('a folder counts with its sub-folders', async () => {
    const listed = await list({ ...everyone, folderId: 'fd-a' }, tree);
    expect(idsOf(listed)).toEqual(['2', '3']);
  });

  test('exclusions take away from what is chosen', async () => {
    const scope = { ...everyone, folderId: 'fd-a', excludedAccountIds: ['3'] };
    expect(idsOf(await list(scope, tree))).toEqual(['2']);
  });

  test('an account that is named and excluded is excluded, listed or not', async () => {
    const scope = { ...everyone, accountIds: ['3', '4'], excludedAccountIds: ['4'] };
    expect(idsOf(await list(scope, tree))).toEqual(['3']);
  });

  test.each([
    [{ accountIds: ['4', '9'] }, 'does not list account 9, which the filter names'],
    [{ excludedAccountIds: ['9', '8'] }, 'does not list accounts 9, 8, which the filter excl'],
    [{ accountIds: ['4', '9'], excludedAccountIds: ['9'] }, 'account 9, which the filter excl'],
    [
      { accountIds: ['11', '12', '13', '14', '15', '16', '17'] },
      'accounts 11, 12, 13, 14, 15 and 2 more',
    ],
    [{ folderId: 'fd-x' }, 'folder fd-x'],
    [{ excludedAccountIds: ['1', '2', '3', '4'] }, 'excluding accounts 1, 2, 3, 4'],
    [{ accountIds: ['1'], folderId: 'fd-a' }, 'account 1, folder fd-a'],
    [
      { folderId: 'fd-x', excludedAccountIds: ['1'] },
      'matches the filter (folder fd-x, excluding account 1):',
    ],
    [{ accountIds: ['1'], folderId: 'fd-x' }, 'matches the filter (account 1, folder fd-x):'],
    [{ folderId: 'fd-x' }, 'matches the filter (folder fd-x):'],
    [
      { excludedAccountIds: ['1', '2', '3', '4'] },
      'matches the filter (excluding accounts 1, 2, 3, 4):',
    ],
    [{ accountIds: [] }, 'No account'],
    [{ accountIds: ['11', '12', '13', '14', '15'] }, 'accounts 11, 12, 13, 14, 15, which'],
  ])('%j matches nothing: an error that names it', async (filter, named) => {
    await expect(list({ ...everyone, ...filter }, tree)).rejects.toMatchObject({
      name: 'NoAccountInScope',
      message: expect.stringContaining(named),
    });
  });

  test('a directory without members is no error', async () => {
    expect(await list(everyone, [])).toEqual([]);
  });
});

test.each([
  ['CreateSuccess', true],
  ['InviteSuccess', true],
  ['PromoteSuccess', true],
  ['PromoteVerifying', true],
  ['PromoteFailed', true],
  ['PromoteExpired', true],
  ['PromoteCancelled', true],
  ['SomethingNew', true],
  ['CreateVerifying', false],
  ['CreateFailed', false],
  ['CreateExpired', false],
  ['CreateCancelled', false],
  ['Removed', false],
])('status %s is a member: %s', async (status, isMember) => {
  const listed = await list(everyone, [member('1', { status })]);
  expect(listed[0]?.skipReason === undefined).toBe(isMember);
});

test('what the directory knows of an account is kept', async () => {
  const listed = await list(everyone, [member('1', { name: 'payments', joinedAtMs: 7 })]);
  expect(listed).toEqual([{ accountId: '1', name: 'payments', joinedAtMs: 7, folderIds: ['r-1'] }]);
});

test('credentials of a member: the read that says so is named', async () => {
  const world = createFakeWorld({ directoryOwnerId: '1000000000000009' });
  await expect(listAccounts(world)).rejects.toMatchObject({
    operation: 'GetResourceDirectory',
    code: 'NotManagementAccount',
  });
});
