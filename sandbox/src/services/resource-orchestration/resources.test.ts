/** Each type of resource: what it creates, changes, and deletes; what it takes and refuses. */
import { describe, expect, it } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import {
  ACCOUNT_ID,
  RESOURCE_MS,
  startOrchestrationSandbox,
  template,
} from '../../testing/orchestration-sandbox.ts';

const sandbox = eachTest(startOrchestrationSandbox);

type Properties = Readonly<Record<string, unknown>>;
type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties: Properties }>
>;

const resource = (Type: string, Properties: Properties) => ({ Type, Properties });

const create = (Resources: Resources, Outputs = {}) =>
  sandbox.orchestration.createStack({
    name: 'onboarding',
    templateBody: template({ Resources, Outputs }),
  });

let updates = 0;
/** The status that the stack ends in. */
async function update(stackId: string, Resources: Resources) {
  updates += 1;
  const { changeSetId } = await sandbox.ros().createChangeSet({
    stackId,
    changeSetName: `update-${updates}`,
    templateBody: template({ Resources }),
  });
  sandbox.world.clock.advance(RESOURCE_MS);
  await sandbox.ros().executeChangeSet(changeSetId);
  sandbox.world.clock.advance(RESOURCE_MS * 20);
  return (await sandbox.ros().getStack(stackId))?.status;
}

async function remove(stackId: string) {
  await sandbox.ros().deleteStack(stackId);
  sandbox.world.clock.advance(RESOURCE_MS * 20);
  return (await sandbox.ros().getStack(stackId))?.status;
}

const PROJECT = resource('ALIYUN::SLS::Project', { Name: 'audit' });
const LOGSTORE = { ProjectName: { Ref: 'Project' }, LogstoreName: 'results' };

describe('ALIYUN::SLS::Project', () => {
  it('takes a new description', async () => {
    const properties = { Name: 'audit', Description: 'old' };
    const { stackId } = create({ Project: resource('ALIYUN::SLS::Project', properties) });
    const next = resource('ALIYUN::SLS::Project', { ...properties, Description: 'new' });
    expect(await update(stackId, { Project: next })).toBe('UPDATE_COMPLETE');
    const { body } = await sandbox.sls().getProject('audit');
    expect(body).toMatchObject({ description: 'new', createTime: '2026-11-20 03:04:05' });
    expect(body?.lastModifyTime).toBe('2026-11-20 03:04:07');
  });
});

describe('ALIYUN::SLS::Logstore', () => {
  const settings = async () => (await sandbox.sls().getLogStore('audit', 'results')).body;

  it('has its settings, and their defaults', async () => {
    const full = {
      TTL: '90',
      ShardCount: 1,
      AutoSplit: 'true',
      MaxSplitShard: 4,
      AppendMeta: false,
    };
    const { stackId } = create({
      Project: PROJECT,
      Results: resource('ALIYUN::SLS::Logstore', { ...LOGSTORE, ...full }),
    });
    expect(await settings()).toMatchObject({
      ttl: 90,
      shardCount: 1,
      autoSplit: true,
      maxSplitShard: 4,
    });
    const plain = resource('ALIYUN::SLS::Logstore', { ...LOGSTORE, ShardCount: 1 });
    expect(await update(stackId, { Project: PROJECT, Results: plain })).toBe('UPDATE_COMPLETE');
    expect(await settings()).toMatchObject({ ttl: 30, shardCount: 1, autoSplit: false });
  });

  it('keeps its shards: the service refuses, and the rest is changed back', async () => {
    const one = resource('ALIYUN::SLS::Logstore', { ...LOGSTORE, ShardCount: 1 });
    const two = resource('ALIYUN::SLS::Logstore', { ...LOGSTORE, ShardCount: 2 });
    const { stackId } = create({ Project: PROJECT, Results: one });
    expect(await update(stackId, { Project: PROJECT, Results: two })).toBe('ROLLBACK_COMPLETE');
  });
});

