import * as sdk from '@alicloud/resourcemanager20200331';
import { afterEach, expect, test } from 'vitest';
import { MANAGEMENT_ACCOUNT_ID, startRpcSandbox } from '../../testing/rpc-sandbox.ts';
import type { RecordedCall } from '../../world/recorded-call.ts';
import type { DirectoryOptions } from './directory.ts';

let sandbox: Awaited<ReturnType<typeof startRpcSandbox>>;
afterEach(() => sandbox.close());

async function start(directory: Omit<DirectoryOptions, 'world'> = {}) {
  sandbox = await startRpcSandbox({ directory });
  return sandbox.openApi();
}

const keyOf = (accountId: string) => sandbox.world.identities.createAccessKey(accountId);
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

test('CreateResourceAccount makes a member at once, and ActionTrail records it', async () => {
  const client = await start();
  const joined: string[] = [];
  const calls: RecordedCall[] = [];
  sandbox.directory.onJoined((account) => joined.push(account.accountId));
  sandbox.directory.onCall((call) => calls.push(call));
  const folder = sandbox.directory.createFolder('apps');
  const { body } = await client.createResourceAccount(
    new sdk.CreateResourceAccountRequest({
      displayName: 'team-a',
      parentFolderId: folder.folderId,
    }),
  );
  expect(body?.account).toMatchObject({
    accountId: expect.stringMatching(/^\d{16}$/),
    displayName: 'team-a',
    folderId: folder.folderId,
    joinMethod: 'created',
    status: 'CreateSuccess',
    type: 'ResourceAccount',
    joinTime: '2026-11-20T03:04:05Z',
  });
  expect(joined).toEqual([body?.account?.accountId]);
  expect(calls).toMatchObject([
    {
      service: 'resource-manager',
      apiVersion: '2020-03-31',
      eventName: 'CreateResourceAccount',
      requestId: body?.requestId,
      atMs: sandbox.world.clock.now(),
      requestParameters: { DisplayName: 'team-a', ParentFolderId: folder.folderId },
      responseElements: {
        RequestId: body?.requestId,
        Account: { AccountId: body?.account?.accountId, Status: 'CreateSuccess' },
      },
      caller: { accountId: MANAGEMENT_ACCOUNT_ID, type: 'root-account', userName: 'root' },
    },
  ]);
  expect(calls[0]).not.toHaveProperty('errorCode');
});

test('a refused write is recorded with its error, also one that RAM refuses; reads are not', async () => {
  const client = await start({ memberLimit: 0 });
  const calls: RecordedCall[] = [];
  sandbox.directory.onCall((call) => calls.push(call));
  const request = new sdk.CreateResourceAccountRequest({ displayName: 'team-a' });
  await expect(client.createResourceAccount(request)).rejects.toMatchObject({
    code: 'LimitExceeded.Account',
    statusCode: 409,
  });
  sandbox.world.identities.createRole(MANAGEMENT_ACCOUNT_ID, 'nobody', {
    Version: '1',
    Statement: [],
  });
  const role = sandbox.world.identities.assumeRole(
    `acs:ram::${MANAGEMENT_ACCOUNT_ID}:role/nobody`,
    60_000,
  );
  await expect(sandbox.openApi(role).createResourceAccount(request)).rejects.toMatchObject({
    code: 'Forbidden.RAM',
  });
  await client.listAccounts(new sdk.ListAccountsRequest({}));
  expect(calls).toMatchObject([
    {
      errorCode: 'LimitExceeded.Account',
      errorMessage:
        'The maximum number of member accounts in a resource directory exceeds the limit.',
      requestParameters: { DisplayName: 'team-a' },
    },
    { errorCode: 'Forbidden.RAM', caller: { type: 'assumed-role', userName: 'nobody' } },
  ]);
  expect(calls[0]).not.toHaveProperty('responseElements');
  expect(sandbox.directory.accounts()).toEqual([]);
});

test.each([
  ['a', 'InvalidParameter.Account.DisplayName.Length', 400],
  ['x'.repeat(51), 'InvalidParameter.Account.DisplayName.Length', 400],
  ['a/b', 'InvalidParameter.Account.DisplayName', 400],
  ['member-1', 'InvalidParameter.Account.DisplayName.AlreadyUsed', 409],
])('the display name %j is refused', async (displayName, code, statusCode) => {
  const client = await start({ members: 1 });
  await expect(
    client.createResourceAccount(new sdk.CreateResourceAccountRequest({ displayName })),
  ).rejects.toMatchObject({ code, statusCode });
});

const INVITED = '1888888888888888';
const invite = (targetEntity = INVITED, targetType = 'Account') =>
  sandbox
    .openApi()
    .inviteAccountToResourceDirectory(
      new sdk.InviteAccountToResourceDirectoryRequest({ targetEntity, targetType, note: 'hi' }),
    );

