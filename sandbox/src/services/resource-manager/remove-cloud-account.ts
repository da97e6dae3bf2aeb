import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import type { Directory } from './directory.ts';
import { resourceManagerErrors } from './errors.ts';
import { requireAccount, requireManagementAccount } from './requirements.ts';

/** `RemoveCloudAccount`: out of the directory; resource accounts can't be removed this way. */
export function removeCloudAccount(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({ accountId: read.required('AccountId') }),
    action: 'resourcemanager:RemoveCloudAccount',
    resource: () => '*',
    handle({ caller, parameters: { accountId } }) {
      requireManagementAccount(directory, caller);
      if (requireAccount(directory, accountId).type !== 'CloudAccount') {
        throw errorFrom(resourceManagerErrors, 'AccountTypeOrStatusMismatch');
      }
      directory.removeAccount(accountId);
      return {};
    },
  });
}
