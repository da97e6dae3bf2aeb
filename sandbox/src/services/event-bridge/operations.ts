import { missingParameter } from '../../protocols/rpc/errors.ts';
import type { JsonObject } from '../../protocols/rpc/json.ts';
import {
  type OperationDefinition,
  type RpcOperation,
  rpcOperation,
} from '../../protocols/rpc/operation.ts';
import type { ParameterReader } from '../../protocols/rpc/parameters.ts';
import { ServiceError } from '../../protocols/service-error.ts';
import type { World } from '../../world/world.ts';
import { eventBridgeError } from './errors.ts';
import {
  DEFAULT_BUS,
  type EventRules,
  type RuleRecord,
  type RuleStatus,
  ruleArn,
} from './event-rules.ts';
import { readTargetIds, readTargets, targetAnswer } from './targets.ts';

/** Operations on rules and targets, by name, for both of EventBridge's protocols. */
export function ruleOperations(rules: EventRules, { region }: Pick<World, 'region'>) {
  /** On one rule of the bus; its answer is the `Data` of the whole. */
  const onRule = <Parameters>(
    name: string,
    read: (read: ParameterReader) => Parameters,
    handle: (ruleName: string, parameters: Parameters) => JsonObject | boolean,
  ): RpcOperation =>
    operation({
      parameters: (reader) => ({
        bus: reader.required('EventBusName'),
        ruleName: reader.required('RuleName'),
        own: read(reader),
      }),
      action: `eventbridge:${name}`,
      resource: ({ accountId }, { bus, ruleName }) => ruleArn({ region, accountId }, ruleName, bus),
      handle: ({ parameters: { bus, ruleName, own } }) => {
        requireBus(bus);
        return handle(ruleName, own);
      },
    });

  const nothing = () => undefined;

  return {
    CreateRule: onRule(
      'CreateRule',
      (read) => ({
        description: read.text('Description') ?? '',
        status: readStatus(read) ?? 'ENABLE',
        filterPattern: read.required('FilterPattern'),
        targets: readTargets(read.text('EventTargets') ?? read.text('Targets')),
      }),
      (name, content) => ({ RuleARN: rules.create(name, content).arn }),
    ),
    UpdateRule: onRule(
      'UpdateRule',
      (read) => {
        const description = read.text('Description');
        const status = readStatus(read);
        const filterPattern = read.text('FilterPattern');
        return {
          ...(description === undefined ? {} : { description }),
          ...(status === undefined ? {} : { status }),
          ...(filterPattern === undefined ? {} : { filterPattern }),
        };
      },
      (name, changes) => {
        rules.update(name, changes);
        return true;
      },
    ),
    GetRule: onRule('GetRule', nothing, (name) => ruleAnswer(rules.get(name))),
    EnableRule: onRule('EnableRule', nothing, (name) => setStatus(name, 'ENABLE')),
    DisableRule: onRule('DisableRule', nothing, (name) => setStatus(name, 'DISABLE')),
    DeleteRule: onRule('DeleteRule', nothing, (name) => {
      rules.remove(name);
      return true;
    }),
    PutTargets: onRule(
      'PutTargets',
      (read) => readTargets(read.required('Targets')),
      (name, targets) => {
        rules.putTargets(name, targets);
        return { ErrorEntriesCount: 0, ErrorEntries: [] };
      },
    ),
    DeleteTargets: onRule(
      'DeleteTargets',
      (read) => readTargetIds(read.required('TargetIds')),
      (name, ids) => {
        rules.deleteTargets(name, ids);
        return { ErrorEntriesCount: 0, ErrorEntries: [] };
      },
    ),
    ListTargets: onRule(
      'ListTargets',
      // There are five at most.
      (read) => read.integer('Limit', { minimum: 1, maximum: 100 }),
      (name) => {
        const { targets, arn } = rules.get(name);
        return { Targets: targets.map(targetAnswer), RuleARN: arn };
      },
    ),
    ListRules: operation({
      parameters: (read) => ({
        bus: read.required('EventBusName'),
        prefix: read.text('RuleNamePrefix') ?? '',
        limit: read.integer('Limit', { minimum: 1, maximum: 100 }) ?? 10,
        nextToken: read.text('NextToken') ?? '',
      }),
      action: 'eventbridge:ListRules',
      resource: ({ accountId }, { bus }) => ruleArn({ region, accountId }, '*', bus),
      handle: ({ parameters: { bus, prefix, limit, nextToken } }) => {
        requireBus(bus);
        const matching = rules.list().filter(({ name }) => name.startsWith(prefix));
        const rest = matching.filter(({ name }) => name >= nextToken);
        const next = rest[limit];
        return {
          Rules: rest.slice(0, limit).map(ruleAnswer),
          Total: matching.length,
          ...(next === undefined ? {} : { NextToken: next.name }),
        };
      },
    }),
  } satisfies Readonly<Record<string, RpcOperation>>;

  function setStatus(name: string, status: RuleStatus): boolean {
    rules.update(name, { status });
    return true;
  }
}

/**
 * What EventBridge refuses itself is an answer of the status 200 whose `Code` is not `Success`, as
 * its pages and its own clients' checks of that code have it.
 */
function operation<Parameters>(
  definition: Omit<OperationDefinition<Parameters>, 'handle' | 'noPermissionCode'> & {
    handle(input: InputOf<OperationDefinition<Parameters>['handle']>): JsonObject | boolean;
  },
): RpcOperation {
  return rpcOperation({
    ...definition,
    noPermissionCode: 'AccessDenied',
    handle(input) {
      try {
        return { Code: 'Success', Message: '', Success: true, Data: definition.handle(input) };
      } catch (error) {
        if (!(error instanceof ServiceError) || error.status !== 409) throw error;
        return { Code: error.code, Message: error.message, Success: false };
      }
    },
  });
}

type InputOf<Handle> = Handle extends (input: infer Input) => unknown ? Input : never;

function readStatus(read: ParameterReader): RuleStatus | undefined {
  const status = read.text('Status');
  if (status === undefined || status === 'ENABLE' || status === 'DISABLE') return status;
  throw eventBridgeError('InvalidArgument', `Status: '${status}' is not ENABLE or DISABLE`);
}

function requireBus(bus: string): void {
  if (bus === '') throw missingParameter('EventBusName');
  if (bus !== DEFAULT_BUS) {
    throw eventBridgeError('EventBusNotExist', `The event bus '${bus}' not existed!`);
  }
}

function ruleAnswer(rule: RuleRecord): JsonObject {
  return {
    RuleARN: rule.arn,
    RuleName: rule.name,
    EventBusName: DEFAULT_BUS,
    Description: rule.description,
    Status: rule.status,
    FilterPattern: rule.filterPattern,
    Targets: rule.targets.map(targetAnswer),
    CreatedTimestamp: rule.createdAtMs,
  };
}