test('an invited account joins with its own key', async () => {
  await start();
  const joined: string[] = [];
  const calls: RecordedCall[] = [];
  sandbox.directory.onJoined((account) => joined.push(account.accountId));
  sandbox.directory.onCall((call) => calls.push(call));
  const { body } = await invite();
  expect(body?.handshake).toMatchObject({
    status: 'Pending',
    targetType: 'Account',
    targetEntity: INVITED,
    note: 'hi',
    masterAccountId: MANAGEMENT_ACCOUNT_ID,
    createTime: '2026-11-20T03:04:05Z',
    expireTime: '2026-12-04T03:04:05Z',
  });
  expect(joined).toEqual([]);
  const request = new sdk.AcceptHandshakeRequest({ handshakeId: body?.handshake?.handshakeId });
  await expect(sandbox.openApi().acceptHandshake(request)).rejects.toMatchObject({
    code: 'HandshakeTargetMismatch',
  });
  const invited = sandbox.openApi(keyOf(INVITED));
  const accepted = await invited.acceptHandshake(request);
  expect(accepted.body?.handshake?.status).toBe('Accepted');
  expect(joined).toEqual([INVITED]);
  expect(sandbox.directory.account(INVITED)).toMatchObject({
    status: 'InviteSuccess',
    joinMethod: 'invited',
  });
  await expect(invited.acceptHandshake(request)).rejects.toMatchObject({
    code: 'HandshakeStatusMismatch',
  });
  expect(calls.map((call) => [call.eventName, call.caller.accountId, call.errorCode])).toEqual([
    ['InviteAccountToResourceDirectory', MANAGEMENT_ACCOUNT_ID, undefined],
    ['AcceptHandshake', MANAGEMENT_ACCOUNT_ID, 'HandshakeTargetMismatch'],
    ['AcceptHandshake', INVITED, undefined],
    ['AcceptHandshake', INVITED, 'HandshakeStatusMismatch'],
  ]);
});

test('an account that left can be invited again', async () => {
  await start();
  const { body } = await invite();
  const request = new sdk.AcceptHandshakeRequest({ handshakeId: body?.handshake?.handshakeId });
  await sandbox.openApi(keyOf(INVITED)).acceptHandshake(request);
  sandbox.directory.removeAccount(INVITED);
  expect((await invite()).body?.handshake?.status).toBe('Pending');
});

test('invitations that make no sense are refused', async () => {
  await start({ members: 1 });
  await expect(invite('someone@example.com', 'Email')).rejects.toMatchObject({
    code: 'InvalidParameter',
  });
  await expect(invite('12')).rejects.toMatchObject({ code: 'InvalidParameter.AccountId' });
  for (const inside of [MANAGEMENT_ACCOUNT_ID, sandbox.directory.accounts()[0]?.accountId]) {
    await expect(invite(inside)).rejects.toMatchObject({ code: 'AccountInAnotherResourceDir' });
  }
  const { body } = await invite();
  await expect(invite()).rejects.toMatchObject({ code: 'EntityAlreadyExists.Handshake' });
  sandbox.world.clock.advance(14 * 24 * 60 * 60 * 1000);
  const request = new sdk.AcceptHandshakeRequest({ handshakeId: body?.handshake?.handshakeId });
  await expect(sandbox.openApi(keyOf(INVITED)).acceptHandshake(request)).rejects.toMatchObject({
    code: 'HandshakeStatusMismatch',
  });
  await invite();
  await expect(
    sandbox
      .openApi(keyOf(INVITED))
      .acceptHandshake(new sdk.AcceptHandshakeRequest({ handshakeId: 'h-none' })),
  ).rejects.toMatchObject({ code: 'EntityNotExists.Handshake' });
});

test('a promotion waits for a person; only a resource account can be promoted', async () => {
  const client = await start({ members: 1 });
  const joined: string[] = [];
  sandbox.directory.onJoined((account) => joined.push(account.accountId));
  const accountId = sandbox.directory.accounts()[0]?.accountId ?? '';
  const promote = (email = 'someone@example.com') =>
    client.promoteResourceAccount(new sdk.PromoteResourceAccountRequest({ accountId, email }));
  await expect(promote('nobody')).rejects.toMatchObject({ code: 'InvalidParameter.Email' });
  const { body } = await promote();
  expect(body?.account).toMatchObject({
    accountId,
    status: 'PromoteVerifying',
    type: 'ResourceAccount',
    accountName: 'someone@example.com',
  });
  await expect(promote()).rejects.toMatchObject({ code: 'AccountTypeOrStatusMismatch' });
  sandbox.directory.setStatus(accountId, 'PromoteSuccess');
  expect(sandbox.directory.account(accountId)).toMatchObject({ type: 'CloudAccount' });
  await expect(promote()).rejects.toMatchObject({ code: 'AccountTypeOrStatusMismatch' });
  // It was a member before.
  expect(joined).toEqual([]);
});

test('RemoveCloudAccount takes a cloud account out, and no resource account', async () => {
  const client = await start({ members: 1 });
  const created = sandbox.directory.accounts()[0]?.accountId ?? '';
  const { accountId } = sandbox.directory.addAccount({ displayName: 'old', joinMethod: 'invited' });
  const remove = (id: string) =>
    client.removeCloudAccount(new sdk.RemoveCloudAccountRequest({ accountId: id }));
  await expect(remove(created)).rejects.toMatchObject({ code: 'AccountTypeOrStatusMismatch' });
  await remove(accountId);
  expect(sandbox.directory.account(accountId)).toBeUndefined();
  await expect(remove(accountId)).rejects.toMatchObject({
    code: 'EntityNotExists.Account',
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
