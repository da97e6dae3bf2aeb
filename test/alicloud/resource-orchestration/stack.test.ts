/** Against bare servers: what is sent, every state a stack can be in, and network faults. */
import { afterEach, describe, expect, it } from 'vitest';
import { createStack } from '../../../alicloud/resource-orchestration/stack.ts';
import type { StackPlan } from '../../../alicloud/resource-orchestration/stack-plan.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import { type Answer, faults, json, text } from '../../support/adapters/server.ts';
import {
  CHANGE_SET_ID,
  changeSet,
  created,
  done,
  eventsOf,
  gone,
  noStacks,
  type Script,
  type ScriptedStack,
  STACK_ID,
  stackIn,
  stacks,
  startScriptedStack,
} from '../../support/cli/operator-stacks.ts';

let scripted: ScriptedStack;
afterEach(() => scripted.server.close());

async function start(
  script: Script,
  options?: { readonly callTimeoutMs?: number; readonly retries?: boolean },
) {
  scripted = await startScriptedStack(script, options);
  return scripted.stack;
}

const TEMPLATE = 'ROSTemplateFormatVersion: "2015-09-01"\n';
const ADD = {
  Action: 'Add',
  LogicalResourceId: 'Results',
  ResourceType: 'ALIYUN::SLS::Logstore',
  Details: [],
  Scope: [],
};
const MODIFY = { ...ADD, Action: 'Modify', PhysicalResourceId: 'p', Replacement: 'False' };
const complete = changeSet('CREATE_COMPLETE', [ADD]);
const busy = json({ RequestId: 'R', Code: 'ServiceUnavailable', Message: 'Later.' }, 503);
const denied = json({ RequestId: 'R', Code: 'Forbidden.RAM', Message: 'No.' }, 403);

const createPlan: StackPlan = {
  kind: 'create',
  changes: [],
  changeSetId: CHANGE_SET_ID,
  stackId: STACK_ID,
};
const updatePlan: StackPlan = { ...createPlan, kind: 'update' };

