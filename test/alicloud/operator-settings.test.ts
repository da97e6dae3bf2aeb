import { describe, expect, test } from 'vitest';
import { endpointKind } from '../../alicloud/endpoint-kind.ts';
import { parseOperatorSettings } from '../../alicloud/operator-settings.ts';
import type { Environment } from '../../alicloud/settings.ts';
import { en } from '../../cli/texts/en.ts';

const credentials = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'key',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'top-secret',
};
const parse = (environment: Environment) =>
  parseOperatorSettings({ ...credentials, ...environment });

test('the defaults: credentials are all that is needed', () => {
  expect(parse({})).toEqual({
    onboarding: {
      verifyForMs: 660_000,
      overdueAfterMs: 86_400_000,
      retry: { baseMs: 1_000, capMs: 30_000 },
      poll: { baseMs: 2_000, capMs: 15_000 },
    },
    configEndpoint: 'https://config.cn-shanghai.aliyuncs.com',
    resourceManagerEndpoint: 'https://resourcemanager.aliyuncs.com',
    logEndpoint: 'https://cn-hangzhou.log.aliyuncs.com',
    logStore: 'results',
    region: 'cn-hangzhou',
    credentials: { accessKeyId: 'key', accessKeySecret: 'top-secret' },
    endpoints: { kind: 'cloud' },
    inspectionEndpoints: {
      accessManagement: 'https://ram.aliyuncs.com',
      cloudFlow: 'https://cn-hangzhou.fnf.aliyuncs.com',
      eventBridge: 'https://eventbridge-console.cn-hangzhou.aliyuncs.com',
      messageQueue: 'https://mns-open.cn-hangzhou.aliyuncs.com',
      securityToken: 'https://sts.cn-hangzhou.aliyuncs.com',
    },
  });
});

test('everything can be set, and an empty value is unset', () => {
  expect(
    parse({
      ALIBABA_CLOUD_SECURITY_TOKEN: 'token',
      REGION: 'ap-southeast-1',
      LOG_PROJECT: 'project',
      LOG_STORE: 'store',
      FC_ENDPOINT: 'http://127.0.0.1:1/',
      ROS_ENDPOINT: 'http://127.0.0.1:2',
      LOG_ENDPOINT: '',
    }),
  ).toMatchObject({
    credentials: { securityToken: 'token' },
    region: 'ap-southeast-1',
    logEndpoint: 'https://ap-southeast-1.log.aliyuncs.com',
    logProject: 'project',
    logStore: 'store',
    functionComputeEndpoint: 'http://127.0.0.1:1',
    resourceOrchestrationEndpoint: 'http://127.0.0.1:2',
  });
});

test('without a key the rest of the chain is asked; half a key is a mistake', () => {
  expect(parseOperatorSettings({}).credentials).toBeUndefined();
  expect(() => parseOperatorSettings({ ALIBABA_CLOUD_ACCESS_KEY_ID: 'key' })).toThrow(
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET is required',
  );
});

test('a profile: no key of the environment, and its region where nothing else says one', () => {
  const given = { profile: 'audit' };
  const settings = parseOperatorSettings({ ...credentials, REGION: '' }, given, 'cn-beijing');
  expect([settings.credentials, settings.region]).toEqual([undefined, 'cn-beijing']);
  expect(parseOperatorSettings({ REGION: 'cn-shanghai' }, given, 'cn-beijing').region).toBe(
    'cn-shanghai',
  );
  expect(
    parseOperatorSettings({ REGION: 'cn-shanghai' }, { region: 'cn-hongkong' }, 'cn-beijing')
      .region,
  ).toBe('cn-hongkong');
});

describe('endpoints', () => {
  const all = Object.fromEntries(
    ['CONFIG', 'FC', 'LOG', 'RESOURCE_MANAGER', 'ROS'].map((name) => [
      `${name}_ENDPOINT`,
      'http://127.0.0.1:8420',
    ]),
  );

  test('are the cloud’s, a sandbox’s, or a mistake', () => {
    expect(endpointKind({ FC_ENDPOINT: 'https://fc.example.com', ROS_ENDPOINT: '' })).toEqual({
      kind: 'cloud',
    });
    expect(endpointKind(all)).toEqual({ kind: 'sandbox', url: 'http://127.0.0.1:8420' });
    expect(endpointKind({ ...all, ROS_ENDPOINT: 'https://ros.aliyuncs.com' })).toEqual({
      kind: 'mixed',
      sandbox: ['CONFIG_ENDPOINT', 'FC_ENDPOINT', 'LOG_ENDPOINT', 'RESOURCE_MANAGER_ENDPOINT'],
      cloud: ['ROS_ENDPOINT'],
    });
  });
});

test('every problem in one message, and no value of a secret', () => {
  const message = () =>
    parse({
      ALIBABA_CLOUD_ACCESS_KEY_ID: '',
      FC_ENDPOINT: 'http://fc.example.com',
      RETRY_CAP_SECONDS: '0.1',
    });
  expect(message).toThrow(
    /^3 settings are wrong: ALIBABA_CLOUD_ACCESS_KEY_ID is required; FC_ENDPOINT must begin with https:\/\/.*; RETRY_CAP_SECONDS must be at least RETRY_BASE_SECONDS\. Set them in the environment/,
  );
  expect(message).not.toThrow('top-secret');
});

test('what --help says is read, is', () => {
  const wrong = Object.fromEntries(Object.keys(en.help.environment).map((name) => [name, '']));
  expect(() => parseOperatorSettings(wrong)).not.toThrow();
  for (const name of Object.keys(en.help.environment).filter((one) => one.endsWith('_ENDPOINT'))) {
    expect(() => parse({ [name]: 'nowhere' })).toThrow(`${name} is not a URL`);
  }
});
