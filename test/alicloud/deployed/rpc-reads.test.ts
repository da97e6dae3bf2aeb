/** What an operator looks up of products that speak RPC: one server that answers as each does. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCaller } from '../../../alicloud/access-management/caller.ts';
import { createRoles } from '../../../alicloud/access-management/roles.ts';
import { readFlow } from '../../../alicloud/cloud-flow/flows.ts';
import { readEventRule } from '../../../alicloud/event-bridge/event-rules.ts';
import { readQueue } from '../../../alicloud/message-queue/queues.ts';
import { createRpcClient, type RpcClient } from '../../../alicloud/rpc-client.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  json,
  type RawServer,
  startRawServer,
} from '../../support/adapters/server.ts';

const options = { timeoutMs: 5_000 };

let server: RawServer;
async function connect(...answers: Answer[]): Promise<RpcClient> {
  server = await startRawServer(...answers);
  onTestFinished(() => server.close());
  return createRpcClient({ endpoint: server.url, credentials });
}

/** Of the nth call. */
const asked = (call = 0) =>
  Object.fromEntries(new URLSearchParams(server.seen[call]?.body.toString()));

const refusal = (Code: string, status: number) => json({ Code, Message: `${Code}.` }, status);

const caller = {
  RequestId: 'R',
  IdentityType: 'RAMUser',
  AccountId: '1000000000000001',
  PrincipalId: '2',
  UserId: '2',
  Arn: 'acs:ram::1000000000000001:user/operator',
};

describe('who the caller is', () => {
  it('is asked by nothing but the signature', async () => {
    expect(await readCaller(await connect(json(caller)), options)).toEqual({
      accountId: '1000000000000001',
      arn: 'acs:ram::1000000000000001:user/operator',
      isAccount: false,
    });
    expect(asked()).toMatchObject({ Action: 'GetCallerIdentity', Version: '2015-04-01' });
  });

  it('can be the account itself', async () => {
    const client = await connect(json({ ...caller, IdentityType: 'Account' }));
    expect(await readCaller(client, options)).toMatchObject({ isAccount: true });
  });

  it('is not guessed from an answer without an account', async () => {
    const client = await connect(json({ ...caller, AccountId: undefined }));
    expect(await cloudErrorOf(readCaller(client, options))).toMatchObject({
      operation: 'GetCallerIdentity',
      code: 'MalformedAnswer',
    });
  });
});

const trust = (...statements: object[]) =>
  json({ Role: { AssumeRolePolicyDocument: JSON.stringify({ Statement: statements }) } });
const trusting = (Service: unknown, Effect = 'Allow') => ({ Effect, Principal: { Service } });

describe('a role', () => {
  it.each([
    ['one service', [trusting('fc.aliyuncs.com')], ['fc.aliyuncs.com']],
    ['several', [trusting(['fc.aliyuncs.com', 'a']), trusting('b')], ['fc.aliyuncs.com', 'a', 'b']],
    ['none where it is denied', [trusting('fc.aliyuncs.com', 'Deny')], []],
    ['none where it is users', [{ Effect: 'Allow', Principal: { RAM: ['acs:ram::1:root'] } }], []],
  ])('trusts %s', async (_, statements, trustedServices) => {
    const roles = createRoles(await connect(trust(...statements)));
    expect(await roles.role('account-onboarding', options)).toEqual({ trustedServices });
    expect(asked()).toMatchObject({
      Action: 'GetRole',
      Version: '2015-05-01',
      RoleName: 'account-onboarding',
    });
  });

  it.each(['{', '{}', '[]'])('whose trust policy is %s is a malformed answer', async (text) => {
    const answer = json({ Role: { AssumeRolePolicyDocument: text } });
    const roles = createRoles(await connect(answer));
    expect(await cloudErrorOf(roles.role('account-onboarding', options))).toMatchObject({
      code: 'MalformedAnswer',
    });
  });

  it('has its own policies, without those of Alibaba Cloud', async () => {
    const attached = (PolicyName: string, PolicyType: string) => ({ PolicyName, PolicyType });
    const roles = createRoles(
      await connect(
        json({ Policies: { Policy: [attached('own', 'Custom'), attached('All', 'System')] } }),
        json({ DefaultPolicyVersion: { PolicyDocument: '{"Version":"1","Statement":[]}' } }),
      ),
    );
    expect(await roles.policies('account-onboarding', options)).toEqual([
      { Version: '1', Statement: [] },
    ]);
    expect(asked(1)).toMatchObject({
      Action: 'GetPolicy',
      PolicyName: 'own',
      PolicyType: 'Custom',
    });
    expect(server.seen).toHaveLength(2);
  });
});

