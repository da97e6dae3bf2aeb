import { ServiceError } from '../../../protocols/service-error.ts';
import type { EventRules, RuleContent } from '../../event-bridge/event-rules.ts';
import { retryStrategyOf, type TargetRecord } from '../../event-bridge/targets.ts';
import type { ValueMap } from '../template/value.ts';
import { mapOf, mapsOf, type ObjectShape, optionalText, textOf } from './properties.ts';
import type { ResourceType } from './resource-type.ts';

const PARAMETER: ObjectShape = {
  kind: 'object',
  members: {
    Form: { shape: { kind: 'text' }, required: true },
    ResourceKey: { shape: { kind: 'text' }, required: true },
    Value: { shape: { kind: 'text' }, required: true },
    Template: { shape: { kind: 'text' } },
  },
};

const TARGET: ObjectShape = {
  kind: 'object',
  members: {
    Id: { shape: { kind: 'text', minLength: 1 }, required: true },
    Type: { shape: { kind: 'text' }, required: true },
    Endpoint: { shape: { kind: 'text' }, required: true },
    ParamList: { shape: { kind: 'list', of: PARAMETER, minItems: 1 }, required: true },
    PushRetryStrategy: {
      shape: { kind: 'text', allowed: ['BACKOFF_RETRY', 'EXPONENTIAL_DECAY_RETRY'] },
    },
    DeadLetterQueue: {
      shape: { kind: 'object', members: { Arn: { shape: { kind: 'text' }, required: true } } },
    },
    // With NONE an event that can't be pushed holds up those after it: not modelled.
    ErrorsTolerance: { shape: { kind: 'text', allowed: ['ALL'] } },
  },
  unmodelled: ['ConcurrentConfig'],
};

/**
 * `ALIYUN::EventBridge::Rule`. The closed list of its properties is that of
 * `@alicloud/ros-cdk-eventbridge`; EventBridge itself looks at pattern and targets.
 */
export function eventRule(rules: EventRules): ResourceType {
  return {
    name: 'ALIYUN::EventBridge::Rule',
    properties: {
      kind: 'object',
      members: {
        EventBusName: { shape: { kind: 'text', allowed: ['default'] }, required: true },
        RuleName: { shape: { kind: 'text' }, required: true },
        FilterPattern: { shape: { kind: 'map' }, required: true, updatable: true },
        Targets: {
          shape: { kind: 'list', of: TARGET, minItems: 1 },
          required: true,
          updatable: true,
        },
        Description: { shape: { kind: 'text' }, updatable: true },
        Status: { shape: { kind: 'text', allowed: ['DISABLE', 'ENABLE'] }, updatable: true },
      },
    },
    attributes: ['EventBusName', 'RuleARN', 'RuleName'],
    create(properties) {
      const { arn, name } = rules.create(textOf(properties, 'RuleName'), contentOf(properties));
      return {
        physicalId: name,
        attributes: { EventBusName: 'default', RuleARN: arn, RuleName: name },
      };
    },
    update(state, properties) {
      rules.update(state.physicalId, contentOf(properties));
      return state;
    },
    delete({ physicalId }) {
      try {
        rules.remove(physicalId);
      } catch (error) {
        // EventBridge's status for it is not 404. What is gone already is as good as deleted.
        const isGone = error instanceof ServiceError && error.code === 'EventRuleNotExisted';
        if (!isGone) throw error;
      }
    },
  };
}

function contentOf(properties: ValueMap): RuleContent {
  return {
    description: optionalText(properties, 'Description') ?? '',
    status: optionalText(properties, 'Status') === 'DISABLE' ? 'DISABLE' : 'ENABLE',
    filterPattern: JSON.stringify(mapOf(properties, 'FilterPattern')),
    targets: mapsOf(properties, 'Targets').map(targetOf),
  };
}

function targetOf(target: ValueMap): TargetRecord {
  const retryStrategy = retryStrategyOf(optionalText(target, 'PushRetryStrategy'));
  const queue = target.DeadLetterQueue === undefined ? undefined : mapOf(target, 'DeadLetterQueue');
  return {
    id: textOf(target, 'Id'),
    type: textOf(target, 'Type'),
    endpoint: textOf(target, 'Endpoint'),
    parameters: mapsOf(target, 'ParamList').map((parameter) => {
      const template = optionalText(parameter, 'Template');
      return {
        resourceKey: textOf(parameter, 'ResourceKey'),
        form: textOf(parameter, 'Form'),
        value: textOf(parameter, 'Value'),
        ...(template === undefined ? {} : { template }),
      };
    }),
    ...(retryStrategy === undefined ? {} : { retryStrategy }),
    ...(queue === undefined ? {} : { deadLetterQueueArn: textOf(queue, 'Arn') }),
  };
}
