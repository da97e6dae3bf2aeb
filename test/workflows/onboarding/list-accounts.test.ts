import { describe, expect, test } from 'vitest';
import { listAccountsInScope } from '../../../workflows/onboarding/list-accounts.ts';
import type { DirectoryScope } from '../../../workflows/onboarding/model.ts';
import { retryPolicies } from '../../../workflows/onboarding/retry.ts';
import {
  createFakeWorld,
  MANAGEMENT_ACCOUNT_ID,
  member,
  START_MS,
} from '../../support/workflows/fake-ports.ts';

const everyone: DirectoryScope = { kind: 'directory', excludedAccountIds: [] };

async function list(scope: DirectoryScope, accounts: ReturnType<typeof member>[]) {
  const world = createFakeWorld({ accounts });
  const listed = await listAccountsInScope(
    scope,
    await world.ports.directory(),
    MANAGEMENT_ACCOUNT_ID,
    {
      policies: retryPolicies({ baseMs: 1, capMs: 1 }),
      clock: world.clock,
      random: () => 1,
      deadlineMs: START_MS + 600_000,
    },
  );
  return { ...world, listed };
}

const tree = [
  member('1', { folderIds: ['r-1'] }),
  member('2', { folderIds: ['r-1', 'fd-a'] }),
  member('3', { folderIds: ['r-1', 'fd-a', 'fd-b'] }),
  member('4', { folderIds: ['r-1', 'fd-c'] }),
];
const idsOf = (listed: readonly { accountId: string }[]) => listed.map((one) => one.accountId);

