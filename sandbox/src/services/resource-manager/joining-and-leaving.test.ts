import * as sdk from '@alicloud/resourcemanager20200331';
import { expect, test } from 'vitest';
import { directoryOfEachTest } from '../../testing/directory-sandbox.ts';
import { MANAGEMENT_ACCOUNT_ID } from '../../testing/rpc-sandbox.ts';
import type { RecordedCall } from '../../world/recorded-call.ts';

const { sandbox, start, keyOf } = directoryOfEachTest();
const INVITED = '1888888888888888';

const invite = (targetEntity = INVITED, targetType = 'Account') =>
  sandbox
    .openApi()
    .inviteAccountToResourceDirectory(
      new sdk.InviteAccountToResourceDirectoryRequest({ targetEntity, targetType, note: 'hi' }),
    );

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
