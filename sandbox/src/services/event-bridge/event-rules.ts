import type { World } from '../../world/world.ts';
import type { AccessStore } from '../access-management/access-store.ts';
import type { FunctionCompute } from '../function-compute/function-compute.ts';
import { eventBridgeError } from './errors.ts';
import type { EventBus } from './event-bus.ts';
import { functionTarget } from './function-target.ts';
import type { TargetRecord } from './targets.ts';

/** A rule of the bus `default`, as the API and stacks know it. */
export interface RuleRecord {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly status: RuleStatus;
  /** JSON. */
  readonly filterPattern: string;
  readonly targets: readonly TargetRecord[];
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}

export type RuleStatus = 'DISABLE' | 'ENABLE';

export type RuleContent = Pick<RuleRecord, 'description' | 'filterPattern' | 'status' | 'targets'>;

/** Every method throws a `ServiceError` for what it refuses. */
export interface EventRules {
  /** Throws `EventRuleExisted`, `EventRuleCountExceedLimit`, and for pattern and targets. */
  create(name: string, content: RuleContent): RuleRecord;
  /** What is not given stays. Safe to repeat. */
  update(name: string, changes: Partial<RuleContent>): RuleRecord;
  /** Those of the same id are replaced. Safe to repeat. */
  putTargets(name: string, targets: readonly TargetRecord[]): void;
  deleteTargets(name: string, ids: readonly string[]): void;
  /** Throws `EventRuleNotExisted`. */
  get(name: string): RuleRecord;
  /** What is on its way still arrives. Throws `EventRuleNotExisted`. */
  remove(name: string): void;
  /** By name. */
  list(): readonly RuleRecord[];
}

export const DEFAULT_BUS = 'default';
/** Source of the length and of the five targets: the closed lists of ROS and the open-source edition. */
const RULE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,126}$/;
const MOST_TARGETS = 5;

export function createEventRules(ports: {
  readonly world: World;
  readonly accountId: string;
  readonly eventBus: EventBus;
  readonly functionCompute: Pick<FunctionCompute, 'invoke'>;
  /** Default: every service-linked role is there. */
  readonly access?: Pick<AccessStore, 'hasServiceLinkedRole'>;
}): EventRules {
  const { world, accountId, eventBus } = ports;
  const records = new Map<string, RuleRecord>();

  const get = (name: string): RuleRecord => {
    const found = records.get(name);
    if (found !== undefined) return found;
    throw eventBridgeError('EventRuleNotExisted', `The event rule '${name}' not existed!`);
  };

  const busRule = ({ name, filterPattern, status, targets }: RuleRecord) => {
    const ids = targets.map(({ id }) => id);
    if (new Set(ids).size < ids.length || ids.length > MOST_TARGETS) {
      throw eventBridgeError(
        'EventTargetIneffectiveAttribute',
        `A rule has up to ${MOST_TARGETS} targets, each with an Id of its own`,
      );
    }
    return {
      name,
      pattern: filterPattern,
      isEnabled: status === 'ENABLE',
      targets: targets.map((target) => functionTarget(target, ports)),
    };
  };

  const replace = (name: string, changes: Partial<RuleContent>): RuleRecord => {
    const changed = { ...get(name), ...changes, modifiedAtMs: world.clock.now() };
    eventBus.replaceRule(busRule(changed));
    records.set(name, changed);
    return changed;
  };

  return {
    create(name, content) {
      if (!RULE_NAME.test(name)) {
        throw eventBridgeError('EventRuleNameInvalid', `The event rule name [${name}] is invalid!`);
      }
      const nowMs = world.clock.now();
      const record: RuleRecord = {
        ...content,
        name,
        arn: ruleArn({ region: world.region, accountId }, name),
        createdAtMs: nowMs,
        modifiedAtMs: nowMs,
      };
      eventBus.addRule(busRule(record));
      records.set(name, record);
      return record;
    },
    update: replace,
    putTargets(name, targets) {
      const ids = targets.map(({ id }) => id);
      const kept = get(name).targets.filter(({ id }) => !ids.includes(id));
      replace(name, { targets: [...kept, ...targets] });
    },
    deleteTargets(name, ids) {
      replace(name, { targets: get(name).targets.filter(({ id }) => !ids.includes(id)) });
    },
    get,
    remove(name) {
      get(name);
      records.delete(name);
      eventBus.removeRule(name);
    },
    list: () => [...records.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** Source: EventBridge, GetRule, RAM authorization. */
export function ruleArn(
  where: { readonly region: string; readonly accountId: string },
  name: string,
  bus: string = DEFAULT_BUS,
): string {
  return `acs:eventbridge:${where.region}:${where.accountId}:eventbus/${bus}/rule/${name}`;
}
