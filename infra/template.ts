import { ACTION_POLICY, alerts } from './alerts.ts';
import { dashboard } from './dashboard.ts';
import { flow } from './flow.ts';
import {
  logStore,
  projectName,
  RESULT_STORE,
  RESULT_STORE_CONDITIONS,
  RESULT_STORE_VALUES,
  RESULTS,
  RETENTION_DAYS,
} from './log-store.ts';
import { FAILURES, roles } from './roles.ts';
import { getAtt, type Resources, wording } from './ros.ts';
import { apart, noted, type ValueMap } from './yaml.ts';

/** `stack.yaml`: what the functions depend on, and what watches over them. */
export function stackTemplate(): ValueMap {
  return {
    ROSTemplateFormatVersion: noted(
      'What the functions of s.yaml depend on, for Resource Orchestration Service (ROS).\n' +
        'Generated from infra/ by npm run infra: change it there.',
      '2015-09-01',
    ),
    Description: wording(
      'What account onboarding depends on: the log store of its results, the roles of its functions, and the queue of what could not be done. Deploy it in the management account of the resource directory, then deploy the functions.',
      '账号接入（account onboarding）所依赖的资源：结果日志库、函数的角色，以及未能处理的消息队列。 请在资源目录的管理账号中部署，然后再部署函数。',
    ),
    Metadata: apart({
      'ALIYUN::ROS::Interface': {
        ParameterGroups: [
          {
            Parameters: [RETENTION_DAYS, RESULT_STORE],
            Label: { default: wording('Results', '结果') },
          },
          { Parameters: [ACTION_POLICY], Label: { default: wording('Alerts', '告警') } },
        ],
      },
    }),
    Parameters: apart(parameters),
    Conditions: apart(RESULT_STORE_CONDITIONS),
    Resources: apart(resources()),
    Outputs: apart({
      LogProject: { Description: 'The log project of the results', Value: projectName() },
      LogStore: { Description: 'The log store of the results', Value: RESULTS },
      Dashboard: {
        Description: 'The dashboard, in the log project',
        Value: getAtt('Dashboard', 'DashboardName'),
      },
    }),
  };
}

const parameters: ValueMap = {
  [RETENTION_DAYS]: {
    Type: 'Number',
    Default: 365,
    MinValue: 7,
    MaxValue: 3600,
    Label: wording('Days to keep results', '结果保留天数'),
    Description: wording(
      'How many days the log store keeps results. It is the audit trail of the onboarding.',
      '日志库保留结果的天数。该日志库是账号接入的审计记录。',
    ),
    ConstraintDescription: wording('A whole number from 7 to 3600', '7 到 3600 之间的整数'),
  },
  [RESULT_STORE]: {
    Type: 'String',
    Default: 'Create',
    AllowedValues: RESULT_STORE_VALUES,
    Label: wording('Log store of results', '结果日志库'),
    Description: wording(
      'Create makes all of it. Existing goes on with what an earlier stack left behind, as it is: deleting a stack keeps the results. If that was a creation that failed, ExistingProject finds only the log project, ExistingLogstore all but the index; what is lacking is made. npm run deploy and onboard setup look for themselves.',
      'Create：全部新建。Existing：原样使用之前的资源栈保留下来的日志库（删除资源栈时不会删除结果）。如果之前是创建失败：ExistingProject 表示只有日志项目，ExistingLogstore 表示只缺索引；缺少的部分会新建。npm run deploy 和 onboard setup 会自行判断。',
    ),
    ConstraintDescription: wording(
      'Create, ExistingProject, ExistingLogstore or Existing',
      'Create、ExistingProject、ExistingLogstore 或 Existing',
    ),
  },
  [ACTION_POLICY]: {
    Type: 'String',
    Default: 'sls.builtin',
    AllowedPattern: '[A-Za-z0-9._-]{2,100}',
    Label: wording('Action policy of the alerts', '告警行动策略'),
    Description: wording(
      "The ID of the Simple Log Service action policy that sends the alerts, for example to a webhook or a DingTalk robot. The default is the account's built-in action policy.",
      '发送告警的日志服务行动策略 ID，例如发送到 Webhook 或钉钉机器人。默认使用账号内置的行动策略。',
    ),
    ConstraintDescription: wording(
      '2 to 100 letters, digits, periods, hyphens and underscores',
      '2 到 100 个字母、数字、半角句号、短划线或下划线',
    ),
  },
};

const failureQueue: Resources = {
  FailureQueue: {
    Type: 'ALIYUN::MNS::Queue',
    Properties: {
      QueueName: FAILURES,
      MessageRetentionPeriod: noted('Seven days, the longest there is.', 7 * 86_400),
    },
  },
};

function resources(): ValueMap {
  const all: Resources = {
    ...logStore(),
    ...dashboard(),
    ...alerts(),
    ...failureQueue,
    ...roles(),
    ...flow(),
  };
  return Object.fromEntries(
    Object.entries(all).map(([id, resource], index) => [
      id,
      index === 0 ? resource : apart(resource),
    ]),
  );
}
