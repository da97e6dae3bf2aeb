import { gatewayErrors } from '../../protocols/rpc/errors.ts';
import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { errorFrom } from '../../protocols/service-error.ts';
import { aggregatorAnswer } from './aggregator-answer.ts';
import type { ConfigState } from './config-state.ts';
import { requireActivated } from './requirements.ts';

/**
 * `ListAggregators` of 2020-09-07: the groups that the caller owns. The sandbox has the global one
 * only, so there is never a second page and no `NextToken` is one that was given out.
 */
export function listAggregators(state: ConfigState): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      maxResults: read.integer('MaxResults', { minimum: 1, maximum: 100 }),
      nextToken: read.text('NextToken'),
    }),
    action: 'config:ListAggregators',
    resource: (caller) => `acs:config:*:${caller.accountId}:aggregator/*`,
    noPermissionCode: 'NoPermission',
    handle({ caller, parameters }) {
      if (parameters.nextToken !== undefined) {
        throw errorFrom(gatewayErrors, 'InvalidParameter', {
          message: 'The specified parameter "NextToken" is not valid: it was never given out.',
        });
      }
      requireActivated(state, caller.accountId);
      const group = state.groupOf(caller.accountId);
      const groups = group === undefined ? [] : [group];
      return {
        AggregatorsResult: {
          Aggregators: groups.map((each) => ({
            ...aggregatorAnswer(each, state.directory),
            AggregatorCreateTimestamp: each.createdAtMs,
          })),
        },
      };
    },
  });
}