describe('ALIYUN::SLS::Index', () => {
  const indexed = (index: Properties): Resources => ({
    Project: PROJECT,
    Results: resource('ALIYUN::SLS::Logstore', LOGSTORE),
    Index: resource('ALIYUN::SLS::Index', {
      ProjectName: { Ref: 'Project' },
      LogstoreName: { 'Fn::GetAtt': ['Results', 'LogstoreName'] },
      ...index,
    }),
  });

  it('becomes the index of the service', async () => {
    create(
      indexed({
        FullTextIndex: { Enable: true, CaseSensitive: true, Delimiter: ', ' },
        KeyIndices: [
          { Name: 'outcome', Type: 'text' },
          { Name: 'covered', Type: 'long', EnableAnalytics: false, Alias: 'c' },
        ],
      }),
    );
    expect((await sandbox.sls().getIndex('audit', 'results')).body).toMatchObject({
      line: { token: [',', ' '], caseSensitive: true, chn: false },
      keys: {
        outcome: {
          type: 'text',
          token: [' ', ',', "'", '"', ';', ...'=()[]{}?@&<>/:', '\n', '\t', '\r'],
          caseSensitive: false,
        },
        covered: { type: 'long', alias: 'c' },
      },
    });
  });

  it('is changed and deleted', async () => {
    const { stackId } = create(indexed({ FullTextIndex: { Enable: true } }));
    const next = indexed({
      FullTextIndex: { Enable: false },
      KeyIndices: [{ Name: 'outcome', Type: 'text' }],
    });
    expect(await update(stackId, next)).toBe('UPDATE_COMPLETE');
    const { body } = await sandbox.sls().getIndex('audit', 'results');
    expect(body?.line).toBeUndefined();
    expect(Object.keys(body?.keys ?? {})).toEqual(['outcome']);
    const { Project, Results } = next;
    if (Project === undefined || Results === undefined) throw new Error('unreachable');
    expect(await update(stackId, { Project, Results })).toBe('UPDATE_COMPLETE');
    expect(sandbox.logService.hasIndex('audit', 'results')).toBe(false);
  });

  it.each([
    [
      'a key twice',
      [
        { Name: 'a', Type: 'text' },
        { Name: 'a', Type: 'long' },
      ],
      'indexed twice',
    ],
    ['JSON', [{ Name: 'a', Type: 'json' }], 'JSON'],
  ])('refuses %s', (_case, KeyIndices, message) => {
    expect(() => create(indexed({ FullTextIndex: { Enable: true }, KeyIndices }))).toThrow(message);
  });
});

it('ALIYUN::SLS::Index is refused where the logstore has one', () => {
  sandbox.logService.createProject('audit');
  sandbox.logService.createLogstore('audit', 'results');
  sandbox.logService.createIndex('audit', 'results', { line: { token: [' '] } });
  const index = resource('ALIYUN::SLS::Index', {
    ProjectName: 'audit',
    LogstoreName: 'results',
    FullTextIndex: { Enable: true },
  });
  expect(() => create({ Index: index })).toThrow('IndexAlreadyExist');
});

describe('ALIYUN::MNS::Queue', () => {
  const queue = (properties: Properties) => ({
    Queue: resource('ALIYUN::MNS::Queue', { QueueName: 'failures', ...properties }),
  });

  it('is created, changed and deleted; its retention can not be changed', async () => {
    const { stackId, outputs } = create(queue({ MessageRetentionPeriod: 604_800 }), {
      Url: { Value: { 'Fn::GetAtt': ['Queue', 'QueueUrl'] } },
    });
    expect(outputs.Url).toBe(`http://${ACCOUNT_ID}.mns.cn-hangzhou.aliyuncs.com/queues/failures`);
    sandbox.messageService.send('failures', 'one');
    const changed = queue({ MessageRetentionPeriod: 604_800, VisibilityTimeout: 60 });
    expect(await update(stackId, changed)).toBe('UPDATE_COMPLETE');
    const shorter = queue({ MessageRetentionPeriod: 60, VisibilityTimeout: 60 });
    expect(await update(stackId, shorter)).toBe('ROLLBACK_COMPLETE');
    expect(sandbox.messageService.messages('failures')).toHaveLength(1);
    expect(await remove(stackId)).toBe('DELETE_COMPLETE');
    expect(sandbox.messageService.hasQueue('failures')).toBe(false);
  });
});

