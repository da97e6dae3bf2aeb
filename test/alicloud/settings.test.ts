import { describe, expect, test } from 'vitest';
import {
  type Environment,
  parseFunctionCredentials,
  parseSettings,
} from '../../alicloud/settings.ts';

const required = { LOG_PROJECT: 'onboarding', LOG_STORE: 'results' };
const parse = (environment: Environment) =>
  parseSettings({ ...required, ...environment }, 'cn-hangzhou');

test('the defaults', () => {
  expect(parse({})).toEqual({
    onboarding: {
      verifyForMs: 660_000,
      overdueAfterMs: 86_400_000,
      retry: { baseMs: 1_000, capMs: 30_000 },
      poll: { baseMs: 2_000, capMs: 15_000 },
    },
    configEndpoint: 'https://config.cn-shanghai.aliyuncs.com',
    resourceManagerEndpoint: 'https://resourcemanager.aliyuncs.com',
    logProject: 'onboarding',
    logStore: 'results',
    logEndpoint: 'https://cn-hangzhou.log.aliyuncs.com',
  });
});

test('an empty value is unset', () => {
  expect(parse({ ACCOUNT_GROUP_ID: '', VERIFY_FOR_SECONDS: '', CONFIG_ENDPOINT: '' })).toEqual(
    parse({}),
  );
});

test('the international site has its own Config endpoint', () => {
  expect(parse({ ALIBABA_CLOUD_SITE: 'international' }).configEndpoint).toBe(
    'https://config.ap-southeast-1.aliyuncs.com',
  );
});

test('everything can be set; seconds may be fractions', () => {
  const settings = parse({
    ACCOUNT_GROUP_ID: 'ca-1',
    CONFIG_ENDPOINT: 'http://127.0.0.1:8080/',
    LOG_ENDPOINT: 'http://localhost:8080',
    RESOURCE_MANAGER_ENDPOINT: 'https://rm.example.com',
    VERIFY_FOR_SECONDS: '0',
    OVERDUE_AFTER_SECONDS: '60',
    RETRY_BASE_SECONDS: '0.01',
    RETRY_CAP_SECONDS: '0.05',
    POLL_BASE_SECONDS: '0.02',
    POLL_CAP_SECONDS: '0.1',
  });
  expect(settings).toMatchObject({
    accountGroupId: 'ca-1',
    configEndpoint: 'http://127.0.0.1:8080',
    logEndpoint: 'http://localhost:8080',
    resourceManagerEndpoint: 'https://rm.example.com',
    onboarding: {
      verifyForMs: 0,
      overdueAfterMs: 60_000,
      retry: { baseMs: 10, capMs: 50 },
      poll: { baseMs: 20, capMs: 100 },
    },
  });
});

describe('problems', () => {
  test.each([
    [{ CONFIG_ENDPOINT: 'http://config.example.com' }, 'CONFIG_ENDPOINT must begin with https://'],
    [{ LOG_ENDPOINT: 'log.example.com' }, 'LOG_ENDPOINT is not a URL'],
    [{ CONFIG_ENDPOINT: 'https://a.example/b' }, 'CONFIG_ENDPOINT must be a scheme, a host'],
    [{ LOG_ENDPOINT: 'https://a.example?b=c' }, 'LOG_ENDPOINT must be a scheme, a host'],
    [{ ALIBABA_CLOUD_SITE: 'mars' }, 'ALIBABA_CLOUD_SITE must be china or international'],
    [{ VERIFY_FOR_SECONDS: 'ten' }, 'VERIFY_FOR_SECONDS is not a number of seconds'],
    [{ VERIFY_FOR_SECONDS: '-1' }, 'VERIFY_FOR_SECONDS must be at least 0 seconds'],
    [{ RETRY_BASE_SECONDS: '0' }, 'RETRY_BASE_SECONDS must be at least 0.001 seconds'],
    [{ RETRY_CAP_SECONDS: '0.5' }, 'RETRY_CAP_SECONDS must be at least RETRY_BASE_SECONDS'],
    [{ POLL_CAP_SECONDS: '1' }, 'POLL_CAP_SECONDS must be at least POLL_BASE_SECONDS'],
    [{ LOG_STORE: '' }, 'LOG_STORE is required'],
    [{ LOG_PROJECT: 'audit\n' }, 'LOG_PROJECT is not a valid name of a log project'],
    [{ LOG_PROJECT: 'Audit' }, 'LOG_PROJECT is not a valid name of a log project'],
    [{ LOG_PROJECT: '-audit' }, 'LOG_PROJECT is not a valid name of a log project'],
    [{ LOG_PROJECT: 'ab' }, 'LOG_PROJECT is not a valid name of a log project'],
    [{ LOG_PROJECT: 'a'.repeat(64) }, 'LOG_PROJECT is not a valid name of a log project'],
    [{ LOG_STORE: 'results/../other' }, 'LOG_STORE is not a valid name of a logstore'],
    [{ LOG_STORE: 'results_' }, 'LOG_STORE is not a valid name of a logstore'],
  ])('%j', (environment, problem) => {
    expect(() => parse(environment)).toThrow(problem);
  });

  test.each(['cn-hangzhou\n', 'cn-hangzhou.evil.example', '', 'CN-hangzhou'])(
    'region %j chooses no host',
    (region) => {
      expect(() => parseSettings(required, region)).toThrow(
        'The region is not a region such as cn-h',
      );
    },
  );

  test('a password in an endpoint is refused and not repeated', () => {
    const settings = () => parse({ LOG_ENDPOINT: 'https://me:secret@log.example.com' });
    expect(settings).toThrow('LOG_ENDPOINT must be');
    expect(settings).not.toThrow('secret');
  });

  test('all of them in one message', () => {
    const environment = { ALIBABA_CLOUD_SITE: 'mars', VERIFY_FOR_SECONDS: 'ten' };
    expect(() => parseSettings(environment, 'cn-hangzhou')).toThrow(
      /^4 settings are wrong: ALIBABA_CLOUD_SITE .+; LOG_PROJECT is required; LOG_STORE is required; VERIFY_FOR_SECONDS .+Correct the environment/,
    );
  });
});

describe('credentials of the function', () => {
  const credentials = { accessKeyId: 'STS.a', accessKeySecret: 'b', securityToken: 'c' };

  test('of its role', () => {
    expect(parseFunctionCredentials({ ...credentials, more: 1 })).toEqual(credentials);
  });

  test.each([undefined, {}, { ...credentials, accessKeyId: '' }, { accessKeyId: 'a' }])(
    'it has none: %j',
    (given) => {
      expect(() => parseFunctionCredentials(given)).toThrow('The function has no credentials');
    },
  );
});
