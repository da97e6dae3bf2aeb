import { ListAlertsRequest, ListDashboardRequest } from '@alicloud/sls20201230';
import { describe, expect, it } from 'vitest';
import { startWithStack } from '../../../testing/operator-reads.ts';

const PROJECT = { Type: 'ALIYUN::SLS::Project', Properties: { Name: 'results' } };

const alert = (Name: string, State = 'Enabled') => ({
  Type: 'ALIYUN::SLS::Alert',
  DependsOn: 'Project',
  Properties: {
    Project: 'results',
    Detail: {
      Name,
      DisplayName: `Alert ${Name}`,
      State,
      Schedule: { Type: 'FixedRate', Interval: '1m' },
      Configuration: {
        Dashboard: 'overview',
        QueryList: [
          {
            Query: '* | SELECT 1',
            Start: '-60s',
            End: 'now',
            TimeSpanType: 'Relative',
            Store: 'all',
          },
        ],
      },
    },
  },
});

const DASHBOARD = {
  Type: 'ALIYUN::SLS::Dashboard',
  DependsOn: 'Project',
  Properties: {
    ProjectName: 'results',
    DashboardName: 'overview',
    DisplayName: 'Overview',
    Charts: [{ Title: 'runs', Type: 'line', Search: { Query: '*' } }],
  },
};

const start = () =>
  startWithStack({
    Project: PROJECT,
    Silent: alert('silent'),
    Overdue: alert('overdue', 'Disabled'),
    Dashboard: DASHBOARD,
  });

describe('alerts and dashboards that a stack has made', () => {
  it('are looked up', async () => {
    const { sls } = await start();
    const { body } = await sls().getAlert('results', 'overdue');
    expect(body).toMatchObject({
      name: 'overdue',
      displayName: 'Alert overdue',
      status: 'DISABLED',
      schedule: { type: 'FixedRate', interval: '1m' },
      configuration: { dashboard: 'overview', queryList: [{ query: '* | SELECT 1' }] },
    });
    const dashboard = await sls().getDashboard('results', 'overview');
    expect(dashboard.body).toMatchObject({
      dashboardName: 'overview',
      displayName: 'Overview',
      charts: [{ title: 'runs', type: 'line', search: { query: '*' } }],
    });
  });

  it('are listed', async () => {
    const { sls } = await start();
    const alerts = await sls().listAlerts('results', new ListAlertsRequest({ size: 1 }));
    expect(alerts.body).toMatchObject({ count: 1, total: 2, results: [{ name: 'silent' }] });
    const rest = await sls().listAlerts('results', new ListAlertsRequest({ offset: 1 }));
    expect(rest.body).toMatchObject({ count: 1, results: [{ name: 'overdue' }] });
    const dashboards = await sls().listDashboard('results', new ListDashboardRequest({}));
    expect(dashboards.body?.dashboardItems).toMatchObject([{ dashboardName: 'overview' }]);
  });

  it('are missing under another name, or in another project', async () => {
    const { sls } = await start();
    await expect(sls().getAlert('results', 'other')).rejects.toMatchObject({ code: 'JobNotExist' });
    await expect(sls().getDashboard('results', 'other')).rejects.toMatchObject({
      code: 'DashboardNotExist',
    });
    await expect(sls().getAlert('elsewhere', 'silent')).rejects.toMatchObject({
      code: 'ProjectNotExist',
    });
  });

  it('are for those who may, and the refusal names the action', async () => {
    const { sls, keyOf } = await start();
    const refusal = (action: string) => ({
      code: 'Unauthorized',
      message: expect.stringContaining(`action: log:${action}`),
    });
    const nobody = sls(keyOf('log:Nothing'));
    await expect(nobody.getAlert('results', 'silent')).rejects.toMatchObject(refusal('GetAlert'));
    await expect(nobody.listAlerts('results', new ListAlertsRequest({}))).rejects.toMatchObject(
      refusal('ListAlerts'),
    );
    await expect(nobody.getDashboard('results', 'overview')).rejects.toMatchObject(
      refusal('GetDashboard'),
    );
    await expect(
      nobody.listDashboard('results', new ListDashboardRequest({})),
    ).rejects.toMatchObject(refusal('ListDashboard'));
    await sls(keyOf('log:GetAlert')).getAlert('results', 'silent');
  });
});
