/** Each check, seen fine and seen failing. */
import { describe, expect, it } from 'vitest';
import { checksOf } from '../../../cli/doctor/all-checks.ts';
import { CHECKED_TYPES } from '../../../cli/doctor/checks/foundations.ts';
import { en } from '../../../cli/texts/en.ts';
import {
  createDoctorWorld,
  type DoctorWorld,
  deploymentOf,
  examine,
  minutesAgo,
  NOW_MS,
  refusal,
} from '../../support/cli/doctor-world.ts';

type Spoil = (world: DoctorWorld) => void;

/** The function that the tests spoil. */
const backfill = ({ functions }: DoctorWorld) => functions.backfill ?? expect.fail('none');
const rule = ({ eventRules }: DoctorWorld) =>
  eventRules['default/account-onboarding'] ?? expect.fail('none');
const stack = ({ stacks }: DoctorWorld, name = 'account-onboarding') =>
  stacks[name] ?? expect.fail('none');

async function findingOf(id: string, spoil: Spoil = () => undefined) {
  const world = createDoctorWorld();
  spoil(world);
  const results = await examine(world);
  return results.find(({ check }) => check.id === id)?.finding ?? expect.fail(`no check ${id}`);
}

/** What each check says when one thing is not as it has to be. */
const WRONG: readonly (readonly [id: string, what: string, spoil: Spoil, says: RegExp])[] = [
  [
    'credentials',
    'refused',
    (world) => {
      world.failing.caller = refusal('GetCallerIdentity', 'InvalidAccessKeyId.NotFound');
    },
    /refused: InvalidAccessKeyId\.NotFound/,
  ],
  [
    'resource-directory',
    'not enabled',
    (world) => {
      world.failing.managementAccountId = refusal(
        'GetResourceDirectory',
        'ResourceDirectoryNotInUse',
      );
    },
    /not enabled/,
  ],
  [
    'management-account',
    'a member',
    (world) => {
      world.directoryOwner = '1000000000000009';
    },
    /1000000000000001 is not: .*1000000000000009/,
  ],
  [
    'management-account',
    'another is meant',
    (world) => {
      world.expectedAccountId = '1000000000000009';
    },
    /MANAGEMENT_ACCOUNT_ID is 1000000000000009/,
  ],
  ...(
    [
      ['resource-orchestration', 'stack', 'ListStacks'],
      ['log-service', 'hasLogProject', 'GetProject'],
      ['message-queue', 'queue', 'GetQueueAttributes'],
      ['cloudflow', 'flow', 'DescribeFlow'],
      ['function-compute', 'function', 'GetFunction'],
      ['eventbridge', 'eventRule', 'GetRule'],
    ] as const
  ).map(([id, read, operation]) => {
    const spoil: Spoil = (world) => {
      world.failing[read] = refusal(operation, 'AccessDenied', 'Not enabled.');
    };
    return [id, 'refuses the account itself', spoil, /not activated: AccessDenied: Not/] as const;
  }),
  [
    'eventbridge',
    'never activated, whoever asks',
    (world) => {
      world.caller.isAccount = false;
      world.failing.eventRule = refusal('GetRule', 'ServiceNotEnable');
    },
    /not activated: ServiceNotEnable/,
  ],
  [
    'cloud-config',
    'never activated',
    (world) => {
      world.organizationStatus = 'NOT_ACTIVATED';
    },
    /never activated/,
  ],
  [
    'cloud-config-role',
    'not there',
    (world) => {
      world.serviceLinkedRoles.splice(0, 1);
    },
    /no AliyunServiceRoleForConfig/,
  ],
  [
    'stack',
    'not there',
    (world) => {
      delete world.stacks['account-onboarding'];
    },
    /no account-onboarding(-events)? in this region/,
  ],
  [
    'stack',
    'failed',
    (world) => Object.assign(stack(world), { status: 'CREATE_FAILED', reason: 'No quota.' }),
    /CREATE_FAILED: No quota\./,
  ],
  [
    'stack',
    'rolled back',
    (world) => Object.assign(stack(world), { status: 'ROLLBACK_COMPLETE' }),
    /account-onboarding: ROLLBACK_COMPLETE/,
  ],
  [
    'stack-template',
    'of another version',
    (world) => {
      const one = stack(world);
      const template = one.template.replace('TTL: 30', 'TTL: 31').replace('365', '366');
      Object.assign(one, { template });
    },
    /another version Parameters\.RetentionDays Resources\.FunctionLogs/,
  ],
  [
    'log-project',
    'not there',
    (world) => {
      world.projects.length = 0;
    },
    /no account-onboarding-1000000000000001/,
  ],
  [
    'results',
    'not there',
    (world) => {
      delete world.logstores.results;
    },
    /there is (no|none)\b/,
  ],
  [
    'results',
    'of another retention',
    (world) => {
      world.logstores.results = { retentionDays: 30 };
    },
    /keeps 30 days, not 365/,
  ],
  [
    'function-logs',
    'not there',
    (world) => {
      delete world.logstores['function-logs'];
    },
    /there is (no|none)\b/,
  ],
  [
    'function-logs-index',
    'not there',
    (world) => {
      delete world.indexes['function-logs'];
    },
    /there is (no|none)\b/,
  ],
  [
    'results-index',
    'not there',
    (world) => {
      delete world.indexes.results;
    },
    /there is (no|none)\b/,
  ],
  [
    'results-index',
    'without a key, and with one of another type',
    ({ indexes }) => {
      delete indexes.results?.keys.reason;
      Object.assign(indexes.results?.keys ?? {}, { failed: 'text' });
    },
    /keys are missing, or of another type failed reason/,
  ],
  [
    'dashboard',
    'not there',
    (world) => {
      world.dashboards.length = 0;
    },
    /there is (no|none)\b/,
  ],
  [
    'alerts',
    'one is not there, one is disabled, one goes elsewhere',
    ({ alerts }) => {
      alerts.shift();
      Object.assign(alerts[0] ?? {}, { isEnabled: false });
      Object.assign(alerts[1] ?? {}, { actionPolicyId: 'nobody' });
    },
    /no account-onboarding-\w+ account-onboarding-\w+ is disabled .* sent by nobody, not by sls\.builtin/,
  ],
  [
    'failure-queue',
    'not there',
    (world) => {
      world.queues = {};
    },
    /there is (no|none)\b/,
  ],
  [
    'failure-queue',
    'of another retention',
    (world) => {
      world.queues['account-onboarding-failures'] = { retentionSeconds: 86_400 };
    },
    /keeps 1 days, not 7/,
  ],
  [
    'function-role',
    'not there',
    (world) => {
      delete world.roles['account-onboarding'];
    },
    /there is (no|none)\b/,
  ],
  [
    'function-role',
    'trusts another service',
    (world) => {
      world.roles['account-onboarding'] = { trustedServices: ['ecs.aliyuncs.com'] };
    },
    /does not trust fc\.aliyuncs\.com/,
  ],
  [
    'function-role',
    'without its policy',
    (world) => {
      world.policies['account-onboarding'] = [{ Version: '1', Statement: [] }];
    },
    /policy differs/,
  ],
  [
    'function-role',
    'that may do more',
    (world) => {
      world.policies['account-onboarding']?.push({ Version: '1', Statement: [] });
    },
    /more policies/,
  ],
  [
    'flow-role',
    'not there',
    (world) => {
      delete world.roles['account-onboarding-flow'];
    },
    /there is (no|none)\b/,
  ],
  [
    'flow',
    'not there',
    (world) => {
      world.flows = {};
    },
    /there is (no|none)\b/,
  ],
  [
    'flow',
    'of another definition',
    ({ flows }) => {
      Object.assign(flows['account-onboarding'] ?? {}, { definition: 'Type: StateMachine' });
    },
    /definition differs/,
  ],
  [
    'flow',
    'in another role',
    ({ flows }) => {
      Object.assign(flows['account-onboarding'] ?? {}, { roleArn: 'acs:ram::1:role/x' });
    },
    /uses the role acs:ram::1:role\/x/,
  ],
  [
    'function-backfill',
    'not deployed',
    (world) => {
      delete world.functions.backfill;
    },
    /not deployed/,
  ],
  [
    'function-backfill',
    'failed',
    (world) =>
      Object.assign(backfill(world).settings, { state: 'Failed', stateReason: 'No code.' }),
    /can't be used: No code\./,
  ],
  [
    'function-backfill',
    'its update failed',
    (world) =>
      Object.assign(backfill(world).settings, {
        lastUpdateStatus: 'Failed',
        lastUpdateStatusReason: 'No code.',
      }),
    /last update failed: No code\./,
  ],
  [
    'function-backfill-settings',
    'other values',
    (world) => {
      const { settings, environment } = backfill(world);
      Object.assign(settings, { timeout: 60, memorySize: 1024, role: 'acs:ram::1:role/x' });
      Object.assign(environment, { VERIFY_FOR_SECONDS: '1', SECRET: 'top-secret' });
      delete environment.LOG_STORE;
    },
    /LOG_STORE is missing, and should be results.*VERIFY_FOR_SECONDS is 1, not 660.*SECRET is set/,
  ],
  [
    'function-backfill-settings',
    'other logs',
    (world) => Object.assign(backfill(world).settings, { logConfig: undefined }),
    /logConfig is missing, and should be .*/,
  ],
  [
    'function-backfill-settings',
    'other asynchronous settings',
    (world) => Object.assign(backfill(world).asyncInvokeConfig, { maxAsyncRetryAttempts: 3 }),
    /maxAsyncRetryAttempts is 3, not 0/,
  ],
  [
    'function-backfill-settings',
    'another concurrency',
    (world) => Object.assign(backfill(world), { reservedConcurrency: undefined }),
    /reservedConcurrency is missing, and should be 3/,
  ],
  [
    'function-backfill-code',
    'another, and more of it',
    (world) => {
      Object.assign(backfill(world).code, { 'index.js': 'another', 'more.js': 'more' });
    },
    /it differs from this build index\.js more\.js/,
  ],
  [
    'function-backfill-code',
    'nothing built',
    (world) => {
      world.builtCode = {};
    },
    /there is no build in \.\/dist\/backfill/,
  ],
  [
    'schedule',
    'not there',
    (world) => {
      delete backfill(world).triggers.schedule;
    },
    /there is (no|none)\b/,
  ],
  [
    'schedule',
    'disabled',
    (world) => Object.assign(backfill(world).triggers.schedule?.config ?? {}, { enable: false }),
    /disabled/,
  ],
  [
    'schedule',
    'of another interval',
    (world) =>
      Object.assign(backfill(world).triggers.schedule?.config ?? {}, {
        cronExpression: '@every 1h',
      }),
    /cronExpression is @every 1h, not @every 5m/,
  ],
  [
    'function-onboard-account',
    'not deployed',
    (world) => {
      delete world.functions['onboard-account'];
    },
    /not deployed/,
  ],
  [
    'function-onboard-account-settings',
    'without its failure destination',
    ({ functions }) =>
      Object.assign(functions['onboard-account']?.asyncInvokeConfig ?? {}, {
        destinationConfig: {},
      }),
    /destinationConfig\.onFailure is missing, and should be .*/,
  ],
  [
    'function-onboard-account-code',
    'another',
    ({ functions }) => Object.assign(functions['onboard-account'] ?? {}, { code: {} }),
    /it differs from this build index\.js/,
  ],
  ...(
    [
      ['event-source-role', 'AliyunServiceRoleForEventBridgeSourceActionTrail'],
      ['event-function-role', 'AliyunServiceRoleForEventBridgeSendToFC'],
      ['event-queue-role', 'AliyunServiceRoleForEventBridgeSendToMNS'],
    ] as const
  ).map(([id, role]) => {
    const spoil: Spoil = (world) => {
      world.serviceLinkedRoles.splice(world.serviceLinkedRoles.indexOf(role), 1);
    };
    return [id, 'not there', spoil, new RegExp(`there is no ${role}`)] as const;
  }),
  [
    'event-stack',
    'not there',
    (world) => {
      delete world.stacks['account-onboarding-events'];
    },
    /no account-onboarding(-events)? in this region/,
  ],
  [
    'event-stack-template',
    'of another version',
    (world) => {
      const one = stack(world, 'account-onboarding-events');
      Object.assign(one, { template: one.template.replace('Async', 'Sync') });
    },
    /another version Resources\.AccountEvents/,
  ],
  [
    'event-rule',
    'not there',
    (world) => {
      world.eventRules = {};
    },
    /there is (no|none)\b/,
  ],
  [
    'event-rule',
    'disabled',
    (world) => {
      rule(world).isEnabled = false;
    },
    /disabled/,
  ],
  [
    'event-rule',
    'with another pattern',
    (world) => {
      rule(world).pattern = { source: ['acs.resourcemanager'] };
    },
    /pattern differs/,
  ],
  [
    'event-rule',
    'without its target',
    (world) => Object.assign(rule(world), { targets: [] }),
    /no target acs:fc:.*functions\/onboard-account/,
  ],
  [
    'event-rule',
    'invoking synchronously, without a queue',
    (world) => {
      const [target] = rule(world).targets;
      Object.assign(target ?? {}, { deadLetterQueue: undefined });
      Object.assign(target?.constants ?? {}, { InvocationType: 'Sync' });
    },
    /its target differs .* constants\.InvocationType deadLetterQueue/,
  ],
  [
    'event-rule',
    'whose function is not deployed',
    (world) => {
      delete world.functions['onboard-account'];
    },
    /its target onboard-account is not deployed/,
  ],
  [
    'heartbeat',
    'too long ago',
    (world) => Object.assign(world.lastRuns[0] ?? {}, { time: minutesAgo(31) }),
    /31 min ago/,
  ],
  [
    'heartbeat',
    'never',
    (world) => {
      world.lastRuns.shift();
    },
    /none yet/,
  ],
  [
    'heartbeat',
    'at no time that can be read',
    (world) => Object.assign(world.lastRuns[0] ?? {}, { time: 'yesterday' }),
    /at an unknown time/,
  ],
  [
    'heartbeat',
    'failed',
    (world) =>
      Object.assign(world.lastRuns[0] ?? {}, { outcome: 'failed', reason: 'NoPermission' }),
    /2 min ago, failed: NoPermission/,
  ],
];

