import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import { aggregatorAnswer } from './aggregator-answer.ts';
import type { ConfigState } from './config-state.ts';
import { configErrors } from './errors.ts';
import { requireActivated } from './requirements.ts';

/** `GetAggregator` of 2020-09-07: the group with all its members; there are no pages. */
export function getAggregator(state: ConfigState): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({ aggregatorId: read.required('AggregatorId') }),
    action: 'config:GetAggregator',
    resource: (caller, { aggregatorId }) =>
      `acs:config:*:${caller.accountId}:aggregator/${aggregatorId}`,
    noPermissionCode: 'NoPermission',
    handle({ caller, parameters }) {
      requireActivated(state, caller.accountId);
      const group = state.groupOf(caller.accountId);
      if (group?.aggregatorId !== parameters.aggregatorId) {
        throw errorFrom(configErrors, 'Invalid.AggregatorId.Value');
      }
      return {
        Aggregator: {
          ...aggregatorAnswer(group, state.directory),
          AggregatorCreateTimestamp: String(group.createdAtMs),
          AggregatorAccounts: group.members.map((member) => ({
            AccountId: BigInt(member.accountId),
            AccountName: member.accountName,
            AccountType: 'ResourceDirectory',
            RecorderStatus: member.recorderStatus,
          })),
        },
      };
    },
  });
}
