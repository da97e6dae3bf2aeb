/** Of a stack that is there: what it holds and gives, its removal, and network faults. */
import { describe, expect, it } from 'vitest';
import { createStack } from '../../../alicloud/resource-orchestration/stack.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import { type Answer, faults, json } from '../../support/adapters/server.ts';
import {
  ADD,
  busy,
  changeSet,
  created,
  done,
  eventsOf,
  gone,
  noStacks,
  STACK_ID,
  stackIn,
  stacks,
  startScriptedStack,
} from '../../support/cli/operator-stacks.ts';

describe('describe', () => {
  it('says in which state it is, and what it holds', async () => {
    const { stack, sent } = await startScriptedStack({
      ListStacks: [stacks('CREATE_COMPLETE')],
      ListStackResources: [
        json({
          RequestId: 'R',
          Resources: [{ LogicalResourceId: 'Queue', ResourceType: 'ALIYUN::MNS::Queue' }],
        }),
      ],
    });
    expect(await stack.describe()).toEqual({
      status: 'CREATE_COMPLETE',
      resources: [{ logicalId: 'Queue', type: 'ALIYUN::MNS::Queue' }],
    });
    expect(sent('ListStackResources')).toMatchObject({ StackId: STACK_ID });
  });

  it('of none is undefined', async () => {
    const { stack } = await startScriptedStack({ ListStacks: [noStacks] });
    expect(await stack.describe()).toBeUndefined();
  });
});

describe('outputs', () => {
  it('are read by name', async () => {
    const Outputs = [
      { OutputKey: 'LogProject', OutputValue: 'onboarding-1', Description: 'p' },
      { OutputKey: 'Days', OutputValue: 365 },
      { OutputKey: 'List', OutputValue: ['a'] },
    ];
    const { stack } = await startScriptedStack({
      ListStacks: [stacks('CREATE_COMPLETE')],
      GetStack: [stackIn('CREATE_COMPLETE', { Outputs })],
    });
    expect(await stack.outputs()).toEqual({
      LogProject: 'onboarding-1',
      Days: '365',
      List: '["a"]',
    });
  });

  it('are asked for again when a look fails for the moment', async () => {
    const { stack } = await startScriptedStack({
      ListStacks: [busy, stacks('CREATE_COMPLETE')],
      GetStack: [busy, stackIn('CREATE_COMPLETE', { Outputs: [] })],
    });
    expect(await stack.outputs()).toEqual({});
  });

  it.each([
    ['no stack', noStacks],
    ['a stack that is only planned', stacks('REVIEW_IN_PROGRESS')],
  ])('are undefined with %s', async (_what, answer) => {
    const { stack } = await startScriptedStack({ ListStacks: [answer] });
    expect(await stack.outputs()).toBeUndefined();
  });
});

describe('remove', () => {
  it('deletes the stack, and hands over what happens', async () => {
    const { stack, onEvent, sent, events } = await startScriptedStack({
      ListStacks: [stacks('CREATE_COMPLETE')],
      GetStack: [
        stackIn('CREATE_COMPLETE'),
        stackIn('DELETE_IN_PROGRESS'),
        stackIn('DELETE_COMPLETE'),
      ],
      ListStackEvents: [eventsOf(), eventsOf(), eventsOf(['Queue', 'DELETE_COMPLETE'])],
      DeleteStack: [done],
    });
    await stack.remove(onEvent);
    expect(sent('DeleteStack')).toEqual({
      RegionId: 'cn-hangzhou',
      StackId: STACK_ID,
    });
    expect(events).toMatchObject([{ logicalId: 'Queue', status: 'DELETE_COMPLETE' }]);
  });

  it('is done when the stack can be found no more', async () => {
    const { stack, onEvent } = await startScriptedStack({
      ListStacks: [stacks('CREATE_COMPLETE')],
      GetStack: [stackIn('CREATE_COMPLETE'), gone],
      ListStackEvents: [eventsOf()],
      DeleteStack: [done],
    });
    await stack.remove(onEvent);
  });

  it('is done where there is no stack', async () => {
    const { stack, onEvent, operations } = await startScriptedStack({ ListStacks: [noStacks] });
    await stack.remove(onEvent);
    expect(operations()).toEqual(['ListStacks']);
  });

  it('names the resource that stays', async () => {
    const { stack, onEvent } = await startScriptedStack({
      ListStacks: [stacks('CREATE_COMPLETE')],
      GetStack: [stackIn('CREATE_COMPLETE'), stackIn('DELETE_FAILED')],
      ListStackEvents: [eventsOf(), eventsOf(['Results', 'DELETE_FAILED', 'ProjectForbidden'])],
      DeleteStack: [done],
    });
    await expect(stack.remove(onEvent)).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'DELETE_FAILED',
      logicalId: 'Results',
      message: 'ProjectForbidden',
    });
  });
});

it('waits for longer than the SDK would', async () => {
  const slow: Answer = (response, request) => {
    setTimeout(() => noStacks(response, request), 3_200);
  };
  const { stack } = await startScriptedStack({ ListStacks: [slow] }, { callTimeoutMs: 10_000 });
  expect(await stack.outputs()).toBeUndefined();
});

describe('a network fault', () => {
  for (const { name, code, reason = /^Malformed answer/, timeoutMs = 5_000, answer } of faults) {
    it(`${name} is ${code}`, async () => {
      const { stack, server } = await startScriptedStack(
        { ListStacks: [answer] },
        { callTimeoutMs: timeoutMs, retries: false },
      );
      const error = await cloudErrorOf(stack.outputs());
      expect(error).toMatchObject({ code, operation: 'ListStacks' });
      expect(error.message).toMatch(reason);
      expect(server.seen).toHaveLength(1);
      await server.untilNoSockets();
    });
  }

  it('throttling has the wait that the server asks for', async () => {
    const throttled: Answer = json({ Code: 'Throttling.User', Message: 'Too many.' }, 400, {
      'x-acs-retry-after': '900',
    });
    const { stack, waits } = await startScriptedStack({
      ListStacks: [throttled, noStacks],
      CreateChangeSet: [created],
      GetChangeSet: [changeSet('CREATE_COMPLETE', [ADD])],
    });
    await stack.plan('ROSTemplateFormatVersion: "2015-09-01"\n', {});
    expect(waits).toEqual([904]);
  });

  it('an endpoint over plain HTTP must be loopback', async () => {
    await startScriptedStack({});
    const clock = { now: () => 0, sleep: async () => undefined };
    const connectTo = (endpoint?: string) => () =>
      createStack({
        region: 'cn-hangzhou',
        credentials,
        stackName: 'onboarding',
        clock,
        retryReads: (read) => read({ timeoutMs: 1 }),
        ...(endpoint !== undefined && { endpoint }),
      });
    expect(connectTo('http://ros.aliyuncs.com')).toThrow(/https/);
    expect(connectTo()).not.toThrow();
  });
});
