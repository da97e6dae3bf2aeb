import { errorFrom } from '../../protocols/service-error.ts';
import type { Caller } from '../../world/identities.ts';
import type { RecorderStatus } from './config-data.ts';
import type { ConfigState } from './config-state.ts';
import { configErrors } from './errors.ts';

/** The account's recorder status. Throws `AccountNotExisted` when Config was never activated. */
export function requireActivated(state: ConfigState, accountId: string): RecorderStatus {
  const status = state.recorderStatus(accountId);
  if (status === undefined) throw errorFrom(configErrors, 'AccountNotExisted');
  return status;
}

/** Activating Config creates `AliyunServiceRoleForConfig`. Throws `CreateSLRFail`. */
export function requireServiceLinkedRole(state: ConfigState, caller: Caller): void {
  if (!state.needsServiceLinkedRolePermission) return;
  if (state.recorderStatus(caller.accountId) !== undefined) return;
  const allowed = caller.allows('ram:CreateServiceLinkedRole', '*', {
    'ram:ServiceName': 'config.aliyuncs.com',
  });
  if (!allowed) throw errorFrom(configErrors, 'CreateSLRFail');
}
