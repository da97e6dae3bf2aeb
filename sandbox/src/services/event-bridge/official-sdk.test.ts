import * as eventBridgeModule from '@alicloud/eventbridge';
import { describe, expect, it } from 'vitest';
import {
  lookTarget,
  PATTERN,
  RULE,
  startEventBridgeSandbox,
} from '../../testing/event-bridge-sandbox.ts';

describe('through @alicloud/eventbridge', () => {
  it('rules are the same', async () => {
    const sandbox = await startEventBridgeSandbox();
    const { CreateRuleRequest, GetRuleRequest, ListRulesRequest, DeleteRuleRequest } =
      eventBridgeModule;
    const sdk = sandbox.sdk();
    const rule = { eventBusName: 'default', ruleName: 'joined' };
    const [target] = [lookTarget(sandbox)];
    const created = await sdk.createRule(
      new CreateRuleRequest({
        ...rule,
        filterPattern: JSON.stringify(PATTERN),
        targets: [
          new eventBridgeModule.TargetEntry({
            id: target?.Id ?? '',
            type: target?.Type ?? '',
            endpoint: target?.Endpoint ?? '',
            paramList: target?.ParamList.map(
              ({ ResourceKey, Form, Value }) =>
                new eventBridgeModule.EBTargetParam({
                  resourceKey: ResourceKey,
                  form: Form,
                  value: Value,
                }),
            ),
          }),
        ],
      }),
    );
    expect(created.ruleARN).toBe(sandbox.ruleArn('joined'));
    expect((await sandbox.call('GetRule', RULE)).Data).toMatchObject({ Targets: [{ Id: 'look' }] });
    expect(await sdk.getRule(new GetRuleRequest(rule))).toMatchObject({ status: 'ENABLE' });
    const listed = await sdk.listRules(new ListRulesRequest({ eventBusName: 'default' }));
    expect(listed).toMatchObject({ total: 1 });
    await sdk.deleteRule(new DeleteRuleRequest(rule));
    await expect(sdk.getRule(new GetRuleRequest(rule))).rejects.toMatchObject({
      code: 'EventRuleNotExisted',
    });
  });

  it('is signed and allowed', async () => {
    const sandbox = await startEventBridgeSandbox();
    const get = (key = sandbox.credentials) =>
      sandbox
        .sdk(key)
        .getRule(
          new eventBridgeModule.GetRuleRequest({ eventBusName: 'default', ruleName: 'joined' }),
        );
    await expect(get({ ...sandbox.credentials, accessKeySecret: 'guess' })).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
    await expect(
      get(sandbox.keyOf({ Effect: 'Allow', Action: 'eventbridge:ListRules', Resource: '*' })),
    ).rejects.toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('eventbridge:GetRule'),
    });
  });

  it('nobody puts events of their own on the bus default', async () => {
    const sandbox = await startEventBridgeSandbox();
    const put = (bus: string) =>
      sandbox.sdk().putEvents([
        new eventBridgeModule.CloudEvent({
          id: '1',
          source: 'acs.test',
          type: 'test',
          specversion: '1.0',
          datacontenttype: 'application/json',
          data: Buffer.from('{}'),
          extensions: { aliyuneventbusname: bus },
        }),
      ]);
    await expect(put('default')).rejects.toMatchObject({ code: 'AccessDenied' });
    await expect(put('custom')).rejects.toMatchObject({ code: 'EventBusNotExist' });
  });
});
