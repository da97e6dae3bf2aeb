import { errorFrom } from '../../protocols/service-error.ts';
import type { Caller } from '../../world/identities.ts';
import type { ConfigState } from './config-state.ts';
import { configErrors } from './errors.ts';

/** Activating Config creates `AliyunServiceRoleForConfig`. Throws `CreateSLRFail`. */
export function requireServiceLinkedRole(state: ConfigState, caller: Caller): void {
  if (!state.needsServiceLinkedRolePermission) return;
  if (state.recorderStatus(caller.accountId) !== undefined) return;
  const allowed = caller.allows('ram:CreateServiceLinkedRole', '*', {
    'ram:ServiceName': 'config.aliyuncs.com',
  });
  if (!allowed) throw errorFrom(configErrors, 'CreateSLRFail');
}
