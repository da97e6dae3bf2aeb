import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { cutPage, pageAnswer, readPage } from '../../protocols/rpc/pages.ts';
import { accountAnswer } from './answers.ts';
import type { Directory } from './directory.ts';
import { requireFolder, requireManagementAccount } from './requirements.ts';
import { hasTags, readTags, tagsAnswer } from './tags.ts';

/**
 * `ListAccountsForParent`: the accounts right in a folder (default: the root), by page; those with all
 * tags asked for, and with the keyword in their display name.
 */
export function listAccountsForParent(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      page: readPage(read, 100),
      parentFolderId: read.text('ParentFolderId'),
      keyword: read.text('QueryKeyword') ?? '',
      includeTags: read.flag('IncludeTags') ?? false,
      tags: readTags(read),
    }),
    action: 'resourcemanager:ListAccountsForParent',
    resource: () => '*',
    handle({ caller, parameters: { page, parentFolderId, keyword, includeTags, tags } }) {
      requireManagementAccount(directory, caller);
      const folderId = requireFolder(directory, parentFolderId);
      const accounts = directory
        .accounts()
        .filter(
          (account) =>
            account.folderId === folderId &&
            account.displayName.includes(keyword) &&
            hasTags(account, tags),
        );
      return {
        ...pageAnswer(accounts, page),
        Accounts: {
          Account: cutPage(accounts, page).map((account) => ({
            ...accountAnswer(directory, account),
            ...tagsAnswer(account, includeTags),
          })),
        },
      };
    },
  });
}