/** What can't be said. */
const UNKNOWN: readonly (readonly [id: string, what: string, spoil: Spoil, says: RegExp])[] = [
  [
    'function-compute',
    'refuses a user',
    (world) => {
      world.caller.isAccount = false;
      world.failing.function = refusal('GetFunction', 'AccessDenied');
    },
    /GetFunction is refused: AccessDenied.*never activated.*otherwise allow fc:GetFunction/,
  ],
  [
    'permissions-to-deploy',
    'of a user, when something is missing',
    (world) => {
      world.caller.isAccount = false;
      world.dashboards.length = 0;
    },
    /can't be read/,
  ],
  [
    'stack',
    'being changed',
    (world) => Object.assign(stack(world), { status: 'UPDATE_IN_PROGRESS' }),
    /being changed right now: UPDATE_IN_PROGRESS/,
  ],
  [
    'function-backfill-settings',
    'of which a part may not be read',
    (world) => {
      world.failing.reservedConcurrency = refusal('GetConcurrencyConfig', 'AccessDenied');
    },
    /GetConcurrencyConfig is refused.*Allow fc:GetConcurrencyConfig/,
  ],
  [
    'heartbeat',
    'of a schedule that was just made',
    (world) => {
      world.lastRuns.shift();
      const createdTime = new Date(NOW_MS - 3 * 60_000).toISOString();
      Object.assign(backfill(world).triggers.schedule ?? {}, { createdTime });
    },
    /made 3 min ago/,
  ],
  [
    'last-event',
    'that never came',
    (world) => {
      world.lastRuns.pop();
    },
    /none has ever arrived: the schedule covers/,
  ],
];

