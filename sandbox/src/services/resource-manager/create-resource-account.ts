import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import { accountAnswer, accountName } from './answers.ts';
import type { Directory } from './directory.ts';
import { resourceManagerErrors } from './errors.ts';
import { requireFolder, requireManagementAccount, requireRoom } from './requirements.ts';
import { readTags, tagsByKey } from './tags.ts';

/** `CreateResourceAccount`: the account is a member at once. Its display name is unique. */
export function createResourceAccount(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      displayName: read.required('DisplayName'),
      parentFolderId: read.text('ParentFolderId'),
      tags: tagsByKey(readTags(read)),
    }),
    action: 'resourcemanager:CreateResourceAccount',
    resource: (caller) => `acs:resourcemanager:*:${caller.accountId}:folder/*`,
    handle({ caller, parameters: { displayName, parentFolderId, tags } }) {
      requireManagementAccount(directory, caller);
      checkDisplayName(directory, displayName);
      const folderId = requireFolder(directory, parentFolderId);
      requireRoom(directory);
      const account = directory.addAccount({ displayName, folderId, tags });
      return {
        Account: {
          ...accountAnswer(directory, account),
          AccountName: accountName(directory, account),
        },
      };
    },
  });
}

function checkDisplayName(directory: Directory, displayName: string): void {
  const { length } = displayName;
  if (length < 2 || length > 50) {
    throw errorFrom(resourceManagerErrors, 'InvalidParameter.Account.DisplayName.Length');
  }
  if (!/^[\p{Script=Han}A-Za-z0-9_. -]+$/u.test(displayName)) {
    throw errorFrom(resourceManagerErrors, 'InvalidParameter.Account.DisplayName');
  }
  if (directory.accounts().some((account) => account.displayName === displayName)) {
    throw errorFrom(resourceManagerErrors, 'InvalidParameter.Account.DisplayName.AlreadyUsed');
  }
}
