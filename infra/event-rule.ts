import { FAILURES } from './roles.ts';
import { arn, type Resource, wording } from './ros.ts';
import { apart, inline, noted, type ValueMap } from './yaml.ts';

/** The function that account events are for. */
const FUNCTION = 'onboard-account';

/** `event-rule.yaml`: what brings account events to the function, once it is deployed. */
export function eventRuleTemplate(): ValueMap {
  return {
    ROSTemplateFormatVersion: noted(
      'What brings account events to the function onboard-account, for Resource Orchestration Service (ROS).\n' +
        'Generated from infra/ by npm run infra: change it there.',
      '2015-09-01',
    ),
    Description: wording(
      'The event path of account onboarding: without it, new accounts are covered by the schedule, within five minutes. Deploy it after the functions.',
      '账号接入（account onboarding）的事件通路：没有它，新账号由定时任务在五分钟内覆盖。请在部署函数之后部署。',
    ),
    Resources: apart({ AccountEvents: accountEvents }),
    Outputs: apart({
      EventRule: {
        Description: 'The event rule, on the bus default',
        Value: { 'Fn::GetAtt': ['AccountEvents', 'RuleName'] },
      },
    }),
  };
}

const accountEvents: Resource = {
  Type: 'ALIYUN::EventBridge::Rule',
  Properties: {
    EventBusName: 'default',
    RuleName: 'account-onboarding',
    Description: 'Accounts that were created in, or invited to, the resource directory',
    Status: 'ENABLE',
    FilterPattern: {
      type: noted(
        'No document confirms under which product name these events come, so only their kind is matched.',
        [
          inline({ suffix: ':ActionTrail:ApiCall' }),
          inline({ suffix: ':ActionTrail:ConsoleOperation' }),
        ],
      ),
      data: {
        eventName: [
          'CreateResourceAccount',
          'CreateCloudAccount',
          'AcceptHandshake',
          'PromoteResourceAccount',
        ],
      },
    },
    Targets: [
      {
        Id: FUNCTION,
        Type: 'acs.fc.function',
        Endpoint: arn('fc', `functions/${FUNCTION}`),
        ParamList: [
          constant('functionName', FUNCTION),
          constant('Qualifier', 'LATEST'),
          noted(
            'An invocation that fails is tried again by Function Compute, not by the bus.',
            constant('InvocationType', 'Async'),
          ),
          inline({ ResourceKey: 'Body', Form: 'ORIGINAL', Value: '' }),
        ],
        ErrorsTolerance: 'ALL',
        PushRetryStrategy: noted('176 tries over one day.', 'EXPONENTIAL_DECAY_RETRY'),
        DeadLetterQueue: { Arn: arn('mns', `/queues/${FAILURES}`) },
      },
    ],
  },
};

function constant(key: string, value: string) {
  return inline({ ResourceKey: key, Form: 'CONSTANT', Value: value });
}