describe('a deployment that is fine', () => {
  it('passes every check', async () => {
    const results = await examine(createDoctorWorld());
    const notFine = results.filter(({ finding }) => finding.state !== 'ok');
    expect(notFine.map(({ check, finding }) => [check.id, finding])).toEqual([]);
  });

  it.each([
    ['credentials', 'account 1000000000000001 itself'],
    [
      'stack',
      'account-onboarding: CREATE_COMPLETE, RetentionDays=365, ResultStore=Create, AlertActionPolicy=sls.builtin',
    ],
    ['alerts', '4 enabled, sent by the action policy sls.builtin'],
    ['function-role', 'trusts fc.aliyuncs.com, has its policy'],
    ['function-backfill', 'deployed 3 h ago'],
    ['schedule', '@every 5m'],
    ['event-rule', 'enabled, invokes onboard-account asynchronously'],
    ['heartbeat', '2 min ago'],
    ['last-event', '3 d ago'],
  ])('%s says %s', async (id, detail) => {
    expect(await findingOf(id)).toEqual({ state: 'ok', detail });
  });

  it.each<[string, string, Spoil]>([
    [
      'credentials',
      'may be of a user, who has nothing to deploy',
      (world) => {
        world.caller.isAccount = false;
      },
    ],
    [
      'permissions-to-deploy',
      'may be unknown when there is nothing to deploy',
      (world) => {
        world.caller.isAccount = false;
      },
    ],
    [
      'results',
      'keep as long as the parameter says',
      (world) => {
        stack(world).parameters.RetentionDays = '730';
        world.logstores.results = { retentionDays: 730 };
      },
    ],
    [
      'results',
      'are as they are when the stack has not made them',
      (world) => {
        stack(world).parameters.ResultStore = 'Existing';
        world.logstores.results = { retentionDays: 7 };
      },
    ],
    [
      'alerts',
      'go where the parameter says',
      (world) => {
        stack(world).parameters.AlertActionPolicy = 'ops';
        world.alerts = world.alerts.map((alert) => ({ ...alert, actionPolicyId: 'ops' }));
      },
    ],
    [
      'stack-template',
      'comes back as JSON',
      (world) => {
        const one = stack(world, 'account-onboarding-events');
        const json = JSON.stringify(JSON.parse(JSON.stringify(one)).template);
        Object.assign(one, { template: JSON.parse(json) });
      },
    ],
    [
      'function-backfill-settings',
      'may have an empty variable, and a role in lower case',
      (world) => {
        const { settings, environment } = backfill(world);
        Object.assign(environment, { NOTHING: '' });
        Object.assign(settings, { role: String(settings.role).toUpperCase() });
      },
    ],
  ])('%s %s', async (id, _, spoil) => {
    expect(await findingOf(id, spoil)).toMatchObject({ state: 'ok' });
  });
});

