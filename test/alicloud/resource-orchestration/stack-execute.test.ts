/** A plan that is executed: what is handed over while it lasts, and how it ends. */
import { describe, expect, it } from 'vitest';
import type { StackPlan } from '../../../alicloud/resource-orchestration/stack-plan.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import { json, text } from '../../support/adapters/server.ts';
import {
  busy,
  CHANGE_SET_ID,
  createPlan,
  done,
  eventsOf,
  gone,
  STACK_ID,
  stackIn,
  startScriptedStack,
  updatePlan,
} from '../../support/cli/operator-stacks.ts';

const denied = json({ RequestId: 'R', Code: 'Forbidden.RAM', Message: 'No.' }, 403);

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
    const { stack, onEvent, sent, events, waits } = await startScriptedStack({
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
    await stack.execute(createPlan, onEvent);
    expect(sent('ExecuteChangeSet')).toMatchObject({ ChangeSetId: CHANGE_SET_ID });
    expect(events[0]).toEqual({
      id: 'event-1',
      time: '2026-11-20T03:04:01',
      logicalId: 'onboarding',
      type: 'ALIYUN::ROS::Stack',
      status: 'CREATE_IN_PROGRESS',
      reason: 'Stack CREATE started',
    });
    expect(events.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
      'onboarding CREATE_IN_PROGRESS',
      'Results CREATE_IN_PROGRESS',
      'Results CREATE_COMPLETE',
      'onboarding CREATE_COMPLETE',
    ]);
    expect(waits).toEqual([1, 2]);
  });

  it('does not take the state of before for success', async () => {
    const before = [['onboarding', 'UPDATE_COMPLETE']] as const;
    const { stack, onEvent, waits, events } = await startScriptedStack({
      ExecuteChangeSet: [done],
      GetStack: [stackIn('UPDATE_COMPLETE')],
      ListStackEvents: [
        eventsOf(...before),
        eventsOf(...before),
        eventsOf(...before),
        eventsOf(...before, ['Results', 'UPDATE_COMPLETE']),
      ],
    });
    await stack.execute(updatePlan, onEvent);
    expect(waits).toEqual([1, 2]);
    expect(events).toHaveLength(1);
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
    const { stack, onEvent, sent, events } = await startScriptedStack({
      ExecuteChangeSet: [done],
      GetStack: [stackIn('CREATE_COMPLETE'), stackIn('UPDATE_COMPLETE')],
      ListStackEvents: [eventsOf(), page(69, 50), page(19, 20)],
    });
    await stack.execute(updatePlan, onEvent);
    expect(sent('ListStackEvents', 2)).toMatchObject({ PageNumber: '2', PageSize: '50' });
    expect(events.map(({ id }) => id)).toEqual(
      Array.from({ length: 70 }, (_, index) => `event-${index}`),
    );
  });

  it('names the resource that failed first, after the roll-back', async () => {
    const failed = [
      ['Results', 'CREATE_FAILED', 'LogStoreAlreadyExist: logstore results already exists'],
      ['Queue', 'CREATE_FAILED', 'Resource CREATE cancelled'],
      ['onboarding', 'CREATE_FAILED', 'Resource CREATE failed'],
    ] as const;
    const { stack, onEvent } = await startScriptedStack({
      ExecuteChangeSet: [done],
      GetStack: [
        stackIn('REVIEW_IN_PROGRESS'),
        stackIn('CREATE_FAILED'),
        stackIn('CREATE_ROLLBACK_IN_PROGRESS'),
        stackIn('CREATE_ROLLBACK_COMPLETE'),
      ],
      ListStackEvents: [eventsOf(), eventsOf(...failed)],
    });
    const call = stack.execute(createPlan, onEvent);
    await expect(call).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'CREATE_ROLLBACK_COMPLETE',
      logicalId: 'Results',
      type: 'ALIYUN::SLS::Logstore',
      message: 'LogStoreAlreadyExist: logstore results already exists',
    });
  });

  it('has the reason of the stack where no resource has one', async () => {
    const { stack, onEvent } = await startScriptedStack({
      ExecuteChangeSet: [done],
      GetStack: [
        stackIn('CREATE_COMPLETE'),
        stackIn('ROLLBACK_COMPLETE', { StatusReason: 'Stack timed out' }),
      ],
      ListStackEvents: [eventsOf(), eventsOf(['onboarding', 'UPDATE_FAILED', 'timed out'])],
    });
    await expect(stack.execute(updatePlan, onEvent)).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'ROLLBACK_COMPLETE',
      logicalId: undefined,
      message: 'Stack timed out',
    });
  });

  it('loses the credentials in reasons', async () => {
    const reason = `denied for ${credentials.accessKeyId}`;
    const { stack, onEvent, events } = await startScriptedStack({
      ExecuteChangeSet: [done],
      GetStack: [stackIn('REVIEW_IN_PROGRESS'), stackIn('CREATE_ROLLBACK_COMPLETE')],
      ListStackEvents: [eventsOf(), eventsOf(['Results', 'CREATE_FAILED', reason])],
    });
    const call = stack.execute(createPlan, onEvent);
    await expect(call).rejects.toMatchObject({ message: 'denied for ***' });
    expect(events[0]?.reason).toBe('denied for ***');
  });

  it('goes on looking when a look fails', async () => {
    const { stack, onEvent, events, waits } = await startScriptedStack({
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
    await stack.execute(createPlan, onEvent);
    expect(events).toHaveLength(1);
    expect(waits).toEqual([1, 2, 4, 1]);
  });

  it('gives up looking after some tries, and at once where it may not', async () => {
    const script = { ExecuteChangeSet: [done], ListStackEvents: [eventsOf()] };
    const before = stackIn('REVIEW_IN_PROGRESS');
    const first = await startScriptedStack({ ...script, GetStack: [before, busy] });
    expect(await cloudErrorOf(first.stack.execute(createPlan, first.onEvent))).toMatchObject({
      code: 'ServiceUnavailable',
      operation: 'GetStack',
    });
    expect(first.waits).toEqual([1, 2, 4, 8, 8, 8, 8, 8]);

    const second = await startScriptedStack({ ...script, GetStack: [before, denied] });
    expect(await cloudErrorOf(second.stack.execute(createPlan, second.onEvent))).toMatchObject({
      code: 'Forbidden.RAM',
    });
    expect(second.waits).toEqual([]);
  });

  it('is not repeated when it is refused', async () => {
    const { stack, onEvent, operations } = await startScriptedStack({
      ExecuteChangeSet: [busy],
      GetStack: [stackIn('REVIEW_IN_PROGRESS')],
      ListStackEvents: [eventsOf()],
    });
    expect(await cloudErrorOf(stack.execute(createPlan, onEvent))).toMatchObject({
      code: 'ServiceUnavailable',
      operation: 'ExecuteChangeSet',
    });
    expect(operations().filter((name) => name === 'ExecuteChangeSet')).toHaveLength(1);
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
    const { stack, onEvent, sent } = await startScriptedStack({
      GetStack: [left, left, stackIn('DELETE_IN_PROGRESS'), stackIn('DELETE_COMPLETE')],
      ListStackEvents: [eventsOf()],
      DeleteStack: [done],
    });
    await stack.execute(clearPlan, onEvent);
    expect(sent('DeleteStack')).toEqual({ RegionId: 'cn-hangzhou', StackId: STACK_ID });
  });

  it('deletes what was under review, of which nothing can be followed', async () => {
    const left = stackIn('REVIEW_IN_PROGRESS');
    const { stack, onEvent, operations } = await startScriptedStack({
      GetStack: [left, gone],
      DeleteStack: [done],
    });
    await stack.execute({ ...clearPlan, status: 'REVIEW_IN_PROGRESS' }, onEvent);
    expect(operations()).toEqual(['GetStack', 'DeleteStack', 'GetStack']);
  });

  it('never a stack that is another one by now', async () => {
    const { stack, onEvent, operations } = await startScriptedStack({
      GetStack: [stackIn('CREATE_COMPLETE')],
    });
    await stack.execute(clearPlan, onEvent);
    expect(operations()).toEqual(['GetStack']);
  });
});