describe('filters', () => {
  test('a folder counts with its sub-folders', async () => {
    const { listed } = await list({ ...everyone, folderId: 'fd-a' }, tree);
    expect(idsOf(listed)).toEqual(['2', '3']);
  });

  test('exclusions take away from what is chosen', async () => {
    const scope = { ...everyone, folderId: 'fd-a', excludedAccountIds: ['3'] };
    expect(idsOf((await list(scope, tree)).listed)).toEqual(['2']);
  });

  test('an account that is named and excluded is excluded, listed or not', async () => {
    const scope = { ...everyone, accountIds: ['3', '4'], excludedAccountIds: ['4'] };
    expect(idsOf((await list(scope, tree)).listed)).toEqual(['3']);
  });

  test.each([
    [{ accountIds: ['4', '9'] }, 'does not list account 9, which the filter has named'],
    [{ excludedAccountIds: ['9', '8'] }, 'does not list accounts 9, 8, which the filter has excl'],
    [{ accountIds: ['4', '9'], excludedAccountIds: ['9'] }, 'account 9, which the filter has excl'],
    [
      { accountIds: ['11', '12', '13', '14', '15', '16', '17'] },
      'accounts 11, 12, 13, 14, 15 and 2 more',
    ],
    [{ folderId: 'fd-x' }, 'folder fd-x'],
    [{ excludedAccountIds: ['1', '2', '3', '4'] }, 'exclude accounts 1, 2, 3, 4'],
    [{ accountIds: ['1'], folderId: 'fd-a' }, 'account 1 and folder fd-a'],
    [{ folderId: 'fd-x', excludedAccountIds: ['1'] }, 'matches folder fd-x and exclude account 1:'],
    [{ accountIds: ['1'], folderId: 'fd-x' }, 'matches account 1 and folder fd-x:'],
    [{ folderId: 'fd-x' }, 'matches folder fd-x:'],
    [{ excludedAccountIds: ['1', '2', '3', '4'] }, 'matches exclude accounts 1, 2, 3, 4:'],
    [{ accountIds: [] }, 'No account'],
    [{ accountIds: ['11', '12', '13', '14', '15'] }, 'accounts 11, 12, 13, 14, 15, which'],
  ])('%j matches nothing: an error that names it', async (filter, named) => {
    await expect(list({ ...everyone, ...filter }, tree)).rejects.toMatchObject({
      name: 'NoAccountInScope',
      message: expect.stringContaining(named),
    });
  });

  test('a directory without members is no error', async () => {
    expect((await list(everyone, [])).listed).toEqual([]);
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
  const { listed } = await list(everyone, [member('1', { status })]);
  expect(listed[0]?.skipReason === undefined).toBe(isMember);
});

test('what the directory knows of an account is kept', async () => {
  const { listed } = await list(everyone, [member('1', { name: 'payments', joinedAtMs: 7 })]);
  expect(listed).toEqual([{ accountId: '1', name: 'payments', joinedAtMs: 7, folderIds: ['r-1'] }]);
});

describe('pages', () => {
  const LONG_AGO_MS = START_MS - 86_400_000;
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      member(String(index + 1), { joinedAtMs: LONG_AGO_MS }),
    );

  test('every page is read once', async () => {
    const { listed, calls } = await list(everyone, many(250));
    expect(listed).toHaveLength(250);
    expect(calls).toEqual([
      'managementAccountId',
      'listAccounts 1',
      'listAccounts 2',
      'listAccounts 3',
    ]);
  });

  test('never more than 16 pages in a second', async () => {
    const world = createFakeWorld({ accounts: many(4_600) });
    const directory = await world.ports.directory();
    const askedAtMs: number[] = [];
    const watched = {
      ...directory,
      listAccounts: (...args: Parameters<typeof directory.listAccounts>) => {
        askedAtMs.push(world.clock.now());
        return directory.listAccounts(...args);
      },
    };
    const listed = await listAccountsInScope(everyone, watched, MANAGEMENT_ACCOUNT_ID, {
      policies: retryPolicies({ baseMs: 1, capMs: 1 }),
      clock: world.clock,
      random: () => 1,
      deadlineMs: START_MS + 600_000,
    });
    expect(listed).toHaveLength(4_600);
    const inSecond = (second: number) =>
      askedAtMs.filter((atMs) => atMs === START_MS + second * 1_000).length;
    expect([0, 1, 2].map(inSecond)).toEqual([16, 15, 15]);
  });

  test('the pause begins with the last answer, however long a burst took', async () => {
    const world = createFakeWorld({ accounts: many(3_100) });
    const directory = await world.ports.directory();
    const slow = {
      ...directory,
      listAccounts: (...args: Parameters<typeof directory.listAccounts>) => {
        world.clock.advance(50);
        return directory.listAccounts(...args);
      },
    };
    await listAccountsInScope(everyone, slow, MANAGEMENT_ACCOUNT_ID, {
      policies: retryPolicies({ baseMs: 1, capMs: 1 }),
      clock: world.clock,
      random: () => 1,
      deadlineMs: START_MS + 600_000,
    });
    expect(world.clock.sleepsMs).toEqual([1_000]);
  });

  describe('an account leaves while they are read, and another moves up to a page that was read', () => {
    const before = many(150);
    const after = before.slice(1);

    /** The first page is answered as before it left, as often as it is said. */
    async function listWhile(leaving: number) {
      const world = createFakeWorld({ accounts: after });
      const directory = await world.ports.directory();
      let firstPages = 0;
      const shifting = {
        ...directory,
        listAccounts: async (page: number, options: { timeoutMs: number }) => {
          const answer = await directory.listAccounts(page, options);
          if (page > 1) return answer;
          firstPages += 1;
          return firstPages > leaving
            ? answer
            : { accounts: before.slice(0, 100), totalCount: before.length };
        },
      };
      // Account 101 is on the second page before and on the first one after.
      const listed = listAccountsInScope(everyone, shifting, MANAGEMENT_ACCOUNT_ID, {
        policies: retryPolicies({ baseMs: 1, capMs: 1 }),
        clock: world.clock,
        random: () => 1,
        deadlineMs: START_MS + 600_000,
      });
      return { listed, world };
    }

    test('all pages are read again, a second later', async () => {
      const { listed, world } = await listWhile(1);
      expect((await listed).map(({ accountId }) => accountId)).toEqual(
        after.map(({ accountId }) => accountId),
      );
      expect(world.clock.sleepsMs).toEqual([1_000]);
    });

    test('what stays incomplete is an error, never a shorter list', async () => {
      const { listed, world } = await listWhile(Number.POSITIVE_INFINITY);
      await expect(listed).rejects.toMatchObject({
        operation: 'ListAccounts',
        code: 'MalformedAnswer',
        message: "5 readings of all pages don't agree: the last one shows 149 of 150 accounts.",
      });
      expect(world.calls.filter((call) => call === 'listAccounts 1')).toHaveLength(5);
    });
  });

  describe('one leaves and another joins while they are read: the totals agree', () => {
    const before = many(150);
    const joiner = member('999', { joinedAtMs: START_MS });
    const after = [...before.slice(1), joiner];

    /** The first `stale` readings have page 1 of before, and page 2 of after: 101 is on neither. */
    async function listWhile(stale: number, accounts = after) {
      const world = createFakeWorld({ accounts });
      const directory = await world.ports.directory();
      let firstPages = 0;
      const listed = listAccountsInScope(
        everyone,
        {
          ...directory,
          listAccounts: async (page, options) => {
            const answer = await directory.listAccounts(page, options);
            if (page > 1) return answer;
            firstPages += 1;
            return firstPages > stale
              ? answer
              : { accounts: before.slice(0, 100), totalCount: before.length };
          },
        },
        MANAGEMENT_ACCOUNT_ID,
        {
          policies: retryPolicies({ baseMs: 1, capMs: 1 }),
          clock: world.clock,
          random: () => 1,
          deadlineMs: START_MS + 600_000,
        },
      );
      return { listed, world };
    }

    test('the member that no page showed is found', async () => {
      const { listed, world } = await listWhile(1);
      expect(idsOf(await listed)).toEqual(idsOf(after));
      // Until two readings agree.
      expect(world.calls.filter((call) => call === 'listAccounts 2')).toHaveLength(3);
    });

    test('somebody joined within minutes, and nothing else: two readings, which agree', async () => {
      const { listed, world } = await listWhile(0);
      expect(idsOf(await listed)).toEqual(idsOf(after));
      expect(world.calls.filter((call) => call === 'listAccounts 1')).toHaveLength(2);
    });

    test('readings that never agree are an error, never a list', async () => {
      let reading = 0;
      const world = createFakeWorld({ accounts: after });
      const directory = await world.ports.directory();
      const restless = {
        ...directory,
        listAccounts: async (page: number, options: { timeoutMs: number }) => {
          const answer = await directory.listAccounts(page, options);
          if (page > 1) return answer;
          reading += 1;
          const [, ...rest] = answer.accounts;
          return { ...answer, accounts: [member(`new-${reading}`), ...rest] };
        },
      };
      const listed = listAccountsInScope(everyone, restless, MANAGEMENT_ACCOUNT_ID, {
        policies: retryPolicies({ baseMs: 1, capMs: 1 }),
        clock: world.clock,
        random: () => 1,
        deadlineMs: START_MS + 600_000,
      });
      await expect(listed).rejects.toMatchObject({ code: 'MalformedAnswer' });
    });

    test('a joining within the skew of clocks counts as one, an older one does not', async () => {
      const joinedAgo = async (agoMs: number) => {
        const accounts = [...before, member('999', { joinedAtMs: START_MS - agoMs })];
        const { listed, world } = await listWhile(0, accounts);
        await listed;
        return world.calls.filter((call) => call === 'listAccounts 1').length;
      };
      expect(await joinedAgo(300_000)).toBe(2);
      expect(await joinedAgo(300_001)).toBe(1);
    });

    test('without its time of joining, an account may have joined just now', async () => {
      const { listed, world } = await listWhile(0, [...before, member('999')]);
      await listed;
      expect(world.calls.filter((call) => call === 'listAccounts 1')).toHaveLength(2);
    });
  });
});

test('credentials of a member: the read that says so is named', async () => {
  const world = createFakeWorld({ directoryOwnerId: '1000000000000009' });
  const retry = {
    policies: retryPolicies({ baseMs: 1, capMs: 1 }),
    clock: world.clock,
    random: () => 1,
    deadlineMs: START_MS + 600_000,
  };
  const listed = listAccountsInScope(
    everyone,
    await world.ports.directory(),
    MANAGEMENT_ACCOUNT_ID,
    retry,
  );
  await expect(listed).rejects.toMatchObject({
    operation: 'GetResourceDirectory',
    code: 'NotManagementAccount',
  });
});
