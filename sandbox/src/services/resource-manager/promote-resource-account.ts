import { randomUUID } from 'node:crypto';
import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import { accountAnswer } from './answers.ts';
import type { Directory } from './directory.ts';
import { resourceManagerErrors } from './errors.ts';
import { requireAccount, requireManagementAccount } from './requirements.ts';

/**
 * `PromoteResourceAccount`: the account waits as `PromoteVerifying` until a person confirms by
 * e-mail, which in the sandbox is `directory.setStatus(accountId, 'PromoteSuccess')`.
 */
export function promoteResourceAccount(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      accountId: read.required('AccountId'),
      email: read.required('Email'),
    }),
    action: 'resourcemanager:PromoteResourceAccount',
    resource: () => '*',
    handle({ caller, parameters: { accountId, email } }) {
      requireManagementAccount(directory, caller);
      if (!/^[^@\s]+@[^@\s]+$/.test(email)) {
        throw errorFrom(resourceManagerErrors, 'InvalidParameter.Email');
      }
      const { type, status } = requireAccount(directory, accountId);
      if (type !== 'ResourceAccount' || status !== 'CreateSuccess') {
        throw errorFrom(resourceManagerErrors, 'AccountTypeOrStatusMismatch');
      }
      const account = directory.setStatus(accountId, 'PromoteVerifying');
      return {
        Account: {
          ...accountAnswer(directory, account),
          AccountName: email,
          RecordId: randomUUID(),
        },
      };
    },
  });
}
