import { describe, expect, it } from 'vitest';
import {
  accountCreated,
  createRule,
  lookTarget,
  PATTERN,
  payloads,
  RULE,
  startEventBridgeSandbox,
} from '../../testing/event-bridge-sandbox.ts';

/** With this form of `Body`. */
const body = (form: string, value: string, template?: string) => ({
  ParamList: [
    { ResourceKey: 'InvocationType', Form: 'CONSTANT', Value: 'Async' },
    {
      ResourceKey: 'Body',
      Form: form,
      Value: value,
      ...(template === undefined ? {} : { Template: template }),
    },
  ],
});

describe('a rule', () => {
  it('is created, shown, listed, and deleted', async () => {
    const sandbox = await startEventBridgeSandbox();
    expect(await createRule(sandbox, { DeadLetterQueue: { Arn: sandbox.queueArn } })).toMatchObject(
      {
        Code: 'Success',
        Success: true,
        Data: { RuleARN: sandbox.ruleArn('joined') },
      },
    );
    const rule = (await sandbox.call('GetRule', RULE)).Data;
    expect(rule).toMatchObject({
      Status: 'ENABLE',
      EventBusName: 'default',
      Description: 'A member joined',
      Targets: [
        {
          Id: 'look',
          Type: 'acs.fc.function',
          Endpoint: sandbox.functionArn,
          PushRetryStrategy: 'BACKOFF_RETRY',
          DeadLetterQueue: { Arn: sandbox.queueArn },
        },
      ],
    });
    expect(JSON.parse(String(rule?.FilterPattern))).toEqual(PATTERN);
    const list = await sandbox.call('ListRules', {
      EventBusName: 'default',
      RuleNamePrefix: 'join',
    });
    expect(list.Data).toMatchObject({ Total: 1, Rules: [{ RuleName: 'joined' }] });
    const targets = await sandbox.call('ListTargets', RULE);
    expect(targets.Data).toMatchObject({ Targets: [{ Id: 'look' }] });
    await sandbox.call('DeleteRule', RULE);
    expect(await sandbox.call('GetRule', RULE)).toMatchObject({
      Code: 'EventRuleNotExisted',
      Success: false,
    });
  });

  it('pushes to its function while it is enabled', async () => {
    const sandbox = await startEventBridgeSandbox();
    sandbox.createLook();
    await createRule(sandbox);
    await accountCreated(sandbox);
    expect(JSON.parse(payloads(sandbox)[0] ?? '')).toMatchObject({
      data: { eventName: 'CreateResourceAccount' },
    });
    await sandbox.call('DisableRule', RULE);
    await accountCreated(sandbox);
    expect(payloads(sandbox)).toHaveLength(1);
    expect((await sandbox.call('GetRule', RULE)).Data).toMatchObject({ Status: 'DISABLE' });
    await sandbox.call('EnableRule', RULE);
    await accountCreated(sandbox);
    expect(payloads(sandbox)).toHaveLength(2);
  });

  it.each([
    [body('CONSTANT', 'look around'), 'look around'],
    [body('JSONPATH', '$.data.eventName'), 'CreateResourceAccount'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the template is EventBridge's
    [body('TEMPLATE', '{"name":"$.data.eventName"}', 'saw ${name}'), 'saw CreateResourceAccount'],
  ])('makes the body as %j says', async (changes, expected) => {
    const sandbox = await startEventBridgeSandbox();
    sandbox.createLook();
    await createRule(sandbox, changes);
    await accountCreated(sandbox);
    expect(payloads(sandbox)).toEqual([expected]);
    expect(sandbox.functionCompute.invocations()).toMatchObject([{ mode: 'async' }]);
  });

  it('gets and loses targets', async () => {
    const sandbox = await startEventBridgeSandbox();
    await createRule(sandbox);
    const put = await sandbox.call('PutTargets', {
      ...RULE,
      Targets: JSON.stringify([lookTarget(sandbox, { Id: 'again' })]),
    });
    expect(put).toMatchObject({ Code: 'Success', Data: { ErrorEntriesCount: 0 } });
    await sandbox.call('DeleteTargets', { ...RULE, TargetIds: '["look"]' });
    expect((await sandbox.call('ListTargets', RULE)).Data).toMatchObject({
      Targets: [{ Id: 'again' }],
    });
    await sandbox.call('UpdateRule', { ...RULE, Description: 'Changed' });
    expect((await sandbox.call('GetRule', RULE)).Data).toMatchObject({
      Description: 'Changed',
      Targets: [{ Id: 'again' }],
    });
  });

  it.each<[string, Record<string, unknown>, Record<string, string>, string, string]>([
    ['another bus', {}, { EventBusName: 'custom' }, 'EventBusNotExist', 'custom'],
    ['a pattern', {}, { FilterPattern: '{"nope":["x"]}' }, 'EventPatternInvalid', 'nope'],
    ['a name', {}, { RuleName: 'a b' }, 'EventRuleNameInvalid', 'a b'],
    ['another type', { Type: 'acs.mns.queue' }, {}, 'EventTargetClassNotExist', 'acs.mns.queue'],
    ['an endpoint', { Endpoint: 'acs:fc:x' }, {}, 'EventTargetIneffectiveAttribute', 'Endpoint'],
    [
      'a queue that is not there',
      { DeadLetterQueue: { Arn: 'acs:mns:x' } },
      {},
      'EventTargetIneffectiveAttribute',
      'acs:mns:x',
    ],
    [
      'no body',
      { ParamList: [{ ResourceKey: 'InvocationType', Form: 'CONSTANT', Value: 'Sync' }] },
      {},
      'EventTargetMissingAttribute',
      'Body',
    ],
    [
      'an unknown parameter',
      { ParamList: [{ ResourceKey: 'Speed', Form: 'CONSTANT', Value: '1' }] },
      {},
      'EventTargetIneffectiveAttribute',
      'Speed',
    ],
  ])('with %s is refused', async (_what, target, rule, code, message) => {
    const sandbox = await startEventBridgeSandbox();
    expect(await createRule(sandbox, target, rule)).toMatchObject({
      Success: false,
      Code: code,
      Message: expect.stringContaining(message),
    });
  });

  it('is refused for what no target has, as a malformed request', async () => {
    const sandbox = await startEventBridgeSandbox();
    await expect(createRule(sandbox, { Retries: 3 })).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidArgument',
      message: expect.stringContaining('Targets[0].Retries'),
    });
    await expect(createRule(sandbox, { ErrorsTolerance: 'NONE' })).rejects.toThrow('NONE');
  });

  it('is one of ten at most, and of one name', async () => {
    const sandbox = await startEventBridgeSandbox();
    for (let number = 1; number <= 10; number += 1) {
      await createRule(sandbox, {}, { RuleName: `rule-${number}` });
    }
    expect(await createRule(sandbox)).toMatchObject({ Code: 'EventRuleCountExceedLimit' });
    expect(await createRule(sandbox, {}, { RuleName: 'rule-1' })).toMatchObject({
      Code: 'EventRuleExisted',
    });
  });
});

