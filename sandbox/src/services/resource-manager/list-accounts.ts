import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { cutPage, pageAnswer, readPage } from '../../protocols/rpc/pages.ts';
import { accountAnswer, accountPath } from './answers.ts';
import type { Directory } from './directory.ts';
import { requireManagementAccount } from './requirements.ts';

/** `ListAccounts`: every account but the management account, by page. Tag filters are refused. */
export function listAccounts(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => readPage(read, 100),
    action: 'resourcemanager:ListAccounts',
    resource: () => '*',
    handle({ caller, parameters: page }) {
      requireManagementAccount(directory, caller);
      const accounts = directory.accounts();
      return {
        ...pageAnswer(accounts, page),
        Accounts: {
          Account: cutPage(accounts, page).map((account) => ({
            ...accountAnswer(directory, account),
            ResourceDirectoryPath: accountPath(directory, account),
            Tags: { Tag: [] },
          })),
        },
      };
    },
  });
}
