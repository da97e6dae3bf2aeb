import type { JsonObject } from '../../protocols/rpc/json.ts';
import type { AccountGroup } from './config-state.ts';

/** What `ListAggregators` and `GetAggregator` say of a group alike. */
export function aggregatorAnswer(group: AccountGroup): JsonObject {
  return {
    AccountId: BigInt(group.ownerAccountId),
    AggregatorId: group.aggregatorId,
    AggregatorName: group.aggregatorName,
    AggregatorType: 'RD',
    AggregatorStatus: group.aggregatorStatus,
    AggregatorAccountCount: group.members.length,
    AggregatorCreateTimestamp: group.createdAtMs,
    Description: 'all members',
  };
}
