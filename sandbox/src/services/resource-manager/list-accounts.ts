import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { cutPage, pageAnswer, readPage } from '../../protocols/rpc/pages.ts';
import { accountAnswer, accountPath } from './answers.ts';
import type { Directory } from './directory.ts';
import { requireManagementAccount } from './requirements.ts';
import { hasTags, readTags, tagsAnswer } from './tags.ts';

/** `ListAccounts`: every account but the management account, by page; those with all tags asked for. */
export function listAccounts(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      page: readPage(read, 100),
      includeTags: read.flag('IncludeTags') ?? false,
      tags: readTags(read),
    }),
    action: 'resourcemanager:ListAccounts',
    resource: () => '*',
    handle({ caller, parameters: { page, includeTags, tags } }) {
      requireManagementAccount(directory, caller);
      const accounts = directory.accounts().filter((account) => hasTags(account, tags));
      return {
        ...pageAnswer(accounts, page),
        Accounts: {
          Account: cutPage(accounts, page).map((account) => ({
            ...accountAnswer(directory, account),
            ResourceDirectoryPath: accountPath(directory, account),
            ...tagsAnswer(account, includeTags),
          })),
        },
      };
    },
  });
}
