import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import type { ConfigState } from './config-state.ts';
import { configErrors } from './errors.ts';
import { recorderAnswer } from './recorder-answer.ts';
import { requireServiceLinkedRole } from './requirements.ts';

/**
 * `StartConfigurationRecorder` of 2019-01-08: the calling account's recorder, or with
 * `EnterpriseEdition=true` those of all members too. Answers the state before the work, as the
 * documented sample does. Repeating it adds members that the account group lacks.
 */
export function startConfigurationRecorder(state: ConfigState): RpcOperation {
  return rpcOperation({
    methods: ['POST'],
    parameters: (read) => ({ enterpriseEdition: read.flag('EnterpriseEdition') ?? false }),
    action: 'config:StartConfigurationRecorder',
    resource: () => '*',
    noPermissionCode: 'NoPermission',
    handle({ caller, parameters }) {
      const { directory } = state;
      if (
        parameters.enterpriseEdition &&
        (!directory.enabled || caller.accountId !== directory.managementAccountId)
      ) {
        throw errorFrom(configErrors, 'RDMemberNoPermission');
      }
      if (state.isInitializing(caller.accountId)) throw errorFrom(configErrors, 'ProcessIsRunning');
      requireServiceLinkedRole(state, caller);
      const ConfigurationRecorder = recorderAnswer(state, caller.accountId);
      if (parameters.enterpriseEdition) state.startEnterpriseMode();
      else state.startRecorder(caller.accountId);
      return { ConfigurationRecorder };
    },
  });
}