describe('plan', () => {
  it('of a new stack: a change set that would create it', async () => {
    const stack = await start({
      ListStacks: [noStacks],
      CreateChangeSet: [created],
      GetChangeSet: [changeSet('CREATE_PENDING'), changeSet('CREATE_IN_PROGRESS'), complete],
    });
    expect(await stack.plan(TEMPLATE, { RetentionDays: '30', Owner: 'a&b' })).toEqual({
      kind: 'create',
      changes: [{ action: 'Add', logicalId: 'Results', type: 'ALIYUN::SLS::Logstore' }],
      changeSetId: CHANGE_SET_ID,
      stackId: STACK_ID,
    });
    expect(scripted.sent('ListStacks')).toMatchObject({
      RegionId: 'cn-hangzhou',
      'StackName.1': 'onboarding',
    });
    expect(scripted.sent('CreateChangeSet')).toEqual({
      RegionId: 'cn-hangzhou',
      ChangeSetName: 'setup-1795000000000',
      ChangeSetType: 'CREATE',
      StackName: 'onboarding',
      TimeoutInMinutes: '60',
      TemplateBody: TEMPLATE,
      'Parameters.1.ParameterKey': 'RetentionDays',
      'Parameters.1.ParameterValue': '30',
      'Parameters.2.ParameterKey': 'Owner',
      'Parameters.2.ParameterValue': 'a&b',
    });
    expect(scripted.waits).toEqual([1, 2]);
    const [request] = scripted.server.seen;
    expect(request?.method).toBe('POST');
    expect(request?.headers).toMatchObject({
      'x-acs-version': '2019-09-10',
      'x-acs-security-token': credentials.securityToken,
      connection: 'close',
    });
    await scripted.server.untilNoSockets();
  });

  it.each([
    'CREATE_COMPLETE',
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
    'UPDATE_COMPLETE',
    'UPDATE_FAILED',
  ])('of a stack in %s: one that would update it', async (status) => {
    const stack = await start({
      ListStacks: [stacks(status)],
      CreateChangeSet: [created],
      GetChangeSet: [changeSet('CREATE_COMPLETE', [MODIFY])],
    });
    expect(await stack.plan(TEMPLATE, {})).toEqual({
      kind: 'update',
      changes: [
        {
          action: 'Modify',
          logicalId: 'Results',
          type: 'ALIYUN::SLS::Logstore',
          replacement: 'False',
        },
      ],
      changeSetId: CHANGE_SET_ID,
      stackId: STACK_ID,
    });
    expect(scripted.sent('CreateChangeSet')).toMatchObject({
      ChangeSetType: 'UPDATE',
      StackId: STACK_ID,
    });
    expect(scripted.sent('CreateChangeSet')).not.toHaveProperty('StackName');
  });

  it('waits for what is under way', async () => {
    const stack = await start({
      ListStacks: [
        stacks('UPDATE_IN_PROGRESS'),
        stacks('UPDATE_IN_PROGRESS'),
        stacks('UPDATE_COMPLETE'),
      ],
      CreateChangeSet: [created],
      GetChangeSet: [complete],
    });
    expect(await stack.plan(TEMPLATE, {})).toMatchObject({ kind: 'update' });
    expect(scripted.waits).toEqual([1, 2]);
  });

  it('of what stays as it is: nothing, with what the service said', async () => {
    const Message = 'Update the completely same stack is not supported.';
    const stack = await start({
      ListStacks: [stacks('CREATE_COMPLETE')],
      CreateChangeSet: [json({ RequestId: 'R', Code: 'NotSupported', Message }, 400)],
    });
    const plan = await stack.plan(TEMPLATE, {});
    expect(plan).toEqual({ kind: 'nothing', reason: Message });
    await stack.execute(plan, scripted.onEvent);
    await stack.discard(plan);
    expect(scripted.operations()).toEqual(['ListStacks', 'CreateChangeSet']);
  });

  it('of a change set without changes: nothing, and it is deleted', async () => {
    const stack = await start({
      ListStacks: [stacks('CREATE_COMPLETE')],
      CreateChangeSet: [created],
      GetChangeSet: [changeSet('CREATE_COMPLETE')],
      DeleteChangeSet: [done],
    });
    expect(await stack.plan(TEMPLATE, {})).toEqual({ kind: 'nothing' });
    expect(scripted.operations()).toContain('DeleteChangeSet');
  });

  it('of a new stack that is not supported: that error', async () => {
    const stack = await start({
      ListStacks: [noStacks],
      CreateChangeSet: [json({ RequestId: 'R', Code: 'NotSupported', Message: 'No.' }, 400)],
    });
    expect(await cloudErrorOf(stack.plan(TEMPLATE, {}))).toMatchObject({
      code: 'NotSupported',
      operation: 'CreateChangeSet',
      requestId: 'R',
    });
  });

  it('over what a failed creation left: changes nothing, and says what stands in the way', async () => {
    const stack = await start({ ListStacks: [stacks('CREATE_ROLLBACK_COMPLETE')] });
    const plan = await stack.plan(TEMPLATE, {});
    expect(plan).toEqual({
      kind: 'clear',
      stackId: STACK_ID,
      status: 'CREATE_ROLLBACK_COMPLETE',
      reason: '',
      isEmpty: true,
    });
    await stack.discard(plan);
    expect(scripted.operations()).toEqual(['ListStacks']);
  });

  it('under review, which stays: that was left, and is to be cleared', async () => {
    const stack = await start({ ListStacks: [stacks('REVIEW_IN_PROGRESS')] });
    expect(await stack.plan(TEMPLATE, {})).toMatchObject({
      kind: 'clear',
      status: 'REVIEW_IN_PROGRESS',
      isEmpty: true,
    });
    expect(scripted.operations()).toEqual(Array<string>(12).fill('ListStacks'));
  });

  it('under review, which is over soon: somebody else has set it up', async () => {
    const stack = await start({
      ListStacks: [
        stacks('REVIEW_IN_PROGRESS'),
        stacks('CREATE_IN_PROGRESS'),
        stacks('CREATE_COMPLETE'),
      ],
      CreateChangeSet: [created],
      GetChangeSet: [complete],
    });
    expect(await stack.plan(TEMPLATE, {})).toMatchObject({ kind: 'update' });
  });

  it('interrupted while it waits for another operation: leaves at once', async () => {
    const interruption = new AbortController();
    const stack = await start({ ListStacks: [stacks('UPDATE_IN_PROGRESS')] });
    const planning = stack.plan(TEMPLATE, {}, interruption.signal);
    const gone = expect(planning).rejects.toThrow('gone');
    interruption.abort(new Error('gone'));
    await gone;
  });

  it('interrupted while it is compared: the change set is taken back', async () => {
    const interruption = new AbortController();
    const stack = await start({
      ListStacks: [stacks('CREATE_COMPLETE')],
      CreateChangeSet: [created],
      GetChangeSet: [
        (response, request) => {
          interruption.abort(new Error('gone'));
          changeSet('CREATE_IN_PROGRESS')(response, request);
        },
      ],
      DeleteChangeSet: [done],
    });
    await expect(stack.plan(TEMPLATE, {}, interruption.signal)).rejects.toThrow('gone');
    expect(scripted.operations()).toContain('DeleteChangeSet');
  });

  it.each(['CREATE_FAILED', 'CREATE_ROLLBACK_FAILED', 'DELETE_FAILED'])(
    'over a stack in %s: it holds something, and is to be cleared',
    async (status) => {
      const stack = await start({ ListStacks: [stacks(status, 'Results: denied.')] });
      expect(await stack.plan(TEMPLATE, {})).toEqual({
        kind: 'clear',
        stackId: STACK_ID,
        status,
        reason: 'Results: denied.',
        isEmpty: false,
      });
      expect(scripted.operations()).toEqual(['ListStacks']);
    },
  );

  it('over a stack that is neither to be updated nor left: fails, and deletes nothing', async () => {
    const stack = await start({ ListStacks: [stacks('IMPORT_CREATE_FAILED', 'Denied.')] });
    await expect(stack.plan(TEMPLATE, {})).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'IMPORT_CREATE_FAILED',
      message: expect.stringMatching(/^Denied\. .*remove it/),
    });
    expect(scripted.operations()).toEqual(['ListStacks']);
  });

  it('of a change set that fails: says why, and leaves nothing behind', async () => {
    const stack = await start({
      ListStacks: [noStacks],
      CreateChangeSet: [created],
      GetChangeSet: [
        changeSet('CREATE_FAILED', [], { StatusReason: `too many (${credentials.accessKeyId})` }),
      ],
      DeleteChangeSet: [done],
      GetStack: [stackIn('REVIEW_IN_PROGRESS'), stackIn('REVIEW_IN_PROGRESS'), gone],
      ListStackEvents: [eventsOf()],
      DeleteStack: [done],
    });
    await expect(stack.plan(TEMPLATE, {})).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'CREATE_FAILED',
      message: 'too many (***)',
    });
    expect(scripted.operations()).toContain('DeleteStack');
  });

  it('another stack whose name is found too is not taken for it', async () => {
    const other = json({
      TotalCount: 2,
      Stacks: [
        { StackId: 'a', StackName: 'onboarding-2', Status: 'CREATE_COMPLETE' },
        { StackId: 'b', StackName: 'onboarding', Status: 'DELETE_COMPLETE' },
      ],
    });
    const stack = await start({
      ListStacks: [other],
      CreateChangeSet: [created],
      GetChangeSet: [complete],
    });
    expect(await stack.plan(TEMPLATE, {})).toMatchObject({ kind: 'create' });
  });

  it('an action that is none we know is no plan', async () => {
    const stack = await start({
      ListStacks: [stacks('CREATE_COMPLETE')],
      CreateChangeSet: [created],
      GetChangeSet: [changeSet('CREATE_COMPLETE', [{ ...ADD, Action: 'Explode' }])],
      DeleteChangeSet: [done],
    });
    expect(await cloudErrorOf(stack.plan(TEMPLATE, {}))).toMatchObject({
      code: 'MalformedAnswer',
      operation: 'GetChangeSet',
    });
  });
});

