import { describe, expect, it } from 'vitest';
import {
  eachTestWithStack,
  PROJECT,
  type Properties,
  resource,
} from '../../../testing/orchestration-resources.ts';

const { sandbox, create, update, remove } = eachTestWithStack();

describe('ALIYUN::SLS::Dashboard', () => {
  const dashboard = (properties: Properties) => ({
    Project: PROJECT,
    Board: resource('ALIYUN::SLS::Dashboard', {
      ProjectName: { Ref: 'Project' },
      DashboardName: 'onboarding',
      Charts: [{ title: 'covered', search: { logstore: { 'Fn::Join': ['-', ['re', 'sults']] } } }],
      ...properties,
    }),
  });

  it('is kept as it is, changed, and deleted', async () => {
    const { stackId } = create(dashboard({ DisplayName: 'Onboarding' }));
    expect(sandbox.orchestration.dashboards()).toEqual([
      {
        project: 'audit',
        name: 'onboarding',
        displayName: 'Onboarding',
        description: undefined,
        charts: [{ title: 'covered', search: { logstore: 're-sults' } }],
      },
    ]);
    expect(await update(stackId, dashboard({ DisplayName: 'New' }))).toBe('UPDATE_COMPLETE');
    expect(sandbox.orchestration.dashboards()).toMatchObject([{ displayName: 'New' }]);
    expect(await remove(stackId)).toBe('DELETE_COMPLETE');
    expect(sandbox.orchestration.dashboards()).toEqual([]);
  });

  it.each([
    ['no charts', { Charts: [] }, 'Charts: it needs 1 or more'],
    ['no project', { ProjectName: 'other' }, 'ProjectNotExist'],
  ])('refuses %s', (_case, properties, message) => {
    expect(() => create(dashboard(properties))).toThrow(message);
  });
});

describe('ALIYUN::SLS::Alert', () => {
  const CONFIGURATION = {
    Dashboard: 'internal-alert-analysis',
    Version: '2.0',
    Type: 'default',
    QueryList: [
      {
        StoreType: 'log',
        Region: { Ref: 'ALIYUN::Region' },
        Project: { Ref: 'Project' },
        Store: 'results',
        Query: 'outcome: failed',
        TimeSpanType: 'Relative',
        Start: '-15m',
        End: 'now',
      },
    ],
    GroupConfiguration: { Type: 'no_group' },
    SeverityConfigurations: [{ Severity: 8, EvalCondition: { CountCondition: '__count__ > 0' } }],
    Threshold: 1,
    NoDataFire: false,
    SendResolved: true,
    PolicyConfiguration: { AlertPolicyId: 'sls.builtin.dynamic', RepeatInterval: '4h' },
  };
  const query = (change: Properties) => ({
    QueryList: [{ ...CONFIGURATION.QueryList[0], ...change }],
  });
  const alert = (detail: Properties = {}, configuration: Properties = {}) => ({
    Project: PROJECT,
    Failed: resource('ALIYUN::SLS::Alert', {
      Project: { Ref: 'Project' },
      Detail: {
        Name: 'failed',
        DisplayName: 'Onboarding failed',
        Type: 'Alert',
        State: 'Enabled',
        Schedule: { Type: 'FixedRate', Interval: '5m' },
        Configuration: { ...CONFIGURATION, ...configuration },
        ...detail,
      },
    }),
  });

  it('is kept as it is, changed, and deleted', async () => {
    const { stackId } = create(alert());
    expect(sandbox.orchestration.alerts()).toMatchObject([
      {
        project: 'audit',
        name: 'failed',
        displayName: 'Onboarding failed',
        type: 'Alert',
        state: 'Enabled',
        schedule: { Type: 'FixedRate', Interval: '5m' },
        configuration: { QueryList: [{ Project: 'audit', Region: 'cn-hangzhou' }] },
      },
    ]);
    expect(await update(stackId, alert({ State: 'Disabled' }))).toBe('UPDATE_COMPLETE');
    expect(sandbox.orchestration.alerts()).toMatchObject([{ state: 'Disabled' }]);
    expect(await update(stackId, alert({ Name: 'renamed' }))).toBe('UPDATE_COMPLETE');
    expect(sandbox.orchestration.alerts()).toMatchObject([{ name: 'renamed' }]);
    expect(await remove(stackId)).toBe('DELETE_COMPLETE');
    expect(sandbox.orchestration.alerts()).toEqual([]);
  });

  it('is not changed to one with a mistake', async () => {
    const { stackId } = create(alert());
    const next = alert({ Schedule: { Type: 'FixedRate' } });
    expect(await update(stackId, next)).toBe('ROLLBACK_COMPLETE');
  });

  it('may ask metrics, in a language that is not looked at', () => {
    create(alert({}, query({ StoreType: 'metric', Query: 'sum(up) by (' })));
    expect(sandbox.orchestration.alerts()).toHaveLength(1);
  });

  it('needs its project', () => {
    const { Failed } = alert();
    const elsewhere = { ...Failed, Properties: { ...Failed.Properties, Project: 'other' } };
    expect(() => create({ Project: PROJECT, Failed: elsewhere })).toThrow('ProjectNotExist');
  });

  it.each<[string, Properties, Properties, string]>([
    ['a key', { Nmae: 'x' }, {}, 'resources.Failed.properties.Detail: Unknown Property Nmae'],
    ['a key below', {}, { Querylist: [] }, 'Detail.Configuration: Unknown Property Querylist'],
    ['no query', {}, { QueryList: [] }, 'QueryList: it needs 1 or more'],
    ['a severity', {}, { NoDataSeverity: 5 }, '5 is not an allowed value (2, 4, 6, 8, 10)'],
    ['a schedule', { Schedule: { Type: 'Sometimes' } }, {}, 'is not an allowed value'],
    ['a rate without an interval', { Schedule: { Type: 'FixedRate' } }, {}, 'needs Interval'],
    [
      'cron without an expression',
      { Schedule: { Type: 'Cron', Interval: '5m' } },
      {},
      'ParameterInvalid: Schedule: the type Cron needs CronExpression.',
    ],
    ['a time span', {}, query({ TimeSpanType: 'Sometimes' }), 'is not an allowed value'],
    [
      'a search that does not parse',
      {},
      query({ Query: 'outcome: (failed' }),
      'ParameterInvalid: Configuration.QueryList[0].Query: ',
    ],
    [
      'a statement that does not parse',
      {},
      query({ Query: '* | select from' }),
      'ParameterInvalid: Configuration.QueryList[0].Query: ',
    ],
    [
      'a statement that the sandbox can not parse',
      {},
      query({ Query: '* | select a from log intersect select b from log' }),
      'SandboxUnsupportedAnalytics: Configuration.QueryList[0].Query: ',
    ],
  ])('refuses %s', (_case, detail, configuration, message) => {
    expect(() => create(alert(detail, configuration))).toThrow(message);
  });
});