describe('ALIYUN::RAM::Role and ALIYUN::RAM::ManagedPolicy', () => {
  const TRUST = {
    Version: '1',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: ['fc.aliyuncs.com'] },
      },
    ],
  };
  const document = (action: string) => ({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: [action], Resource: ['*'] }],
  });
  const role = (properties: Properties = {}) =>
    resource('ALIYUN::RAM::Role', {
      RoleName: 'Onboarding',
      AssumeRolePolicyDocument: TRUST,
      ...properties,
    });
  const policies = (action: string, PolicyName = 'inline') => ({
    Policies: [{ PolicyName, PolicyDocument: document(action) }],
  });
  const managed = (action: string, properties: Properties = {}) =>
    resource('ALIYUN::RAM::ManagedPolicy', {
      PolicyName: 'managed',
      PolicyDocument: document(action),
      Roles: [{ 'Fn::GetAtt': ['Role', 'RoleName'] }],
      ...properties,
    });
  const ARN = `acs:ram::${ACCOUNT_ID}:role/onboarding`;

  function allows(action: string) {
    const { accessKeyId, securityToken } = sandbox.world.identities.assumeRole(ARN, 60_000);
    const found = sandbox.world.identities.find(accessKeyId, securityToken);
    return found.kind === 'found' && found.caller.allows(action, 'acs:x:y');
  }

  it('together say what the role may do', async () => {
    const { stackId, outputs } = create(
      { Policy: managed('mns:*'), Role: role(policies('config:*')) },
      {
        Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
        Id: { Value: { 'Fn::GetAtt': ['Role', 'RoleId'] } },
      },
    );
    expect(outputs).toMatchObject({ Arn: ARN, Id: expect.stringMatching(/^3\d{17}$/) });
    expect(sandbox.orchestration.roles()).toMatchObject([
      { name: 'Onboarding', arn: ARN, trustedServices: ['fc.aliyuncs.com'] },
    ]);
    expect(['config:GetAggregator', 'mns:SendMessage', 'log:PostLogStoreLogs'].map(allows)).toEqual(
      [true, true, false],
    );

    const next = { Policy: managed('mns:SendMessage'), Role: role(policies('log:*', 'other')) };
    expect(await update(stackId, next)).toBe('UPDATE_COMPLETE');
    expect(
      ['config:GetAggregator', 'mns:SendMessage', 'mns:DeleteQueue', 'log:PostLogStoreLogs'].map(
        allows,
      ),
    ).toEqual([false, true, false, true]);

    expect(await remove(stackId)).toBe('DELETE_COMPLETE');
    expect(sandbox.world.identities.hasRole(ACCOUNT_ID, 'onboarding')).toBe(false);
    create(next);
  });

  it('trust other services after an update', async () => {
    const { stackId } = create({ Role: role() });
    const [statement] = TRUST.Statement;
    const next = {
      ...TRUST,
      Statement: [{ ...statement, Principal: { Service: ['eventbridge.aliyuncs.com'] } }],
    };
    await update(stackId, { Role: role({ AssumeRolePolicyDocument: next }) });
    expect(sandbox.orchestration.roles()).toMatchObject([
      { trustedServices: ['eventbridge.aliyuncs.com'] },
    ]);
  });

  it('an update that fails halfway leaves the role as it was', async () => {
    const { stackId } = create({
      Role: role(policies('config:*')),
      Policy: managed('mns:*', { Roles: [] }),
    });
    // The policy's name is taken by the managed one.
    const next = {
      Role: role(policies('log:*', 'managed')),
      Policy: managed('mns:*', { Roles: [] }),
    };
    expect(await update(stackId, next)).toBe('ROLLBACK_COMPLETE');
    expect(['config:GetAggregator', 'log:PostLogStoreLogs'].map(allows)).toEqual([true, false]);
  });

  it('a deletion that is refused creates again what was deleted before it', async () => {
    const queue = resource('ALIYUN::MNS::Queue', { QueueName: 'failures' });
    // The policy stays, so the role that has it can't be deleted.
    const kept = { ...managed('mns:*'), DeletionPolicy: 'Retain' };
    const { stackId } = create({ Role: role(), Policy: kept, Queue: queue });
    sandbox.messageService.send('failures', 'one');
    expect(await update(stackId, {})).toBe('ROLLBACK_COMPLETE');
    const failed = await sandbox.ros().listStackEvents(stackId, { status: ['DELETE_FAILED'] });
    expect(failed?.events).toMatchObject([
      {
        logicalResourceId: 'Role',
        statusReason: expect.stringContaining('DeleteConflict.Role.Policy'),
      },
    ]);
    expect(allows('mns:SendMessage')).toBe(true);
    // It is another queue: what was in the deleted one is lost.
    expect(sandbox.messageService.messages('failures')).toEqual([]);
  });

  it('that fail halfway leave nothing behind', () => {
    const Policy = managed('mns:*', { Roles: [] });
    sandbox.orchestration.createStack({
      name: 'first',
      templateBody: template({ Resources: { Policy } }),
    });
    // The second policy's name is taken by the managed one.
    const [inline] = policies('config:*').Policies;
    const [taken] = policies('log:*', 'managed').Policies;
    expect(() => create({ Role: role({ Policies: [inline, taken] }) })).toThrow(
      'EntityAlreadyExists.Policy',
    );
    expect(sandbox.world.identities.hasRole(ACCOUNT_ID, 'onboarding')).toBe(false);

    const other = { PolicyName: 'other' };
    const Role = { ...role(), DeletionPolicy: 'Retain' };
    const Other = managed('x:*', { ...other, Roles: [{ Ref: 'Role' }, 'no'] });
    expect(() =>
      sandbox.orchestration.createStack({
        name: 'second',
        templateBody: template({ Resources: { Role, Other } }),
      }),
    ).toThrow('EntityNotExist.Role');
    expect(allows('x:y')).toBe(false);
    sandbox.orchestration.createStack({
      name: 'third',
      templateBody: template({
        Resources: { Other: managed('x:*', { ...other, Roles: ['Onboarding'] }) },
      }),
    });
    expect(allows('x:y')).toBe(true);
  });

  it.each<[string, () => Resources, string]>([
    [
      'a role that there is',
      () => {
        sandbox.world.identities.createRole(ACCOUNT_ID, 'onboarding', {
          Version: '1',
          Statement: [],
        });
        return { Role: role() };
      },
      'EntityAlreadyExists.Role',
    ],
    [
      'a policy for no role',
      () => ({ Policy: managed('x:*', { Roles: ['no'] }) }),
      'EntityNotExist.Role',
    ],
    [
      'a policy with a name of other characters',
      () => ({ Policy: managed('x:*', { PolicyName: 'to_write', Roles: [] }) }),
      'PolicyName: "to_write" does not match the pattern',
    ],
    [
      'an inline policy with a name of other characters',
      () => ({ Role: role(policies('x:*', 'to write')) }),
      'PolicyName: "to write" does not match the pattern',
    ],
    [
      'a policy of more than 6,144 characters',
      () => ({ Policy: managed(`x:${'a'.repeat(6144)}`, { Roles: [] }) }),
      'InvalidParameter.PolicyDocument.Length',
    ],
    [
      'a condition that is no map',
      () => ({
        Policy: managed('x:*', {
          Roles: [],
          PolicyDocument: {
            Version: '1',
            Statement: [
              { Effect: 'Allow', Action: ['x:*'], Resource: ['*'], Condition: { Bool: 'true' } },
            ],
          },
        }),
      }),
      'MalformedPolicyDocument',
    ],
    [
      'an action that is not in a list',
      () => ({
        Role: role({
          Policies: [
            {
              PolicyName: 'inline',
              PolicyDocument: {
                Version: '1',
                Statement: [{ Effect: 'Allow', Action: 'x:*', Resource: ['*'] }],
              },
            },
          ],
        }),
      }),
      'Statement[0].Action: Value must be a list',
    ],
    [
      'a condition that is not evaluated',
      () => ({
        Role: role({
          Policies: [
            {
              PolicyName: 'inline',
              PolicyDocument: {
                Version: '1',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: ['x:*'],
                    Resource: ['*'],
                    Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } },
                  },
                ],
              },
            },
          ],
        }),
      }),
      'SandboxUnsupportedPolicy',
    ],
    [
      'trust in another account',
      () => ({
        Role: role({
          AssumeRolePolicyDocument: {
            Version: '1',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Principal: { RAM: ['acs:ram::1:root'] },
              },
            ],
          },
        }),
      }),
      'Principal.RAM',
    ],
    ['system policies', () => ({ Role: role({ PolicyAttachments: {} }) }), 'PolicyAttachments'],
  ])('refuse %s', (_case, resources, message) => {
    const before = sandbox.orchestration.roles();
    expect(() => create(resources())).toThrow(message);
    expect(sandbox.orchestration.roles()).toEqual(before);
  });
});

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

