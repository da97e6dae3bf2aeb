import { expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { createIdentities, type PolicyDocument } from './identities.ts';

const ALLOW_GET: PolicyDocument = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'config:Get*', Resource: '*' }],
};

function start() {
  const clock = createClock({ startMs: 0, speed: 0 });
  return { clock, identities: createIdentities(clock) };
}

test('a root key has no token and may do everything', () => {
  const { identities } = start();
  const key = identities.createAccessKey('1000000000000001');
  expect(key.accessKeyId).toMatch(/^LTAI/);
  expect(key.securityToken).toBeUndefined();
  const found = identities.find(key.accessKeyId, undefined);
  expect(found).toMatchObject({ kind: 'found', accessKeySecret: key.accessKeySecret });
  expect(found.kind === 'found' && found.caller.allows('any:Thing', '*')).toBe(true);
  expect(identities.find(key.accessKeyId, 'some token').kind).toBe('wrong-token');
  expect(identities.find('LTAIunknown', undefined).kind).toBe('unknown-key');
});

test('a role key needs its own token, expires, and may do what the policy says', () => {
  const { clock, identities } = start();
  identities.createRole('1', 'onboarding', ALLOW_GET);
  const key = identities.assumeRole('acs:ram::1:role/Onboarding', 1000);
  expect(key.accessKeyId).toMatch(/^STS\./);
  expect(identities.find(key.accessKeyId, undefined).kind).toBe('wrong-token');
  expect(identities.find(key.accessKeyId, 'x').kind).toBe('wrong-token');
  const found = identities.find(key.accessKeyId, key.securityToken);
  if (found.kind !== 'found') throw new Error(found.kind);
  expect(found.caller).toMatchObject({ accountId: '1', roleName: 'onboarding' });
  expect(found.caller.allows('config:GetAggregator', '*')).toBe(true);
  expect(found.caller.allows('config:ListAggregators', '*')).toBe(false);
  clock.advance(1000);
  expect(identities.find(key.accessKeyId, key.securityToken).kind).toBe('expired-token');
});

test('a new policy counts at once for credentials already given out', () => {
  const { identities } = start();
  identities.createRole('1', 'onboarding', ALLOW_GET);
  const key = identities.assumeRole('acs:ram::1:role/onboarding', 1000);
  identities.createRole('1', 'onboarding', { Version: '1', Statement: [] });
  const found = identities.find(key.accessKeyId, key.securityToken);
  expect(found.kind === 'found' && found.caller.allows('config:GetAggregator', '*')).toBe(false);
});

test('a role that does not exist can not be assumed', () => {
  expect(() => start().identities.assumeRole('acs:ram::1:role/none', 1000)).toThrow('no role');
});

test('a service may assume a role that trusts it', () => {
  const { identities } = start();
  identities.createRole('1', 'onboarding', ALLOW_GET, ['fc.aliyuncs.com']);
  const arn = 'acs:ram::1:role/onboarding';
  identities.assumeRole(arn, 1000, 'fc.aliyuncs.com');
  expect(() => identities.assumeRole(arn, 1000, 'ecs.aliyuncs.com')).toThrow('does not trust');
  expect(identities.role(arn)?.trusts('ecs.aliyuncs.com')).toBe(false);
  expect(identities.role('acs:ram::1:role/none')).toBeUndefined();
});

test('a key is forgotten an hour after it expired', () => {
  const { clock, identities } = start();
  identities.createRole('1', 'onboarding', ALLOW_GET);
  const mint = () => identities.assumeRole('acs:ram::1:role/onboarding', 1000);
  const key = mint();
  const kind = () => identities.find(key.accessKeyId, key.securityToken).kind;
  clock.advance(3_600_999);
  mint();
  expect(kind()).toBe('expired-token');
  clock.advance(1);
  mint();
  expect(kind()).toBe('unknown-key');
});
