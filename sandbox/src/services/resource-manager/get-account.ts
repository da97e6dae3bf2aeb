import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { accountAnswer, accountPath } from './answers.ts';
import type { Directory } from './directory.ts';
import { requireAccount, requireManagementAccount } from './requirements.ts';

/** `GetAccount`: `Tags` is a flat list here, unlike in `ListAccounts`. */
export function getAccount(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({ accountId: read.required('AccountId') }),
    action: 'resourcemanager:GetAccount',
    resource: (caller) => `acs:resourcemanager:*:${caller.accountId}:account/*`,
    handle({ caller, parameters }) {
      requireManagementAccount(directory, caller);
      const account = requireAccount(directory, parameters.accountId);
      return {
        Account: {
          ...accountAnswer(directory, account),
          ResourceDirectoryPath: accountPath(directory, account),
          Tags: [],
        },
      };
    },
  });
}
