import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { createLogResources } from '../../../alicloud/log-service/log-resources.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  json,
  type RawServer,
  startRawServer,
} from '../../support/adapters/server.ts';

const options = { timeoutMs: 5_000 };
type Resources = ReturnType<typeof createLogResources>;

let server: RawServer;
async function connect(answer: Answer): Promise<Resources> {
  server = await startRawServer(answer);
  onTestFinished(() => server.close());
  const client = createLogClient({ endpoint: server.url, project: 'audit', credentials });
  return createLogResources(client);
}

const refusal = (errorCode: string, status: number) =>
  json({ errorCode, errorMessage: `${errorCode}.` }, status);

const READS = [
  {
    what: 'a project',
    target: '/',
    answer: { projectName: 'audit', status: 'Normal' },
    found: true,
    absent: { code: 'ProjectNotExist', found: false },
    read: (resources: Resources) => resources.hasProject(options),
  },
  {
    what: 'a logstore',
    target: '/logstores/results',
    answer: { logstoreName: 'results', ttl: 365, shardCount: 1 },
    found: { retentionDays: 365 },
    absent: { code: 'LogStoreNotExist', found: undefined },
    read: (resources: Resources) => resources.logstore('results', options),
  },
  {
    what: 'an index',
    target: '/logstores/results/index',
    answer: { ttl: 365, keys: { outcome: { type: 'text', token: [] }, failed: { type: 'long' } } },
    found: { keys: { outcome: 'text', failed: 'long' } },
    absent: { code: 'IndexConfigNotExist', found: undefined },
    read: (resources: Resources) => resources.index('results', options),
  },
  {
    what: 'a dashboard',
    target: '/dashboards/account-onboarding',
    answer: { dashboardName: 'account-onboarding', charts: [] },
    found: true,
    absent: { code: 'DashboardNotExist', found: false },
    read: (resources: Resources) => resources.hasDashboard('account-onboarding', options),
  },
];

describe.each(READS)('$what', ({ target, answer, found, absent, read }) => {
  it('that is there', async () => {
    expect(await read(await connect(json(answer)))).toEqual(found);
    expect(server.seen[0]).toMatchObject({ method: 'GET', target });
    expect(server.seen[0]?.headers.host).toMatch(/^audit\./);
  });

  it('that is not there', async () => {
    expect(await read(await connect(refusal(absent.code, 404)))).toEqual(absent.found);
  });

  it('that may not be read', async () => {
    expect(await cloudErrorOf(read(await connect(refusal('Unauthorized', 403))))).toMatchObject({
      code: 'Unauthorized',
    });
  });

  it('of which the answer is none', async () => {
    expect(await cloudErrorOf(read(await connect(json([]))))).toMatchObject({
      code: 'MalformedAnswer',
    });
  });
});

it('an index may have no keys', async () => {
  expect(await (await connect(json({ ttl: 7 }))).index('results', options)).toEqual({ keys: {} });
});

describe('alerts', () => {
  it('say whether they are enabled, and who sends them', async () => {
    const policyConfiguration = { actionPolicyId: 'ops', alertPolicyId: 'sls.builtin.dynamic' };
    const resources = await connect(
      json({
        total: 3,
        count: 3,
        results: [
          { name: 'a', status: 'ENABLED', configuration: { policyConfiguration } },
          { name: 'b', status: 'DISABLED', configuration: {} },
          { name: 'c', status: 'ENABLED' },
        ],
      }),
    );
    expect(await resources.alerts(options)).toEqual([
      { name: 'a', isEnabled: true, actionPolicyId: 'ops' },
      { name: 'b', isEnabled: false, actionPolicyId: undefined },
      { name: 'c', isEnabled: true, actionPolicyId: undefined },
    ]);
    expect(server.seen[0]?.target).toBe('/alerts?offset=0&size=200');
  });

  it('can be none', async () => {
    const resources = await connect(json({ total: 0, count: 0 }));
    expect(await resources.alerts(options)).toEqual([]);
  });

  it('are not read from an answer that is none', async () => {
    const error = await cloudErrorOf((await connect(json({}))).alerts(options));
    expect(error).toMatchObject({ operation: 'ListAlerts', code: 'MalformedAnswer' });
  });
});
