import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { cutPage, pageAnswer, readPage } from '../../protocols/rpc/pages.ts';
import { accountAnswer } from './answers.ts';
import type { Directory } from './directory.ts';
import { requireFolder, requireManagementAccount } from './requirements.ts';

/** `ListAccountsForParent`: the accounts right in a folder (default: the root), by page. */
export function listAccountsForParent(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      page: readPage(read, 100),
      parentFolderId: read.text('ParentFolderId'),
    }),
    action: 'resourcemanager:ListAccountsForParent',
    resource: () => '*',
    handle({ caller, parameters: { page, parentFolderId } }) {
      requireManagementAccount(directory, caller);
      const folderId = requireFolder(directory, parentFolderId);
      const accounts = directory.accounts().filter((account) => account.folderId === folderId);
      return {
        ...pageAnswer(accounts, page),
        Accounts: {
          Account: cutPage(accounts, page).map((account) => ({
            ...accountAnswer(directory, account),
            Tags: { Tag: [] },
          })),
        },
      };
    },
  });
}
