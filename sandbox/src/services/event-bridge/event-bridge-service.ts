import type { RpcProduct } from '../../protocols/rpc/operation.ts';
import type { World } from '../../world/world.ts';
import { EVENT_BRIDGE_ERRORS } from './errors.ts';
import type { EventRules } from './event-rules.ts';
import { ruleOperations } from './operations.ts';

/** The service's name in calls, faults and the journal. */
export const SERVICE = 'event-bridge';

/** EventBridge's API 2020-04-01, behind the RPC gateway. */
export function createEventBridgeService(world: World, rules: EventRules) {
  return {
    service: SERVICE,
    hostId: `eventbridge.${world.region}.aliyuncs.com`,
    versions: { '2020-04-01': ruleOperations(rules, world) },
    errors: EVENT_BRIDGE_ERRORS,
    quotas: {},
  } satisfies RpcProduct;
}