it('waits for longer than the SDK would', async () => {
  const slow: Answer = (response, request) => {
    setTimeout(() => noStacks(response, request), 3_200);
  };
  const stack = await start({ ListStacks: [slow] }, { callTimeoutMs: 10_000 });
  expect(await stack.outputs()).toBeUndefined();
});

describe('execute', () => {
  it('hands over each event once, in order, until the stack is complete', async () => {
    const first = [['onboarding', 'REVIEW_IN_PROGRESS']] as const;
    const second = [
      ...first,
      ['onboarding', 'CREATE_IN_PROGRESS', 'Stack CREATE started'],
    ] as const;
    const third = [
      ...second,
      ['Results', 'CREATE_IN_PROGRESS'],
      ['Results', 'CREATE_COMPLETE'],
    ] as const;
    const stack = await start({
      ExecuteChangeSet: [done],
      GetStack: [
        stackIn('REVIEW_IN_PROGRESS'),
        stackIn('REVIEW_IN_PROGRESS'),
        stackIn('CREATE_IN_PROGRESS'),
        stackIn('CREATE_COMPLETE'),
      ],
      ListStackEvents: [
        eventsOf(...first),
        eventsOf(...first),
        eventsOf(...second),
        eventsOf(...third, ['onboarding', 'CREATE_COMPLETE']),
      ],
    });
    await stack.execute(createPlan, scripted.onEvent);
    expect(scripted.sent('ExecuteChangeSet')).toMatchObject({ ChangeSetId: CHANGE_SET_ID });
    expect(scripted.events[0]).toEqual({
      id: 'event-1',
      time: '2026-11-20T03:04:01',
      logicalId: 'onboarding',
      type: 'ALIYUN::ROS::Stack',
      status: 'CREATE_IN_PROGRESS',
      reason: 'Stack CREATE started',
    });
    expect(scripted.events.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
      'onboarding CREATE_IN_PROGRESS',
      'Results CREATE_IN_PROGRESS',
      'Results CREATE_COMPLETE',
      'onboarding CREATE_COMPLETE',
    ]);
    expect(scripted.waits).toEqual([1, 2]);
  });

  it('does not take the state of before for success', async () => {
    const before = [['onboarding', 'UPDATE_COMPLETE']] as const;
    const stack = await start({
      ExecuteChangeSet: [done],
      GetStack: [stackIn('UPDATE_COMPLETE')],
      ListStackEvents: [
        eventsOf(...before),
        eventsOf(...before),
        eventsOf(...before),
        eventsOf(...before, ['Results', 'UPDATE_COMPLETE']),
      ],
    });
    await stack.execute(updatePlan, scripted.onEvent);
    expect(scripted.waits).toEqual([1, 2]);
    expect(scripted.events).toHaveLength(1);
  });

  it('reads all pages of events', async () => {
    const page = (from: number, count: number) =>
      json({
        TotalCount: 70,
        Events: Array.from({ length: count }, (_, index) => ({
          EventId: `event-${from - index}`,
          CreateTime: '2026-11-20T03:04:05',
          LogicalResourceId: 'Results',
          ResourceType: 'ALIYUN::SLS::Logstore',
          Status: 'UPDATE_COMPLETE',
        })),
      });
    const stack = await start({
      ExecuteChangeSet: [done],
      GetStack: [stackIn('CREATE_COMPLETE'), stackIn('UPDATE_COMPLETE')],
      ListStackEvents: [eventsOf(), page(69, 50), page(19, 20)],
    });
    await stack.execute(updatePlan, scripted.onEvent);
    expect(scripted.sent('ListStackEvents', 2)).toMatchObject({ PageNumber: '2', PageSize: '50' });
    expect(scripted.events.map(({ id }) => id)).toEqual(
      Array.from({ length: 70 }, (_, index) => `event-${index}`),
    );
  });

  it('names the resource that failed first, after the roll-back', async () => {
    const failed = [
      ['Results', 'CREATE_FAILED', 'LogStoreAlreadyExist: logstore results already exists'],
      ['Queue', 'CREATE_FAILED', 'Resource CREATE cancelled'],
      ['onboarding', 'CREATE_FAILED', 'Resource CREATE failed'],
    ] as const;
    const stack = await start({
      ExecuteChangeSet: [done],
      GetStack: [
        stackIn('REVIEW_IN_PROGRESS'),
        stackIn('CREATE_FAILED'),
        stackIn('CREATE_ROLLBACK_IN_PROGRESS'),
        stackIn('CREATE_ROLLBACK_COMPLETE'),
      ],
      ListStackEvents: [eventsOf(), eventsOf(...failed)],
    });
    const call = stack.execute(createPlan, scripted.onEvent);
    await expect(call).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'CREATE_ROLLBACK_COMPLETE',
      logicalId: 'Results',
      type: 'ALIYUN::SLS::Logstore',
      message: 'LogStoreAlreadyExist: logstore results already exists',
    });
  });

  it('has the reason of the stack where no resource has one', async () => {
    const stack = await start({
      ExecuteChangeSet: [done],
      GetStack: [
        stackIn('CREATE_COMPLETE'),
        stackIn('ROLLBACK_COMPLETE', { StatusReason: 'Stack timed out' }),
      ],
      ListStackEvents: [eventsOf(), eventsOf(['onboarding', 'UPDATE_FAILED', 'timed out'])],
    });
    await expect(stack.execute(updatePlan, scripted.onEvent)).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'ROLLBACK_COMPLETE',
      logicalId: undefined,
      message: 'Stack timed out',
    });
  });

  it('loses the credentials in reasons', async () => {
    const reason = `denied for ${credentials.accessKeyId}`;
    const stack = await start({
      ExecuteChangeSet: [done],
      GetStack: [stackIn('REVIEW_IN_PROGRESS'), stackIn('CREATE_ROLLBACK_COMPLETE')],
      ListStackEvents: [eventsOf(), eventsOf(['Results', 'CREATE_FAILED', reason])],
    });
    const call = stack.execute(createPlan, scripted.onEvent);
    await expect(call).rejects.toMatchObject({ message: 'denied for ***' });
    expect(scripted.events[0]?.reason).toBe('denied for ***');
  });

  it('goes on looking when a look fails', async () => {
    const stack = await start({
      ExecuteChangeSet: [done],
      GetStack: [
        stackIn('REVIEW_IN_PROGRESS'),
        busy,
        (response) => response.socket?.resetAndDestroy(),
        text('<html></html>', 502),
        stackIn('CREATE_COMPLETE'),
      ],
      ListStackEvents: [eventsOf(), busy, eventsOf(['Results', 'CREATE_COMPLETE'])],
    });
    await stack.execute(createPlan, scripted.onEvent);
    expect(scripted.events).toHaveLength(1);
    expect(scripted.waits).toEqual([1, 2, 4, 1]);
  });

  it('gives up looking after some tries, and at once where it may not', async () => {
    const script = { ExecuteChangeSet: [done], ListStackEvents: [eventsOf()] };
    const before = stackIn('REVIEW_IN_PROGRESS');
    const first = await start({ ...script, GetStack: [before, busy] });
    expect(await cloudErrorOf(first.execute(createPlan, scripted.onEvent))).toMatchObject({
      code: 'ServiceUnavailable',
      operation: 'GetStack',
    });
    expect(scripted.waits).toEqual([1, 2, 4, 8, 8, 8, 8, 8]);
    await scripted.server.close();

    const second = await start({ ...script, GetStack: [before, denied] });
    expect(await cloudErrorOf(second.execute(createPlan, scripted.onEvent))).toMatchObject({
      code: 'Forbidden.RAM',
    });
    expect(scripted.waits).toEqual([]);
  });

  it('is not repeated when it is refused', async () => {
    const stack = await start({
      ExecuteChangeSet: [busy],
      GetStack: [stackIn('REVIEW_IN_PROGRESS')],
      ListStackEvents: [eventsOf()],
    });
    expect(await cloudErrorOf(stack.execute(createPlan, scripted.onEvent))).toMatchObject({
      code: 'ServiceUnavailable',
      operation: 'ExecuteChangeSet',
    });
    expect(scripted.operations().filter((name) => name === 'ExecuteChangeSet')).toHaveLength(1);
  });
});