const target = {
  Id: 'onboard-account',
  Type: 'acs.fc.function',
  Endpoint: 'acs:fc:cn-hangzhou:1000000000000001:functions/onboard-account',
  ParamList: [
    { ResourceKey: 'functionName', Form: 'CONSTANT', Value: 'onboard-account' },
    { ResourceKey: 'InvocationType', Form: 'CONSTANT', Value: 'Async' },
    { ResourceKey: 'Body', Form: 'ORIGINAL' },
  ],
  PushRetryStrategy: 'EXPONENTIAL_DECAY_RETRY',
  DeadLetterQueue: { Arn: 'acs:mns:cn-hangzhou:1000000000000001:/queues/failures' },
};
const rule = (Data: object) => json({ RequestId: 'R', Code: 'Success', Success: true, Data });

describe('an event rule', () => {
  const named = { bus: 'default', name: 'account-onboarding' };

  it('is enabled, and has its pattern and its targets', async () => {
    const data = { Status: 'ENABLE', FilterPattern: '{"type":["a"]}', Targets: [target] };
    expect(await readEventRule(await connect(rule(data)), named, options)).toEqual({
      isEnabled: true,
      pattern: { type: ['a'] },
      targets: [
        {
          type: 'acs.fc.function',
          endpoint: target.Endpoint,
          constants: { functionName: 'onboard-account', InvocationType: 'Async' },
          retryStrategy: 'EXPONENTIAL_DECAY_RETRY',
          deadLetterQueue: target.DeadLetterQueue.Arn,
        },
      ],
    });
    expect(asked()).toMatchObject({
      Action: 'GetRule',
      Version: '2020-04-01',
      EventBusName: 'default',
      RuleName: 'account-onboarding',
    });
  });

  it('can be disabled, and without a target', async () => {
    const client = await connect(rule({ Status: 'DISABLE', FilterPattern: '{}' }));
    expect(await readEventRule(client, named, options)).toEqual({
      isEnabled: false,
      pattern: {},
      targets: [],
    });
  });

  it.each([200, 409])('is not there when the service says so with %i', async (status) => {
    const client = await connect(refusal('EventRuleNotExisted', status));
    expect(await readEventRule(client, named, options)).toBeUndefined();
  });
});

/** Each read that answers nothing for what is not there. */
const READS = [
  {
    what: 'a role',
    operation: 'GetRole',
    absent: ['EntityNotExist.Role', 'EntityNotExists.Role'],
    read: (client: RpcClient) => createRoles(client).role('a', options),
  },
  {
    what: 'an event rule',
    operation: 'GetRule',
    absent: ['EventRuleNotExisted'],
    read: (client: RpcClient) => readEventRule(client, { bus: 'default', name: 'a' }, options),
  },
  {
    what: 'a flow',
    operation: 'DescribeFlow',
    absent: ['FlowNotExists'],
    read: (client: RpcClient) => readFlow(client, 'a', options),
  },
  {
    what: 'a queue',
    operation: 'GetQueueAttributes',
    absent: ['QueueNotExist', 'ResourceNotFound:QueueName', 'RESOURCE_NOT_FOUND'],
    read: (client: RpcClient) => readQueue(client, 'a', options),
  },
];

describe.each(READS)('$what', ({ operation, absent, read }) => {
  it.each(absent)('that is not there: %s', async (code) => {
    expect(await read(await connect(refusal(code, 404)))).toBeUndefined();
  });

  it('that may not be read', async () => {
    expect(await cloudErrorOf(read(await connect(refusal('NoPermission', 403))))).toMatchObject({
      operation,
      code: 'NoPermission',
      statusCode: 403,
    });
  });

  it('of which the answer has nothing', async () => {
    expect(await cloudErrorOf(read(await connect(json({ RequestId: 'R' }))))).toMatchObject({
      operation,
      code: 'MalformedAnswer',
    });
  });
});

it('a flow has its definition and its role', async () => {
  const RoleArn = 'acs:ram::1:role/account-onboarding-flow';
  const client = await connect(json({ Name: 'a', Definition: 'Type: StateMachine', RoleArn }));
  expect(await readFlow(client, 'account-onboarding', options)).toEqual({
    definition: 'Type: StateMachine',
    roleArn: RoleArn,
  });
  expect(asked()).toMatchObject({ Version: '2019-03-15', Name: 'account-onboarding' });
});

it('a queue says how long it keeps messages', async () => {
  const Data = { QueueName: 'failures', MessageRetentionPeriod: 604_800 };
  const client = await connect(json({ Code: 200, Success: true, Data }));
  expect(await readQueue(client, 'failures', options)).toEqual({ retentionSeconds: 604_800 });
  expect(asked()).toMatchObject({ Version: '2022-01-19', QueueName: 'failures' });
});
