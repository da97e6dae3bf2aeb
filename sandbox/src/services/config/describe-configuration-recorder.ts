import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import type { ConfigState } from './config-state.ts';
import { recorderAnswer } from './recorder-answer.ts';
import { requireActivated } from './requirements.ts';

/** `DescribeConfigurationRecorder` of 2019-01-08. No parameters. */
export function describeConfigurationRecorder(state: ConfigState): RpcOperation {
  return rpcOperation({
    parameters: () => ({}),
    action: 'config:DescribeConfigurationRecorder',
    resource: () => '*',
    noPermissionCode: 'NoPermission',
    handle({ caller }) {
      requireActivated(state, caller.accountId);
      return { ConfigurationRecorder: recorderAnswer(state, caller.accountId) };
    },
  });
}
