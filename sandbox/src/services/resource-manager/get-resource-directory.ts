import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import { IDENTITY_INFORMATION, isoTime, MANAGEMENT_ACCOUNT_NAME } from './answers.ts';
import type { Directory } from './directory.ts';
import { resourceManagerErrors } from './errors.ts';

/** `GetResourceDirectory`: members may ask too, and learn whose directory they are in. */
export function getResourceDirectory(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: () => ({}),
    action: 'resourcemanager:GetResourceDirectory',
    resource: () => '*',
    handle({ caller }) {
      const { accountId } = caller;
      const isInside =
        accountId === directory.managementAccountId || directory.account(accountId) !== undefined;
      if (!directory.enabled || !isInside) {
        throw errorFrom(resourceManagerErrors, 'ResourceDirectoryNotInUse');
      }
      return {
        ResourceDirectory: {
          ResourceDirectoryId: directory.resourceDirectoryId,
          RootFolderId: directory.rootFolderId,
          MasterAccountId: directory.managementAccountId,
          MasterAccountName: MANAGEMENT_ACCOUNT_NAME,
          IdentityInformation: IDENTITY_INFORMATION,
          CreateTime: isoTime(directory.createdAtMs),
          ControlPolicyStatus: 'Disabled',
          MemberDeletionStatus: 'Disabled',
        },
      };
    },
  });
}
