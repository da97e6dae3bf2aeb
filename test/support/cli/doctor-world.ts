/** A deployment in memory, fine in every respect until a test spoils it. */
import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import { parse } from 'yaml';
import type { Caller } from '../../../alicloud/access-management/caller.ts';
import type { EventRule } from '../../../alicloud/event-bridge/event-rules.ts';
import type { DeployedTrigger } from '../../../alicloud/function-compute/deployed-functions.ts';
import type { LastRun } from '../../../alicloud/log-service/last-runs.ts';
import type { LogAlert } from '../../../alicloud/log-service/log-resources.ts';
import type { DeployedStack } from '../../../alicloud/resource-orchestration/deployed-stack.ts';
import type { Inspection } from '../../../cli/doctor/inspection.ts';
import { CloudError } from '../../../workflows/onboarding/errors.ts';
import { ENTRY_FIELDS } from '../../../workflows/onboarding/log-entry.ts';
import { evaluate } from '../../stack-yaml/evaluate.ts';
import { TEMPLATE, TEXT } from '../../stack-yaml/template.ts';

export const ACCOUNT_ID = '1000000000000001';
export const REGION = 'cn-hangzhou';
export const NOW_MS = Date.UTC(2026, 10, 24, 12);
const PROJECT = `account-onboarding-${ACCOUNT_ID}`;
const EVENT_RULE_TEXT = readFileSync(new URL('../../../event-rule.yaml', import.meta.url), 'utf8');
type Json = Record<string, unknown>;

interface Props extends Json {
  readonly functionName: string;
  readonly asyncInvokeConfig: Json;
  readonly concurrencyConfig: { readonly reservedConcurrency: number };
  readonly triggers?: readonly {
    readonly triggerName: string;
    readonly triggerType: string;
    readonly qualifier: string;
    readonly triggerConfig: Json;
  }[];
}

/** What can be spoiled. Names lead to what is there; what is not there is `undefined` or absent. */
export type DoctorWorld = ReturnType<typeof createDoctorWorld>;

