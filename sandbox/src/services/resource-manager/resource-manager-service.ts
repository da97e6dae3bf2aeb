import type { CallEnd, RpcProduct } from '../../protocols/rpc/operation.ts';
import type { Caller } from '../../world/identities.ts';
import type { Quota } from '../../world/quotas.ts';
import type { RecordedCall } from '../../world/recorded-call.ts';
import type { AccessStore } from '../access-management/access-store.ts';
import { accessErrors } from '../access-management/errors.ts';
import { acceptHandshake } from './accept-handshake.ts';
import { createResourceAccount } from './create-resource-account.ts';
import type { Directory } from './directory.ts';
import { resourceManagerErrors } from './errors.ts';
import { getAccount } from './get-account.ts';
import { getResourceDirectory } from './get-resource-directory.ts';
import { inviteAccount } from './invite-account.ts';
import { listAccounts } from './list-accounts.ts';
import { listAccountsForParent } from './list-accounts-for-parent.ts';
import { listFoldersForParent } from './list-folders-for-parent.ts';
import { promoteResourceAccount } from './promote-resource-account.ts';
import { removeCloudAccount } from './remove-cloud-account.ts';
import { serviceLinkedRoleOperations } from './service-linked-roles.ts';

/** ActionTrail records these, whether they succeed or not. */
export const RECORDED_CALLS: readonly string[] = [
  'AcceptHandshake',
  'CreateResourceAccount',
  'InviteAccountToResourceDirectory',
  'PromoteResourceAccount',
  'RemoveCloudAccount',
];

const perSecond = (calls: number): Quota => ({ calls, windowMs: 1000 });

/** Resource Management: the resource directory, and roles. */
export function createResourceManagerService(directory: Directory, access: AccessStore) {
  return {
    service: 'resource-manager',
    hostId: 'resourcemanager.aliyuncs.com',
    versions: {
      '2020-03-31': {
        AcceptHandshake: acceptHandshake(directory),
        CreateResourceAccount: createResourceAccount(directory),
        GetAccount: getAccount(directory),
        GetResourceDirectory: getResourceDirectory(directory),
        InviteAccountToResourceDirectory: inviteAccount(directory),
        ListAccounts: listAccounts(directory),
        ListAccountsForParent: listAccountsForParent(directory),
        ListFoldersForParent: listFoldersForParent(directory),
        PromoteResourceAccount: promoteResourceAccount(directory),
        RemoveCloudAccount: removeCloudAccount(directory),
        ...serviceLinkedRoleOperations(access),
      },
    },
    errors: { ...resourceManagerErrors, ...accessErrors },
    // Another page says 50 for ListAccounts: the stricter one is what callers must bear.
    quotas: {
      GetAccount: perSecond(50),
      GetResourceDirectory: perSecond(50),
      ListAccounts: perSecond(20),
      ListAccountsForParent: perSecond(50),
    },
    onEnd(ended) {
      if (!RECORDED_CALLS.includes(ended.call.operation)) return;
      directory.notifyCall(recordCall(ended, directory.world.clock.now()));
    },
  } satisfies RpcProduct;
}

/** What ActionTrail records of the call. `atMs` is sandbox time. */
function recordCall(ended: CallEnd, atMs: number): RecordedCall {
  const { call, caller, end } = ended;
  return {
    service: call.service,
    apiVersion: call.apiVersion,
    eventName: call.operation,
    requestId: call.requestId,
    atMs,
    requestParameters: Object.fromEntries(ended.parameters),
    ...(end.kind === 'answered'
      ? { responseElements: { RequestId: call.requestId, ...end.answer } }
      : { errorCode: end.error.code, errorMessage: end.error.message }),
    caller: {
      accountId: caller.accountId,
      type: callerType(caller),
      userName: caller.roleName ?? caller.userName ?? 'root',
    },
  };
}

function callerType({ roleName, userName }: Caller): RecordedCall['caller']['type'] {
  if (roleName !== undefined) return 'assumed-role';
  return userName === undefined ? 'root-account' : 'ram-user';
}