describe('execute of a plan to clear', () => {
  const clearPlan: StackPlan = {
    kind: 'clear',
    stackId: STACK_ID,
    status: 'CREATE_ROLLBACK_COMPLETE',
    reason: '',
    isEmpty: true,
  };

  it('deletes what holds nothing', async () => {
    const left = stackIn('CREATE_ROLLBACK_COMPLETE');
    const stack = await start({
      GetStack: [left, left, stackIn('DELETE_IN_PROGRESS'), stackIn('DELETE_COMPLETE')],
      ListStackEvents: [eventsOf()],
      DeleteStack: [done],
    });
    await stack.execute(clearPlan, scripted.onEvent);
    expect(scripted.sent('DeleteStack')).toEqual({ RegionId: 'cn-hangzhou', StackId: STACK_ID });
  });

  it('deletes what was under review, of which nothing can be followed', async () => {
    const left = stackIn('REVIEW_IN_PROGRESS');
    const stack = await start({ GetStack: [left, gone], DeleteStack: [done] });
    await stack.execute({ ...clearPlan, status: 'REVIEW_IN_PROGRESS' }, scripted.onEvent);
    expect(scripted.operations()).toEqual(['GetStack', 'DeleteStack', 'GetStack']);
  });

  it('never a stack that is another one by now', async () => {
    const stack = await start({ GetStack: [stackIn('CREATE_COMPLETE')] });
    await stack.execute(clearPlan, scripted.onEvent);
    expect(scripted.operations()).toEqual(['GetStack']);
  });
});

