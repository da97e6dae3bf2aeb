import { expect, test } from 'vitest';
import type { PolicyStatement } from './identities.ts';
import { createPolicyCheck } from './policy.ts';

const check = (...Statement: PolicyStatement[]) => createPolicyCheck({ Version: '1', Statement });

test('nothing is allowed that no statement allows', () => {
  expect(check()('config:GetAggregator', '*')).toBe(false);
  const allows = check({ Effect: 'Allow', Action: 'config:GetAggregator', Resource: '*' });
  expect(allows('config:GetAggregator', 'acs:config:*:1:aggregator/a')).toBe(true);
  expect(allows('config:ListAggregators', '*')).toBe(false);
});

test('a Deny wins over an Allow wherever it stands', () => {
  const allow: PolicyStatement = { Effect: 'Allow', Action: 'config:*', Resource: '*' };
  const deny: PolicyStatement = { Effect: 'Deny', Action: 'config:Stop*', Resource: '*' };
  for (const allows of [check(allow, deny), check(deny, allow)]) {
    expect(allows('config:StartConfigurationRecorder', '*')).toBe(true);
    expect(allows('config:StopConfigurationRecorder', '*')).toBe(false);
  }
});

test('actions ignore case, resources do not; * and ? are the only wildcards', () => {
  const allows = check({
    Effect: 'Allow',
    Action: ['CONFIG:get*', 'log:?etLogs'],
    Resource: ['acs:config:*:1:aggregator/ca-1', 'acs:log:*:1:project/p.q/*'],
  });
  expect(allows('config:GetAggregator', 'acs:config:cn:1:aggregator/ca-1')).toBe(true);
  expect(allows('config:GetAggregator', 'acs:config:cn:1:aggregator/CA-1')).toBe(false);
  expect(allows('config:GetAggregator', 'acs:config:cn:1:aggregator/ca-12')).toBe(false);
  expect(allows('log:GetLogs', 'acs:log:cn:1:project/p.q/logstore/s')).toBe(true);
  expect(allows('log:GetLogs', 'acs:log:cn:1:project/pxq/logstore/s')).toBe(false);
  expect(allows('log:etLogs', 'acs:log:cn:1:project/p.q/logstore/s')).toBe(false);
});

test('StringEquals on ram:ServiceName holds only for that service', () => {
  const allows = check({
    Effect: 'Allow',
    Action: 'ram:CreateServiceLinkedRole',
    Resource: '*',
    Condition: { StringEquals: { 'ram:ServiceName': ['config.aliyuncs.com'] } },
  });
  const action = 'ram:CreateServiceLinkedRole';
  expect(allows(action, '*', { 'ram:ServiceName': 'config.aliyuncs.com' })).toBe(true);
  expect(allows(action, '*', { 'ram:ServiceName': 'ecs.aliyuncs.com' })).toBe(false);
  expect(allows(action, '*')).toBe(false);
});

test.each<Record<string, Record<string, string>>>([
  { StringLike: { 'ram:ServiceName': 'config*' } },
  { StringEquals: { 'acs:SourceIp': '10.0.0.1' } },
  { StringEquals: { 'ram:ServiceName': 'a', 'acs:SourceIp': 'b' } },
  { StringEquals: { 'ram:ServiceName': 'a' }, Bool: { 'acs:SecureTransport': 'true' } },
])('refuses the condition %j', (Condition) => {
  expect(() => check({ Effect: 'Allow', Action: '*', Resource: '*', Condition })).toThrow(
    'The sandbox models one condition',
  );
});

test('refuses other parts of a statement, and a Deny on a condition', () => {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', NotAction: 'a:b' } as const;
  expect(() => check(statement)).toThrow('NotAction');
  const Condition = { StringEquals: { 'ram:ServiceName': 'a' } };
  expect(() => check({ Effect: 'Deny', Action: '*', Resource: '*', Condition })).toThrow(
    'The sandbox models one condition',
  );
});
