import * as sdk from '@alicloud/resourcemanager20200331';
import { expect, test } from 'vitest';
import { directoryOfEachTest } from '../../testing/directory-sandbox.ts';
import { MANAGEMENT_ACCOUNT_ID } from '../../testing/rpc-sandbox.ts';

const { sandbox, start, keyOf } = directoryOfEachTest();
const INVITED = '1888888888888888';

const ids = (accounts: readonly { accountId?: string }[] = []) =>
  accounts.map((account) => account.accountId);

test('GetResourceDirectory tells every account inside whose directory it is', async () => {
  const client = await start({ members: 1 });
  const { body } = await client.getResourceDirectory();
  expect(body?.resourceDirectory).toMatchObject({
    masterAccountId: MANAGEMENT_ACCOUNT_ID,
    rootFolderId: sandbox.directory.rootFolderId,
    resourceDirectoryId: expect.stringMatching(/^rd-/),
    createTime: '2026-11-20T03:04:05Z',
  });
  const member = sandbox.openApi(keyOf(sandbox.directory.accounts()[0]?.accountId ?? ''));
  const seen = await member.getResourceDirectory();
  expect(seen.body?.resourceDirectory?.masterAccountId).toBe(MANAGEMENT_ACCOUNT_ID);
  await expect(
    sandbox.openApi(keyOf('1999999999999999')).getResourceDirectory(),
  ).rejects.toMatchObject({ code: 'ResourceDirectoryNotInUse', statusCode: 404 });
});

test('ListAccounts goes by pages and leaves the management account out', async () => {
  const client = await start({ members: 25 });
  const page = async (pageNumber: number, pageSize?: number) => {
    const request = new sdk.ListAccountsRequest({ pageNumber, pageSize });
    const { body } = await client.listAccounts(request);
    return { ids: ids(body?.accounts?.account), total: body?.totalCount, size: body?.pageSize };
  };
  const all = sandbox.directory.accounts().map((account) => account.accountId);
  expect(await page(1)).toEqual({ ids: all.slice(0, 10), total: 25, size: 10 });
  expect(await page(3)).toEqual({ ids: all.slice(20), total: 25, size: 10 });
  expect(await page(4)).toEqual({ ids: [], total: 25, size: 10 });
  expect(await page(1, 100)).toEqual({ ids: all, total: 25, size: 100 });
  expect(all).not.toContain(MANAGEMENT_ACCOUNT_ID);
  await expect(page(1, 101)).rejects.toMatchObject({ code: 'InvalidParameter' });
  await expect(page(0)).rejects.toMatchObject({ code: 'InvalidParameter' });
});

test('ListAccounts says of an account what the documented answer says', async () => {
  const client = await start();
  const { directory } = sandbox;
  const folder = directory.createFolder('apps');
  const account = directory.addAccount({
    displayName: 'billing',
    joinMethod: 'invited',
    folderId: folder.folderId,
    joinedAtMs: Date.parse('2025-01-02T03:04:05.999Z'),
    tags: { team: 'a' },
  });
  const request = new sdk.ListAccountsRequest({ includeTags: true });
  const { body } = await client.listAccounts(request);
  expect(body?.accounts?.account?.[0]).toMatchObject({
    accountId: account.accountId,
    displayName: 'billing',
    folderId: folder.folderId,
    joinMethod: 'invited',
    joinTime: '2025-01-02T03:04:05Z',
    modifyTime: '2025-01-02T03:04:05Z',
    resourceDirectoryId: directory.resourceDirectoryId,
    resourceDirectoryPath: `${directory.resourceDirectoryId}/${directory.rootFolderId}/${folder.folderId}/${account.accountId}`,
    status: 'InviteSuccess',
    type: 'CloudAccount',
    tags: { tag: [{ key: 'team', value: 'a' }] },
  });
  const got = await client.getAccount(
    new sdk.GetAccountRequest({ accountId: account.accountId, includeTags: true }),
  );
  expect(got.body?.account).toMatchObject({
    displayName: 'billing',
    accountName: `${account.accountId}@example.com`,
    emailStatus: '',
    identityInformation: 'Example Co., Ltd.',
    location: 'root/apps',
    tags: [{ key: 'team', value: 'a' }],
  });
});

test('tags are said where they are asked for', async () => {
  const client = await start();
  const { accountId } = sandbox.directory.addAccount({ displayName: 'a', tags: { team: 'a' } });
  const listed = await client.listAccounts(new sdk.ListAccountsRequest({}));
  expect(listed.body?.accounts?.account?.[0]?.tags).toBeUndefined();
  const got = await client.getAccount(new sdk.GetAccountRequest({ accountId }));
  expect(got.body?.account?.tags).toBeUndefined();
});

