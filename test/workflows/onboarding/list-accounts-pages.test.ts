import { describe, expect, test } from 'vitest';
import { everyone, idsOf, listAccounts } from '../../support/workflows/directory.ts';
import { createFakeWorld, member, START_MS } from '../../support/workflows/fake-ports.ts';

type Accounts = readonly ReturnType<typeof member>[];

const LONG_AGO_MS = START_MS - 86_400_000;
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    member(String(index + 1), { joinedAtMs: LONG_AGO_MS }),
  );

test('every page is read once', async () => {
  const world = createFakeWorld({ accounts: many(250) });
  expect(await listAccounts(world)).toHaveLength(250);
  expect(world.calls).toEqual([
    'managementAccountId',
    'listAccounts 1',
    'listAccounts 2',
    'listAccounts 3',
  ]);
});

describe('the pace', () => {
  test('never more than 16 pages in a second', async () => {
    const world = createFakeWorld({ accounts: many(4_600) });
    const askedAtMs: number[] = [];
    const listed = await listAccounts(world, everyone, (_, read) => {
      askedAtMs.push(world.clock.now());
      return read();
    });
    expect(listed).toHaveLength(4_600);
    const inSecond = (second: number) =>
      askedAtMs.filter((atMs) => atMs === START_MS + second * 1_000).length;
    expect([0, 1, 2].map(inSecond)).toEqual([16, 15, 15]);
  });

  test('the pause begins with the last answer, however long a burst took', async () => {
    const world = createFakeWorld({ accounts: many(3_100) });
    await listAccounts(world, everyone, (_, read) => {
      world.clock.advance(50);
      return read();
    });
    expect(world.clock.sleepsMs).toEqual([1_000]);
  });
});

/** Lists `after`, but the first page is answered from `before` for as many readings as `stale` says. */
function listWhile(stale: number, before: Accounts, after: Accounts) {
  const world = createFakeWorld({ accounts: after });
  let firstPages = 0;
  const listed = listAccounts(world, everyone, async (page, read) => {
    const answer = await read();
    if (page > 1) return answer;
    firstPages += 1;
    return firstPages > stale
      ? answer
      : { accounts: before.slice(0, 100), totalCount: before.length };
  });
  const readingsOf = (page: number) =>
    world.calls.filter((call) => call === `listAccounts ${page}`).length;
  return { listed, world, readingsOf };
}

describe('an account leaves while they are read, and another moves up to a page that was read', () => {
  // Account 101 is on the second page before and on the first one after.
  const before = many(150);
  const after = before.slice(1);

  test('all pages are read again, a second later', async () => {
    const { listed, world } = listWhile(1, before, after);
    expect(idsOf(await listed)).toEqual(idsOf(after));
    expect(world.clock.sleepsMs).toEqual([1_000]);
  });

  test('what stays incomplete is an error, never a shorter list', async () => {
    const { listed, readingsOf } = listWhile(Number.POSITIVE_INFINITY, before, after);
    await expect(listed).rejects.toMatchObject({
      operation: 'ListAccounts',
      code: 'MalformedAnswer',
      message:
        '5 readings of the whole directory disagree: the last one shows 149 of 150 accounts.',
    });
    expect(readingsOf(1)).toBe(5);
  });
});

describe('one leaves and another joins while they are read: the totals agree', () => {
  // A stale reading has page 1 of before, and page 2 of after: 101 is on neither.
  const before = many(150);
  const after = [...before.slice(1), member('999', { joinedAtMs: START_MS })];

  test('the member that no page showed is found', async () => {
    const { listed, readingsOf } = listWhile(1, before, after);
    expect(idsOf(await listed)).toEqual(idsOf(after));
    // Until two readings agree.
    expect(readingsOf(2)).toBe(3);
  });

  test('somebody joined within minutes, and nothing else: two readings, which agree', async () => {
    const { listed, readingsOf } = listWhile(0, before, after);
    expect(idsOf(await listed)).toEqual(idsOf(after));
    expect(readingsOf(1)).toBe(2);
  });

  test('readings that never agree are an error, never a list', async () => {
    let reading = 0;
    const listed = listAccounts(
      createFakeWorld({ accounts: after }),
      everyone,
      async (page, read) => {
        const answer = await read();
        if (page > 1) return answer;
        reading += 1;
        const [, ...rest] = answer.accounts;
        return { ...answer, accounts: [member(`new-${reading}`), ...rest] };
      },
    );
    await expect(listed).rejects.toMatchObject({ code: 'MalformedAnswer' });
  });

  test('a joining within the skew of clocks counts as one, an older one does not', async () => {
    const readingsIfJoinedAgo = async (agoMs: number) => {
      const accounts = [...before, member('999', { joinedAtMs: START_MS - agoMs })];
      const { listed, readingsOf } = listWhile(0, before, accounts);
      await listed;
      return readingsOf(1);
    };
    expect(await readingsIfJoinedAgo(300_000)).toBe(2);
    expect(await readingsIfJoinedAgo(300_001)).toBe(1);
  });

  test('without its time of joining, an account may have joined just now', async () => {
    const { listed, readingsOf } = listWhile(0, before, [...before, member('999')]);
    await listed;
    expect(readingsOf(1)).toBe(2);
  });
});