describe('describe', () => {
  it('says in which state it is, and what it holds', async () => {
    const stack = await start({
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
    expect(scripted.sent('ListStackResources')).toMatchObject({ StackId: STACK_ID });
  });

  it('of none is undefined', async () => {
    const stack = await start({ ListStacks: [noStacks] });
    expect(await stack.describe()).toBeUndefined();
  });
});

describe('discard', () => {
  it('of a new stack: the change set, and the stack in review', async () => {
    const stack = await start({
      DeleteChangeSet: [done],
      GetStack: [stackIn('REVIEW_IN_PROGRESS'), stackIn('REVIEW_IN_PROGRESS'), gone],
      ListStackEvents: [eventsOf()],
      DeleteStack: [done],
    });
    await stack.discard(createPlan);
    expect(scripted.sent('DeleteChangeSet')).toMatchObject({ ChangeSetId: CHANGE_SET_ID });
    expect(scripted.sent('DeleteStack')).toMatchObject({ StackId: STACK_ID });
  });

  it.each(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'])(
    'of a plan that was executed: never a stack in %s',
    async (status) => {
      const stack = await start({ DeleteChangeSet: [done], GetStack: [stackIn(status)] });
      await stack.discard(createPlan);
      expect(scripted.operations()).toEqual(['DeleteChangeSet', 'GetStack']);
    },
  );

  it('of an update: the change set alone', async () => {
    const stack = await start({ DeleteChangeSet: [done] });
    await stack.discard(updatePlan);
    expect(scripted.operations()).toEqual(['DeleteChangeSet']);
  });

  it('twice', async () => {
    const missing = json({ RequestId: 'R', Code: 'ChangeSetNotFound', Message: 'Gone.' }, 404);
    const stack = await start({ DeleteChangeSet: [missing], GetStack: [gone] });
    await stack.discard(createPlan);
    expect(scripted.operations()).toEqual(['DeleteChangeSet', 'GetStack']);
  });
});

describe('remove', () => {
  it('deletes the stack, and hands over what happens', async () => {
    const stack = await start({
      ListStacks: [stacks('CREATE_COMPLETE')],
      GetStack: [
        stackIn('CREATE_COMPLETE'),
        stackIn('DELETE_IN_PROGRESS'),
        stackIn('DELETE_COMPLETE'),
      ],
      ListStackEvents: [eventsOf(), eventsOf(), eventsOf(['Queue', 'DELETE_COMPLETE'])],
      DeleteStack: [done],
    });
    await stack.remove(scripted.onEvent);
    expect(scripted.sent('DeleteStack')).toEqual({
      RegionId: 'cn-hangzhou',
      StackId: STACK_ID,
    });
    expect(scripted.events).toMatchObject([{ logicalId: 'Queue', status: 'DELETE_COMPLETE' }]);
  });

  it('is done when the stack can be found no more', async () => {
    const stack = await start({
      ListStacks: [stacks('CREATE_COMPLETE')],
      GetStack: [stackIn('CREATE_COMPLETE'), gone],
      ListStackEvents: [eventsOf()],
      DeleteStack: [done],
    });
    await stack.remove(scripted.onEvent);
  });

  it('is done where there is no stack', async () => {
    const stack = await start({ ListStacks: [noStacks] });
    await stack.remove(scripted.onEvent);
    expect(scripted.operations()).toEqual(['ListStacks']);
  });

  it('names the resource that stays', async () => {
    const stack = await start({
      ListStacks: [stacks('CREATE_COMPLETE')],
      GetStack: [stackIn('CREATE_COMPLETE'), stackIn('DELETE_FAILED')],
      ListStackEvents: [eventsOf(), eventsOf(['Results', 'DELETE_FAILED', 'ProjectForbidden'])],
      DeleteStack: [done],
    });
    await expect(stack.remove(scripted.onEvent)).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'DELETE_FAILED',
      logicalId: 'Results',
      message: 'ProjectForbidden',
    });
  });
});