test('accounts can be chosen by their tags, folders and names', async () => {
  const client = await start();
  const { directory } = sandbox;
  const create = async (displayName: string, tags: Readonly<Record<string, string>>) => {
    const tag = Object.entries(tags).map(
      ([key, value]) => new sdk.CreateResourceAccountRequestTag({ key, value }),
    );
    const request = new sdk.CreateResourceAccountRequest({ displayName, tag });
    return (await client.createResourceAccount(request)).body?.account?.accountId;
  };
  const shop = await create('shop-live', { team: 'shop', stage: 'live' });
  const lab = await create('shop-lab', { team: 'shop', stage: 'lab' });
  await create('books', { stage: 'live' });
  const tagged = async (...tags: ConstructorParameters<typeof sdk.ListAccountsRequestTag>[]) => {
    const tag = tags.map(([map]) => new sdk.ListAccountsRequestTag(map));
    const { body } = await client.listAccounts(new sdk.ListAccountsRequest({ tag }));
    return [body?.totalCount, ids(body?.accounts?.account)];
  };
  expect(await tagged([{ key: 'team' }])).toEqual([2, [shop, lab]]);
  expect(await tagged([{ key: 'team', value: 'shop' }], [{ key: 'stage', value: 'live' }])).toEqual(
    [1, [shop]],
  );
  expect(await tagged([{ key: 'constructor' }])).toEqual([0, []]);
  const inRoot = async (request: object) => {
    const { body } = await client.listAccountsForParent(
      new sdk.ListAccountsForParentRequest({ ...request, includeTags: true }),
    );
    return body?.accounts?.account?.map(({ accountId, tags }) => [accountId, tags?.tag?.length]);
  };
  expect(await inRoot({ queryKeyword: 'shop-l' })).toEqual([
    [shop, 2],
    [lab, 2],
  ]);
  const lastTag = new sdk.ListAccountsForParentRequestTag({ key: 'stage', value: 'lab' });
  expect(await inRoot({ queryKeyword: 'shop', tag: [lastTag] })).toEqual([[lab, 2]]);
  directory.createFolder('apps');
  const folders = await client.listFoldersForParent(
    new sdk.ListFoldersForParentRequest({ queryKeyword: 'pps' }),
  );
  expect(folders.body?.folders?.folder?.map(({ folderName }) => folderName)).toEqual(['apps']);
});

test('folders have their own accounts and folders', async () => {
  const client = await start({ members: 1 });
  const { directory } = sandbox;
  const outer = directory.createFolder('outer');
  const inner = directory.createFolder('inner', outer.folderId);
  const account = directory.addAccount({ displayName: 'in-inner', folderId: inner.folderId });
  const accountsIn = async (parentFolderId?: string) => {
    const request = new sdk.ListAccountsForParentRequest({ parentFolderId });
    return ids((await client.listAccountsForParent(request)).body?.accounts?.account);
  };
  const foldersIn = async (parentFolderId?: string) => {
    const request = new sdk.ListFoldersForParentRequest({ parentFolderId });
    const { body } = await client.listFoldersForParent(request);
    return body?.folders?.folder?.map((folder) => [folder.folderId, folder.folderName]);
  };
  expect(await accountsIn()).toEqual([directory.accounts()[0]?.accountId]);
  expect(await accountsIn(inner.folderId)).toEqual([account.accountId]);
  expect(await accountsIn(outer.folderId)).toEqual([]);
  expect(await foldersIn()).toEqual([[outer.folderId, 'outer']]);
  expect(await foldersIn(outer.folderId)).toEqual([[inner.folderId, 'inner']]);
  await expect(accountsIn('fd-none')).rejects.toMatchObject({
    code: 'EntityNotExists.Folder',
    statusCode: 404,
  });
});

test('only the management account may look into and change the directory', async () => {
  await start({ members: 1 });
  const member = sandbox.openApi(keyOf(sandbox.directory.accounts()[0]?.accountId ?? ''));
  const refusal = { code: 'NoPermission.ResourceDirectory.MemberAccount', statusCode: 409 };
  await expect(member.listAccounts(new sdk.ListAccountsRequest({}))).rejects.toMatchObject(refusal);
  await expect(
    member.createResourceAccount(new sdk.CreateResourceAccountRequest({ displayName: 'mine' })),
  ).rejects.toMatchObject(refusal);
  await expect(
    sandbox.openApi(keyOf(INVITED)).listAccounts(new sdk.ListAccountsRequest({})),
  ).rejects.toMatchObject({ code: 'EntityNotExists.ResourceDirectory', statusCode: 404 });
});

test('without a directory there is nothing to ask', async () => {
  const client = await start({ enabled: false });
  await expect(client.getResourceDirectory()).rejects.toMatchObject({
    code: 'ResourceDirectoryNotInUse',
  });
  await expect(client.listAccounts(new sdk.ListAccountsRequest({}))).rejects.toMatchObject({
    code: 'EntityNotExists.ResourceDirectory',
  });
});

test('pop-core reaches the same operations', async () => {
  await start({ members: 1 });
  const answer = Object(await sandbox.popCore('2020-03-31')('ListAccounts', { PageSize: 100 }));
  expect(answer.Accounts.Account).toHaveLength(1);
  expect(typeof answer.Accounts.Account[0].AccountId).toBe('string');
});
