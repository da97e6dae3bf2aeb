import {
  accountsFailedOrOverdue,
  lastScheduledRun,
  minutesPending,
  scheduledRuns,
} from '../alicloud/log-service/monitoring-queries.ts';
import { projectName, RESULTS } from './log-store.ts';
import { type Resource, type Resources, ref } from './ros.ts';
import { inline, noted, type ValueMap } from './yaml.ts';

/** The parameter: the action policy that sends the alerts. */
export const ACTION_POLICY = 'AlertActionPolicy';

const SEVERITIES = { critical: 10, high: 8, medium: 6 } as const;

export function alerts(): Resources {
  return {
    AccountAlert: alert({
      name: 'account-onboarding-account',
      displayName: 'Account onboarding: an account is failed or overdue',
      lookBack: '15m',
      query: noted(
        'An account that failed and was covered after that is fine.',
        accountsFailedOrOverdue,
      ),
      eachOf: ['account_id'],
      severity: 'high',
      title: 'Account ${account_id} (${name}) is ${outcome}',
      description:
        'Cloud Config does not record account ${account_id} (${name}): ${outcome}, recorder status ${status}, after ${tries} calls of the start in the last run. ${problem} What to do: ${advice}',
      repeat: '4h',
    }),
    HeartbeatAlert: alert({
      name: 'account-onboarding-heartbeat',
      displayName: 'Account onboarding: no scheduled run for 30 minutes',
      lookBack: '30m',
      query: scheduledRuns,
      severity: 'critical',
      condition: 'runs < 1',
      firesWithoutData: true,
      title: 'Account onboarding has not run for 30 minutes',
      description:
        'No scheduled run wrote to the log store for 30 minutes: accounts that join now may not be recorded by Cloud Config. What to do: look at the log store function-logs, and whether the function backfill and its trigger schedule are deployed and enabled.',
      repeat: '30m',
    }),
    PendingAlert: alert({
      name: 'account-onboarding-pending',
      displayName: 'Account onboarding: an account is pending for over an hour',
      lookBack: '24h',
      query: noted(
        'Its entries with which all later ones agree: since it was last anything else.',
        minutesPending,
      ),
      eachOf: ['account_id'],
      severity: 'medium',
      condition: 'minutes >= 60',
      title: 'Account ${account_id} (${name}) is pending for ${minutes} minutes',
      description:
        'Cloud Config was started, and does not record account ${account_id} (${name}) after ${minutes} minutes: recorder status ${status}. What to do: ${advice}',
      repeat: '4h',
    }),
    RunAlert: alert({
      name: 'account-onboarding-run',
      displayName: 'Account onboarding: scheduled runs fail',
      lookBack: '15m',
      query: noted('Where accounts failed, they have alerts of their own.', lastScheduledRun),
      severity: 'high',
      condition: "(outcome == 'failed' || outcome == 'rejected') && accounts < 1",
      title: 'The scheduled run of account onboarding fails',
      description:
        'The last scheduled run (${run_id}) ended as ${outcome} before it could look at any account, so none is being checked. ${reason}',
      repeat: '1h',
    }),
  };
}

interface Alert {
  readonly name: string;
  readonly displayName: string;
  /** How much of the log store is looked at, for example `15m`. */
  readonly lookBack: string;
  readonly query: string | ReturnType<typeof noted>;
  /** An alert of its own for each value of these columns. Default: one for all rows. */
  readonly eachOf?: readonly string[];
  readonly severity: keyof typeof SEVERITIES;
  /** Of a row, in the language of alert rules. Default: every row fires. */
  readonly condition?: string;
  /** Fires too when the query has no row. */
  readonly firesWithoutData?: boolean;
  /** Both with the columns of the first row that fires, as `${column}`. */
  readonly title: string;
  readonly description: string;
  /** How long an alert that still fires is not sent again. */
  readonly repeat: string;
}

/** A rule of alerting 2.0, checked every five minutes, told again once it is resolved. */
function alert(rule: Alert): Resource {
  return {
    Type: 'ALIYUN::SLS::Alert',
    Properties: {
      Project: projectName(),
      Detail: {
        Name: rule.name,
        DisplayName: rule.displayName,
        Type: 'Alert',
        Schedule: inline({ Type: 'FixedRate', Interval: '5m' }),
        Configuration: configuration(rule),
      },
    },
  };
}

function configuration(rule: Alert): ValueMap {
  const { eachOf, condition = '', firesWithoutData = false } = rule;
  const severity = SEVERITIES[rule.severity];
  return {
    Version: '2.0',
    Type: 'default',
    Dashboard: 'internal-alert-analysis',
    QueryList: [
      {
        StoreType: 'log',
        Region: ref('ALIYUN::Region'),
        Project: projectName(),
        Store: RESULTS,
        TimeSpanType: 'Relative',
        Start: `-${rule.lookBack}`,
        End: 'now',
        PowerSqlMode: 'auto',
        Query: rule.query,
      },
    ],
    GroupConfiguration: inline(
      eachOf === undefined ? { Type: 'no_group' } : { Type: 'custom', Fields: eachOf },
    ),
    SeverityConfigurations: [
      {
        Severity: severity,
        EvalCondition: inline({ Condition: condition, CountCondition: '' }),
      },
    ],
    Threshold: 1,
    NoDataFire: firesWithoutData,
    NoDataSeverity: firesWithoutData ? severity : undefined,
    SendResolved: true,
    AutoAnnotation: true,
    Labels: [inline({ Key: 'service', Value: 'account-onboarding' })],
    Annotations: [
      { Key: 'title', Value: rule.title },
      { Key: 'desc', Value: rule.description },
    ],
    PolicyConfiguration: {
      AlertPolicyId: 'sls.builtin.dynamic',
      ActionPolicyId: ref(ACTION_POLICY),
      RepeatInterval: rule.repeat,
      UseDefault: false,
    },
  };
}
