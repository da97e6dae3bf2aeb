import type { Spoiled } from './spoil.ts';

export const foundations: readonly Spoiled[] = [
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
];
