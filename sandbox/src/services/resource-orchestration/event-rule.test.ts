import { $OpenApiUtil } from '@alicloud/openapi-core';
import { App, Stack } from '@alicloud/ros-cdk-core';
import { RosRule } from '@alicloud/ros-cdk-eventbridge';
import ros, {
  CreateChangeSetRequest,
  ExecuteChangeSetRequest,
  GetStackRequest,
  ListStackEventsRequest,
} from '@alicloud/ros20190910';
import { describe, expect, it } from 'vitest';
import { createDirectoryUser } from '../../testing/directory-user.ts';
import {
  type EventBridgeSandbox,
  lookTarget,
  PATTERN,
  startEventBridgeSandbox,
} from '../../testing/event-bridge-sandbox.ts';
import { template } from '../../testing/orchestration-sandbox.ts';
import { unwrapDefault } from '../../testing/unwrap-default.ts';
import { eventRule } from './resources/event-rule.ts';

const REGION = { regionId: 'cn-hangzhou' };
const RosClient = unwrapDefault(ros);

const clientOf = (sandbox: EventBridgeSandbox) =>
  new RosClient(
    new $OpenApiUtil.Config({
      ...sandbox.credentials,
      endpoint: new URL(sandbox.endpoint).host,
      protocol: 'HTTP',
    }),
  );

function rule(sandbox: EventBridgeSandbox, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    Type: 'ALIYUN::EventBridge::Rule',
    Properties: {
      EventBusName: 'default',
      RuleName: 'joined',
      Description: 'A member joined',
      Status: 'ENABLE',
      FilterPattern: PATTERN,
      Targets: [lookTarget(sandbox, { DeadLetterQueue: { Arn: sandbox.queueArn } })],
      ...changes,
    },
  };
}

/** Executes a change set, and says how its stack has ended. */
async function apply(
  sandbox: EventBridgeSandbox,
  resource: unknown,
  stack: { readonly stackName: string } | { readonly stackId: string },
) {
  const client = clientOf(sandbox);
  const { body } = await client.createChangeSet(
    new CreateChangeSetRequest({
      ...REGION,
      ...stack,
      changeSetName: `change-${'stackId' in stack ? 'two' : 'one'}`,
      changeSetType: 'stackId' in stack ? 'UPDATE' : 'CREATE',
      templateBody: template({
        Resources: { Rule: resource },
        Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Rule', 'RuleARN'] } } },
      }),
    }),
  );
  const { changeSetId = '', stackId = '' } = body ?? {};
  sandbox.world.clock.advance(1000);
  await client.executeChangeSet(new ExecuteChangeSetRequest({ ...REGION, changeSetId }));
  sandbox.world.clock.advance(10_000);
  return (await client.getStack(new GetStackRequest({ ...REGION, stackId }))).body;
}

describe('ALIYUN::EventBridge::Rule', () => {
  it('has the properties of the official list, no more and no less', async () => {
    const sandbox = await startEventBridgeSandbox();
    const [target] = [lookTarget(sandbox)];
    const official = new RosRule(
      new Stack(new App(), 'stack'),
      'Rule',
      {
        eventBusName: 'default',
        ruleName: 'joined',
        filterPattern: PATTERN,
        targets: [
          {
            identity: target.Id,
            type: target.Type,
            endpoint: target.Endpoint,
            paramList: target.ParamList.map(({ ResourceKey, Form, Value }) => ({
              resourceKey: ResourceKey,
              form: Form,
              value: Value,
            })),
          },
        ],
      },
      true,
    );
    const names = Object.keys(Reflect.get(official, 'rosProperties'));
    const { members } = eventRule(sandbox.eventRules).properties;
    expect(Object.keys(members).sort()).toEqual(
      names.map((name) => name[0]?.toUpperCase() + name.slice(1)).sort(),
    );
  });

  it('is created, and pushes events to the function', async () => {
    const sandbox = await startEventBridgeSandbox();
    sandbox.createLook();
    expect(await apply(sandbox, rule(sandbox), { stackName: 'events' })).toMatchObject({
      status: 'CREATE_COMPLETE',
      outputs: [{ OutputKey: 'Arn', OutputValue: sandbox.ruleArn('joined') }],
    });
    await createDirectoryUser(sandbox).createAccount('payments');
    await sandbox.settled();
    expect(sandbox.functionCompute.invocations()).toMatchObject([{ functionName: 'look' }]);
    const query = { EventBusName: 'default', RuleName: 'joined' };
    expect((await sandbox.call('GetRule', query)).Data).toMatchObject({ Status: 'ENABLE' });
  });

  it('is changed in place', async () => {
    const sandbox = await startEventBridgeSandbox();
    const created = await apply(sandbox, rule(sandbox), { stackName: 'events' });
    const changed = await apply(sandbox, rule(sandbox, { Status: 'DISABLE' }), {
      stackId: created?.stackId ?? '',
    });
    expect(changed).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(sandbox.eventRules.get('joined')).toMatchObject({ status: 'DISABLE' });
  });

  it.each([
    ['a bus of its own', { EventBusName: 'custom' }, 'EventBusName'],
    ['an unknown property', { Tags: [] }, 'Unknown Property Tags'],
    ['no target', { Targets: [] }, 'Targets'],
  ])('with %s is refused with the template', async (_what, changes, message) => {
    const sandbox = await startEventBridgeSandbox();
    await expect(
      apply(sandbox, rule(sandbox, changes), { stackName: 'events' }),
    ).rejects.toMatchObject({
      code: 'StackValidationFailed',
      message: expect.stringContaining(message),
    });
  });

  it('that EventBridge refuses fails the stack, with its code in the event', async () => {
    const sandbox = await startEventBridgeSandbox();
    for (let number = 1; number <= 10; number += 1) {
      sandbox.eventBus.addRule({ name: `other-${number}`, pattern: PATTERN, targets: [] });
    }
    const stack = await apply(sandbox, rule(sandbox), { stackName: 'events' });
    expect(stack).toMatchObject({ status: 'CREATE_ROLLBACK_COMPLETE' });
    const events = await clientOf(sandbox).listStackEvents(
      new ListStackEventsRequest({ ...REGION, stackId: stack?.stackId ?? '' }),
    );
    expect(events.body?.events).toContainEqual(
      expect.objectContaining({
        status: 'CREATE_FAILED',
        statusReason: expect.stringContaining('EventRuleCountExceedLimit'),
      }),
    );
  });

  it('is refused in a region where a fault says so, then created', async () => {
    const sandbox = await startEventBridgeSandbox();
    sandbox.faults.add({
      service: 'event-bridge',
      operation: 'CreateRule',
      effect: { kind: 'error', code: 'AccessDeniedForInternalRegion' },
      when: { first: 1 },
    });
    const refused = await apply(sandbox, rule(sandbox), { stackName: 'first' });
    expect(refused).toMatchObject({
      status: 'CREATE_ROLLBACK_COMPLETE',
    });
    const events = await clientOf(sandbox).listStackEvents(
      new ListStackEventsRequest({ ...REGION, stackId: refused?.stackId ?? '' }),
    );
    expect(JSON.stringify(events.body)).toContain(
      'AccessDeniedForInternalRegion: The account is restricted in this region.',
    );
    expect(await apply(sandbox, rule(sandbox), { stackName: 'second' })).toMatchObject({
      status: 'CREATE_COMPLETE',
    });
  });
});
