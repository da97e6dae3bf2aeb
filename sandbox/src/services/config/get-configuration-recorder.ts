import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import type { ConfigState } from './config-state.ts';
import { RESOURCE_TYPES } from './recorder-answer.ts';
import { requireActivated } from './requirements.ts';

/** `GetConfigurationRecorder` of 2020-09-07: knows nothing of the organization. No parameters. */
export function getConfigurationRecorder(state: ConfigState): RpcOperation {
  return rpcOperation({
    parameters: () => ({}),
    action: 'config:GetConfigurationRecorder',
    resource: () => '*',
    noPermissionCode: 'NoPermission',
    handle({ caller }) {
      const status = requireActivated(state, caller.accountId);
      return {
        ConfigurationRecorder: {
          ConfigurationRecorderStatus: status,
          ResourceTypes: RESOURCE_TYPES,
        },
      };
    },
  });
}
