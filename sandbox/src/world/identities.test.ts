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

test('a RAM user may do what the policy says, and a new policy counts at once', () => {
  const { identities } = start();
  const key = identities.createUser('1', 'operator', ALLOW_GET);
  const found = () => {
    const answer = identities.find(key.accessKeyId, undefined);
    if (answer.kind !== 'found') throw new Error(answer.kind);
    return answer.caller;
  };
  expect(found()).toMatchObject({ accountId: '1', userName: 'operator' });
  expect([found().allows('config:GetX', '*'), found().allows('config:StartX', '*')]).toEqual([
    true,
    false,
  ]);
  identities.createUser('1', 'operator', { Version: '1', Statement: [] });
  expect(found().allows('config:GetX', '*')).toBe(false);
  identities.createUser('2', 'operator', ALLOW_GET);
  expect(found().allows('config:GetX', '*')).toBe(false);
});

test('fixed keys are the same in every sandbox, one for each account and user', () => {
  const make = () => {
    const identities = createIdentities(createClock({ speed: 0 }), 'fixed');
    return [
      identities.createAccessKey('1000000000000001'),
      identities.createAccessKey('1000000000000002'),
      identities.createUser('1000000000000001', 'operator', ALLOW_GET),
    ];
  };
  const [root, member, operator] = make();
  expect(make()).toEqual([root, member, operator]);
  expect(new Set([root, member, operator].map((key) => key?.accessKeyId)).size).toBe(3);
  // The README has it.
  expect(root).toEqual({
    accessKeyId: 'LTAI5tFixedc08c6ff45c135',
    accessKeySecret: 'fixedfeecf549cac63b0aecbaeac2b',
  });
  const random = start().identities;
  expect(random.createAccessKey('1')).not.toEqual(random.createAccessKey('1'));
});

test('lasting keys are those of accounts and users, with what they may do', () => {
  const { identities } = start();
  const root = identities.createAccessKey('1');
  const user = identities.createUser('1', 'operator', ALLOW_GET);
  identities.createRole('1', 'onboarding', ALLOW_GET);
  identities.assumeRole('acs:ram::1:role/onboarding', 1000);
  expect(identities.lastingKeys()).toEqual([
    { accountId: '1', credentials: root },
    { accountId: '1', credentials: user, user: { userName: 'operator', policy: ALLOW_GET } },
  ]);
});
