import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { accountAnswer, accountName, accountPath, IDENTITY_INFORMATION } from './answers.ts';
import type { Directory } from './directory.ts';
import { requireAccount, requireManagementAccount } from './requirements.ts';
import { tagList } from './tags.ts';

/**
 * `GetAccount`: `Tags` is a flat list here, unlike in `ListAccounts`. `EmailStatus` is empty, as no
 * change of an e-mail address is under way.
 */
export function getAccount(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      accountId: read.required('AccountId'),
      includeTags: read.flag('IncludeTags') ?? false,
    }),
    action: 'resourcemanager:GetAccount',
    resource: (caller) => `acs:resourcemanager:*:${caller.accountId}:account/*`,
    handle({ caller, parameters }) {
      requireManagementAccount(directory, caller);
      const account = requireAccount(directory, parameters.accountId);
      return {
        Account: {
          ...accountAnswer(directory, account),
          AccountName: accountName(directory, account),
          EmailStatus: '',
          IdentityInformation: IDENTITY_INFORMATION,
          Location: directory
            .foldersTo(account.folderId)
            .map((folder) => folder.name)
            .join('/'),
          ResourceDirectoryPath: accountPath(directory, account),
          ...(parameters.includeTags ? { Tags: tagList(account.tags) } : {}),
        },
      };
    },
  });
}