describe('ALIYUN::FNF::Flow', () => {
  const definition = (change: Properties = {}) =>
    JSON.stringify({
      Type: 'StateMachine',
      SpecVersion: 'v1',
      Name: 'onboarding',
      StartAt: 'Done',
      States: [{ Type: 'Succeed', Name: 'Done' }],
      ...change,
    });
  const trust = (service: string) => ({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [service] } }],
  });
  const flow = (properties: Properties = {}, trusted = 'fnf.aliyuncs.com') => ({
    Role: resource('ALIYUN::RAM::Role', {
      RoleName: 'flow',
      AssumeRolePolicyDocument: trust(trusted),
    }),
    Flow: resource('ALIYUN::FNF::Flow', {
      Name: 'onboarding',
      Definition: definition(),
      ExecutionMode: 'Standard',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ...properties,
    }),
  });

  it('is kept as it is, changed, and deleted', async () => {
    const { stackId } = create(flow());
    expect(sandbox.orchestration.flows()).toEqual([
      {
        id: expect.any(String),
        name: 'onboarding',
        createdAtMs: expect.any(Number),
        modifiedAtMs: expect.any(Number),
        definition: definition(),
        description: undefined,
        roleArn: `acs:ram::${ACCOUNT_ID}:role/flow`,
        executionMode: 'Standard',
      },
    ]);
    const next = definition({ Description: 'new' });
    expect(await update(stackId, flow({ Definition: next }))).toBe('UPDATE_COMPLETE');
    expect(sandbox.orchestration.flows()).toMatchObject([{ definition: next }]);
    const express = flow({ Definition: next, ExecutionMode: 'Express' });
    expect(await update(stackId, express)).toBe('ROLLBACK_COMPLETE');
    expect(await remove(stackId)).toBe('DELETE_COMPLETE');
    expect(sandbox.orchestration.flows()).toEqual([]);
  });

  it.each<[string, Resources, string]>([
    [
      'a definition with a mistake',
      flow({ Definition: definition({ StartAt: 'Begin' }) }),
      'SandboxFlowDefinition: The definition is wrong, or more than the sandbox models. StartAt: there is no state Begin',
    ],
    ['a definition that is no YAML', flow({ Definition: '{' }), 'SandboxFlowDefinition'],
    ['another name', flow({ Name: 'other' }), "Its Name is onboarding, and the flow's is other."],
    [
      'a role that there is not',
      flow({ RoleArn: `acs:ram::${ACCOUNT_ID}:role/none` }),
      `SandboxFlowRole: CloudFlow could not assume the role. There is no role acs:ram::${ACCOUNT_ID}:role/none.`,
    ],
    ['a role that trusts another', flow({}, 'fc.aliyuncs.com'), 'does not trust fnf.aliyuncs.com'],
    [
      'another mode',
      flow({ ExecutionMode: 'Fast' }),
      'is not an allowed value (Express, Standard)',
    ],
  ])('refuses %s', (_case, resources, message) => {
    expect(() => create(resources)).toThrow(message);
    expect(sandbox.orchestration.flows()).toEqual([]);
  });

  it('takes a role that no stack made, whomever it trusts', () => {
    sandbox.world.identities.createRole(ACCOUNT_ID, 'by-hand', { Version: '1', Statement: [] });
    create(flow({ RoleArn: `acs:ram::${ACCOUNT_ID}:role/by-hand` }));
    expect(sandbox.orchestration.flows()).toHaveLength(1);
  });

  it.each<[string, Resources]>([
    ['a mistake in its definition', flow({ Definition: definition({ StartAt: 'Begin' }) })],
    ['a role that there is not', flow({ RoleArn: `acs:ram::${ACCOUNT_ID}:role/none` })],
  ])('is not changed to %s', async (_case, resources) => {
    const { stackId } = create(flow());
    expect(await update(stackId, resources)).toBe('ROLLBACK_COMPLETE');
    expect(sandbox.orchestration.flows()).toMatchObject([{ definition: definition() }]);
  });
});