describe('permission', () => {
  it.each([
    'GetRule',
    'ListRules',
    'ListTargets',
    'EnableRule',
    'DisableRule',
    'PutTargets',
    'DeleteTargets',
    'UpdateRule',
    'DeleteRule',
  ])('is needed for %s, and named', async (operation) => {
    const sandbox = await startEventBridgeSandbox();
    await createRule(sandbox);
    const lists = { Targets: '[]', TargetIds: '[]' };
    const query: Record<string, string> = {
      EventBusName: 'default',
      ...(operation === 'ListRules' ? {} : { RuleName: 'joined' }),
      ...(operation === 'PutTargets' ? { Targets: lists.Targets } : {}),
      ...(operation === 'DeleteTargets' ? { TargetIds: lists.TargetIds } : {}),
    };
    const other = sandbox.keyOf({
      Effect: 'Allow',
      Action: 'eventbridge:CreateRule',
      Resource: '*',
    });
    await expect(sandbox.call(operation, query, other)).rejects.toMatchObject({
      statusCode: 403,
      code: 'AccessDenied',
      accessDeniedDetail: { AuthAction: `eventbridge:${operation}` },
    });
    const allowed = sandbox.keyOf({
      Effect: 'Allow',
      Action: `eventbridge:${operation}`,
      Resource: sandbox.ruleArn('*'),
    });
    expect(await sandbox.call(operation, query, allowed)).toMatchObject({ Code: 'Success' });
  });
});