describe('outputs', () => {
  it('are read by name', async () => {
    const Outputs = [
      { OutputKey: 'LogProject', OutputValue: 'onboarding-1', Description: 'p' },
      { OutputKey: 'Days', OutputValue: 365 },
      { OutputKey: 'List', OutputValue: ['a'] },
    ];
    const stack = await start({
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
    const stack = await start({
      ListStacks: [busy, stacks('CREATE_COMPLETE')],
      GetStack: [busy, stackIn('CREATE_COMPLETE', { Outputs: [] })],
    });
    expect(await stack.outputs()).toEqual({});
  });

  it.each([
    ['no stack', noStacks],
    ['a stack that is only planned', stacks('REVIEW_IN_PROGRESS')],
  ])('are undefined with %s', async (_what, answer) => {
    const stack = await start({ ListStacks: [answer] });
    expect(await stack.outputs()).toBeUndefined();
  });
});

describe('a network fault', () => {
  for (const { name, code, reason = /^Malformed answer/, timeoutMs = 5_000, answer } of faults) {
    it(`${name} is ${code}`, async () => {
      const stack = await start(
        { ListStacks: [answer] },
        { callTimeoutMs: timeoutMs, retries: false },
      );
      const error = await cloudErrorOf(stack.outputs());
      expect(error).toMatchObject({ code, operation: 'ListStacks' });
      expect(error.message).toMatch(reason);
      expect(scripted.server.seen).toHaveLength(1);
      await scripted.server.untilNoSockets();
    });
  }

  it('throttling has the wait that the server asks for', async () => {
    const throttled: Answer = json({ Code: 'Throttling.User', Message: 'Too many.' }, 400, {
      'x-acs-retry-after': '900',
    });
    const stack = await start({
      ListStacks: [throttled, noStacks],
      CreateChangeSet: [created],
      GetChangeSet: [complete],
    });
    await stack.plan(TEMPLATE, {});
    expect(scripted.waits).toEqual([904]);
  });

  it('an endpoint over plain HTTP must be loopback', async () => {
    await start({});
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
