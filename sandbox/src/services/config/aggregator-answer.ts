import type { JsonObject } from '../../protocols/rpc/json.ts';
import type { Directory } from '../resource-manager/directory.ts';
import type { AccountGroup } from './config-state.ts';

/**
 * What `ListAggregators` and `GetAggregator` say of a group alike. The time of its creation is a number
 * in the one and a text in the other, each says it itself.
 */
export function aggregatorAnswer(
  group: AccountGroup,
  { rootFolderId }: Pick<Directory, 'rootFolderId'>,
): JsonObject {
  return {
    AccountId: BigInt(group.ownerAccountId),
    AggregatorId: group.aggregatorId,
    AggregatorName: group.aggregatorName,
    AggregatorType: 'RD',
    AggregatorStatus: group.aggregatorStatus,
    AggregatorAccountCount: group.members.length,
    Description: 'all members',
    FolderId: rootFolderId,
    Tags: [],
  };
}
