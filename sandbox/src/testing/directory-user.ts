import { $OpenApiUtil } from '@alicloud/openapi-core';
import * as sdk from '@alicloud/resourcemanager20200331';
import type { Sandbox } from '../index.ts';
import { unwrapDefault } from './unwrap-default.ts';

const Client = unwrapDefault(sdk.default);

/** Accounts join as in reality: through the resource directory's own API and SDK. */
export function createDirectoryUser(sandbox: Sandbox) {
  const clientOf = (credentials: Sandbox['credentials']) =>
    new Client(
      new $OpenApiUtil.Config({
        ...credentials,
        endpoint: new URL(sandbox.endpoint).host,
        protocol: 'HTTP',
      }),
    );
  const management = clientOf(sandbox.credentials);

  return {
    /** Returns the new account's id. */
    async createAccount(displayName: string): Promise<string> {
      const { body } = await management.createResourceAccount(
        new sdk.CreateResourceAccountRequest({ displayName }),
      );
      return required(body?.account?.accountId, 'the created account has an id');
    },

    /** An account that exists elsewhere is invited, and accepts with its own credentials. */
    async inviteAccount(accountId: string): Promise<void> {
      const { body } = await management.inviteAccountToResourceDirectory(
        new sdk.InviteAccountToResourceDirectoryRequest({
          targetEntity: accountId,
          targetType: 'Account',
        }),
      );
      const handshakeId = required(body?.handshake?.handshakeId, 'the invitation has an id');
      const invited = clientOf(sandbox.world.identities.createAccessKey(accountId));
      await invited.acceptHandshake(new sdk.AcceptHandshakeRequest({ handshakeId }));
    },
  };
}

function required<T>(value: T | undefined, expectation: string): T {
  if (value === undefined) throw new Error(`Expected that ${expectation}.`);
  return value;
}
