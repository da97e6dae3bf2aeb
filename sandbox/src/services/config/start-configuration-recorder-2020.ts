import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import type { ConfigState } from './config-state.ts';
import { configErrors } from './errors.ts';
import { RESOURCE_TYPES } from './recorder-answer.ts';
import { requireServiceLinkedRole } from './requirements.ts';

/** `StartConfigurationRecorder` of 2020-09-07: the calling account's recorder only. No parameters. */
export function startConfigurationRecorder2020(state: ConfigState): RpcOperation {
  return rpcOperation({
    parameters: () => ({}),
    action: 'config:StartConfigurationRecorder',
    resource: () => '*',
    noPermissionCode: 'NoPermission',
    handle({ caller }) {
      if (state.isInitializing(caller.accountId)) throw errorFrom(configErrors, 'ProcessIsRunning');
      requireServiceLinkedRole(state, caller);
      const status = state.recorderStatus(caller.accountId) ?? 'REGISTRABLE';
      state.startRecorder(caller.accountId);
      return {
        ConfigurationRecorder: {
          ConfigurationRecorderStatus: status,
          ResourceTypes: RESOURCE_TYPES,
        },
      };
    },
  });
}