/** As Function Compute answers of what Serverless Devs deploys. */
function deployedFunctions() {
  const { resources } = inject('renderedServerlessDevs') as {
    resources: Record<string, { props: Props }>;
  };
  const all = Object.values(resources).map(({ props }) => {
    const { functionName, code, region, asyncInvokeConfig, concurrencyConfig, ...rest } = props;
    const { triggers = [], ...settings } = structuredClone(rest);
    const { qualifier, ...asynchronous } = asyncInvokeConfig;
    const given: Json = {
      ...settings,
      functionName,
      functionArn: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/${functionName}`,
      state: 'Active',
      lastUpdateStatus: 'Successful',
      layers: [],
    };
    return [
      functionName,
      {
        settings: given,
        environment: given.environmentVariables as Record<string, string>,
        lastModifiedTime: new Date(NOW_MS - 3 * 3_600_000).toISOString(),
        asyncInvokeConfig: asynchronous,
        reservedConcurrency: concurrencyConfig.reservedConcurrency as number | undefined,
        code: { 'index.js': `hash of ${functionName}` } as Record<string, string>,
        triggers: Object.fromEntries(
          triggers.map((trigger) => [
            trigger.triggerName,
            {
              type: trigger.triggerType,
              qualifier: trigger.qualifier,
              config: trigger.triggerConfig,
              createdTime: new Date(NOW_MS - 3 * 3_600_000).toISOString(),
            },
          ]),
        ) as Record<string, DeployedTrigger & { config: Json }>,
      },
    ] as const;
  });
  return Object.fromEntries(all);
}

const properties = (logicalId: string) =>
  evaluate(TEMPLATE.Resources[logicalId]?.Properties, true) as Json;

function policiesOf(logicalId: string): unknown[] {
  return (properties(logicalId).Policies as Json[]).map(({ PolicyDocument }) => PolicyDocument);
}

function alertsOf(): (LogAlert & { isEnabled: boolean })[] {
  return Object.values(TEMPLATE.Resources)
    .filter(({ Type }) => Type === 'ALIYUN::SLS::Alert')
    .map(({ Properties }) => ({
      name: String((Properties.Detail as Json).Name),
      isEnabled: true,
      actionPolicyId: 'sls.builtin',
    }));
}

export function createDoctorWorld() {
  const event = parse(EVENT_RULE_TEXT) as {
    Resources: { AccountEvents: { Properties: { FilterPattern: unknown } } };
  };
  return {
    caller: {
      accountId: ACCOUNT_ID,
      arn: `acs:ram::${ACCOUNT_ID}:root`,
      isAccount: true,
    } as Caller & { arn: string; isAccount: boolean; accountId: string },
    expectedAccountId: undefined as string | undefined,
    directoryOwner: ACCOUNT_ID,
    organizationStatus: 'REGISTERED',
    roles: {
      'account-onboarding': { trustedServices: ['fc.aliyuncs.com'] },
      'account-onboarding-flow': { trustedServices: ['fnf.aliyuncs.com'] },
    } as Record<string, { trustedServices: string[] }>,
    policies: {
      'account-onboarding': policiesOf('FunctionRole'),
      'account-onboarding-flow': policiesOf('FlowRole'),
    } as Record<string, unknown[]>,
    serviceLinkedRoles: [
      'AliyunServiceRoleForConfig',
      'AliyunServiceRoleForEventBridgeSendToFC',
      'AliyunServiceRoleForEventBridgeSendToMNS',
      'AliyunServiceRoleForEventBridgeSourceActionTrail',
    ],
    stacks: {
      'account-onboarding': {
        status: 'CREATE_COMPLETE',
        reason: '',
        parameters: {
          RetentionDays: '365',
          ResultStore: 'Create',
          AlertActionPolicy: 'sls.builtin',
        },
        template: TEXT,
      },
      'account-onboarding-events': {
        status: 'CREATE_COMPLETE',
        reason: '',
        parameters: {},
        template: EVENT_RULE_TEXT,
      },
    } as Record<string, DeployedStack & { parameters: Record<string, string> }>,
    projects: [PROJECT],
    logstores: {
      results: { retentionDays: 365 },
      'function-logs': { retentionDays: 30 },
    } as Record<string, { retentionDays: number }>,
    indexes: {
      results: { keys: { ...ENTRY_FIELDS } as Record<string, string> },
      'function-logs': {
        keys: { functionName: 'text', requestId: 'text', instanceID: 'text', message: 'text' },
      },
    } as Record<string, { keys: Record<string, string> }>,
    dashboards: [String(properties('Dashboard').DashboardName)],
    alerts: alertsOf(),
    queues: { 'account-onboarding-failures': { retentionSeconds: 604_800 } } as Record<
      string,
      { retentionSeconds: number }
    >,
    flows: {
      'account-onboarding': {
        definition: `# sent as it is\n${properties('Flow').Definition}`,
        roleArn: `acs:ram::${ACCOUNT_ID}:role/account-onboarding-flow`,
      },
    } as Record<string, { definition: string; roleArn: string }>,
    functions: deployedFunctions() as Record<string, ReturnType<typeof deployedFunctions>[string]>,
    builtCode: {
      './dist/backfill': { 'index.js': 'hash of backfill' },
      './dist/onboard-account': { 'index.js': 'hash of onboard-account' },
    } as Record<string, Record<string, string>>,
    eventRules: {
      'default/account-onboarding': {
        isEnabled: true,
        pattern: event.Resources.AccountEvents.Properties.FilterPattern,
        targets: [
          {
            type: 'acs.fc.function',
            endpoint: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/onboard-account`,
            constants: {
              functionName: 'onboard-account',
              Qualifier: 'LATEST',
              InvocationType: 'Async',
            },
            retryStrategy: 'EXPONENTIAL_DECAY_RETRY',
            deadLetterQueue: `acs:mns:${REGION}:${ACCOUNT_ID}:/queues/account-onboarding-failures`,
          },
        ],
      },
    } as Record<string, EventRule & { isEnabled: boolean; pattern: unknown }>,
    lastRuns: [
      { trigger: 'schedule', time: minutesAgo(2), outcome: 'succeeded' },
      { trigger: 'event', time: minutesAgo(3 * 24 * 60), outcome: 'succeeded' },
    ] as (LastRun & { time: string; outcome: string; reason?: string })[],
    /** What a read rejects with, or that it never ends, by its name in `Inspection`. */
    failing: {} as Partial<Record<keyof Inspection, CloudError | 'hangs'>>,
  };
}

export function minutesAgo(minutes: number): string {
  return new Date(NOW_MS - minutes * 60_000).toISOString();
}

export function refusal(operation: string, code: string, message = 'No.'): CloudError {
  return new CloudError({ operation, code, message, statusCode: 403 });
}