describe('what is wrong is seen, and what to do is said', () => {
  it.each(WRONG)('%s: %s', async (id, _, spoil, says) => {
    const finding = await findingOf(id, spoil);
    if (finding.state !== 'wrong') return expect(finding).toMatchObject({ state: 'wrong' });
    expect([finding.detail, ...finding.differences].join(' ')).toMatch(says);
    expect(finding.remedy).toMatch(/^[A-Z].*\.$/);
    expect(JSON.stringify(finding)).not.toContain('top-secret');
  });

  it('for every check that there is', async () => {
    const checks = checksOf(await deploymentOf(createDoctorWorld()));
    const spoiled = new Set([...WRONG, ...UNKNOWN].map(([id]) => id));
    expect(checks.map(({ id }) => id).filter((id) => !spoiled.has(id))).toEqual([]);
  });
});

describe('what can not be said is said to be unknown', () => {
  it.each(UNKNOWN)('%s: %s', async (id, _, spoil, says) => {
    const finding = await findingOf(id, spoil);
    if (finding.state !== 'unknown') return expect(finding).toMatchObject({ state: 'unknown' });
    expect(`${finding.detail} ${finding.remedy}`).toMatch(says);
  });
});

describe('the list of checks', () => {
  it('has an id of its own for each, and needs only what comes before', async () => {
    const checks = checksOf(await deploymentOf(createDoctorWorld()));
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    checks.forEach(({ needs }, at) => {
      for (const need of needs) expect(ids.slice(0, at)).toContain(need);
    });
  });

  it('has each group in one piece', async () => {
    const groups = checksOf(await deploymentOf(createDoctorWorld())).map(({ group }) => group);
    const changes = groups.filter((group, at) => group !== groups[at - 1]);
    expect(changes).toEqual(Object.keys(en.doctor.groups));
  });

  it('has a title for every resource', async () => {
    const { foundations } = await deploymentOf(createDoctorWorld());
    const logicalIds = Object.entries(foundations.resources)
      .filter(([, { type }]) => type !== 'ALIYUN::SLS::Alert')
      .map(([logicalId]) => logicalId);
    expect(Object.keys(en.doctor.titles.resources).sort()).toEqual(logicalIds.sort());
  });

  it('looks at every type of resource that the stack of foundations has', async () => {
    const { foundations } = await deploymentOf(createDoctorWorld());
    const types = Object.values(foundations.resources).map(({ type }) => type);
    expect([...new Set(types)].filter((type) => !CHECKED_TYPES.includes(type))).toEqual([]);
  });
});
