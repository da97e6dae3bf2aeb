import type { Member, ObjectShape, Shape } from './properties.ts';

/**
 * `Detail.Configuration` of `ALIYUN::SLS::Alert`. Source: the resource type's description in
 * `@alicloud/ros-cdk-sls` 1.11.
 */
const TEXT: Member = { shape: { kind: 'text' } };
const REQUIRED_TEXT: Member = { shape: { kind: 'text' }, required: true };
const FLAG: Member = { shape: { kind: 'boolean' } };
/** Source: github.com/aliyun/aliyun-log-java-sdk, `TimeSpanType`. */
const TIME_SPANS = ['Custom', 'Relative', 'Today', 'Truncated'];
const SEVERITIES = [2, 4, 6, 8, 10];

function object(members: ObjectShape['members']): ObjectShape {
  return { kind: 'object', members };
}

function list(of: Shape): Member {
  return { shape: { kind: 'list', of } };
}

const TAG = object({ Key: REQUIRED_TEXT, Value: REQUIRED_TEXT });

const QUERY = object({
  ChartTitle: TEXT,
  DashboardId: TEXT,
  End: REQUIRED_TEXT,
  LogStore: TEXT,
  PowerSqlMode: TEXT,
  Project: TEXT,
  Query: REQUIRED_TEXT,
  Region: TEXT,
  RoleArn: TEXT,
  Start: REQUIRED_TEXT,
  Store: TEXT,
  StoreType: { shape: { kind: 'text', allowed: ['log', 'metric', 'meta'] } },
  TimeSpanType: { shape: { kind: 'text', allowed: TIME_SPANS }, required: true },
});

const JOIN_TYPES = [
  'cross_join',
  'inner_join',
  'left_join',
  'right_join',
  'full_join',
  'left_exclude',
  'right_exclude',
  'concat',
  'no_join',
];

export const ALERT_CONFIGURATION: ObjectShape = {
  kind: 'object',
  members: {
    Annotations: list(TAG),
    AutoAnnotation: FLAG,
    Condition: TEXT,
    Dashboard: REQUIRED_TEXT,
    GroupConfiguration: {
      shape: object({
        Fields: list({ kind: 'text' }),
        Type: {
          shape: { kind: 'text', allowed: ['no_group', 'labels_auto', 'custom'] },
          required: true,
        },
      }),
    },
    JoinConfigurations: list(
      object({
        Condition: TEXT,
        Type: { shape: { kind: 'text', allowed: JOIN_TYPES }, required: true },
      }),
    ),
    Labels: list(TAG),
    MuteUntil: { shape: { kind: 'integer', min: 0 } },
    NoDataFire: FLAG,
    NoDataSeverity: { shape: { kind: 'integer', allowed: SEVERITIES } },
    NotificationList: list(
      object({
        Content: TEXT,
        EmailList: list({ kind: 'text' }),
        Headers: { shape: { kind: 'map' } },
        Method: TEXT,
        MobileList: list({ kind: 'text' }),
        ServiceUri: TEXT,
        Type: REQUIRED_TEXT,
      }),
    ),
    NotifyThreshold: { shape: { kind: 'integer', min: 1 } },
    PolicyConfiguration: {
      shape: object({
        ActionPolicyId: TEXT,
        AlertPolicyId: TEXT,
        RepeatInterval: TEXT,
        UseDefault: FLAG,
      }),
    },
    QueryList: { shape: { kind: 'list', of: QUERY, minItems: 1 }, required: true },
    SendResolved: FLAG,
    SeverityConfigurations: list(
      object({
        EvalCondition: { shape: object({ Condition: TEXT, CountCondition: TEXT }) },
        Severity: { shape: { kind: 'integer', allowed: SEVERITIES }, required: true },
      }),
    ),
    Threshold: { shape: { kind: 'integer', min: 1 } },
    Throttling: TEXT,
    Type: TEXT,
    Version: TEXT,
  },
};
