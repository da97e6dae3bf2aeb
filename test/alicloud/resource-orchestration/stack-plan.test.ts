/** What would become of a stack, against bare servers: every state that it can be in. */
import { describe, expect, it } from 'vitest';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import { json } from '../../support/adapters/server.ts';
import {
  ADD,
  CHANGE_SET_ID,
  changeSet,
  created,
  done,
  noStacks,
  STACK_ID,
  stacks,
  startScriptedStack,
} from '../../support/cli/operator-stacks.ts';

const TEMPLATE = 'ROSTemplateFormatVersion: "2015-09-01"\n';
const MODIFY = { ...ADD, Action: 'Modify', PhysicalResourceId: 'p', Replacement: 'False' };
const complete = changeSet('CREATE_COMPLETE', [ADD]);

describe('plan', () => {
  it('of a new stack: a change set that would create it', async () => {
    const { stack, sent, waits, server } = await startScriptedStack({
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
    expect(sent('ListStacks')).toMatchObject({
      RegionId: 'cn-hangzhou',
      'StackName.1': 'onboarding',
    });
    expect(sent('CreateChangeSet')).toEqual({
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
    expect(waits).toEqual([1, 2]);
    const [request] = server.seen;
    expect(request?.method).toBe('POST');
    expect(request?.headers).toMatchObject({
      'x-acs-version': '2019-09-10',
      'x-acs-security-token': credentials.securityToken,
      connection: 'close',
    });
    await server.untilNoSockets();
  });

  it.each([
    'CREATE_COMPLETE',
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
    'UPDATE_COMPLETE',
    'UPDATE_FAILED',
  ])('of a stack in %s: one that would update it', async (status) => {
    const { stack, sent } = await startScriptedStack({
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
    expect(sent('CreateChangeSet')).toMatchObject({
      ChangeSetType: 'UPDATE',
      StackId: STACK_ID,
    });
    expect(sent('CreateChangeSet')).not.toHaveProperty('StackName');
  });

  it('waits for what is under way', async () => {
    const { stack, waits } = await startScriptedStack({
      ListStacks: [
        stacks('UPDATE_IN_PROGRESS'),
        stacks('UPDATE_IN_PROGRESS'),
        stacks('UPDATE_COMPLETE'),
      ],
      CreateChangeSet: [created],
      GetChangeSet: [complete],
    });
    expect(await stack.plan(TEMPLATE, {})).toMatchObject({ kind: 'update' });
    expect(waits).toEqual([1, 2]);
  });

  it('of what stays as it is: nothing, with what the service said', async () => {
    const Message = 'Update the completely same stack is not supported.';
    const { stack, onEvent, operations } = await startScriptedStack({
      ListStacks: [stacks('CREATE_COMPLETE')],
      CreateChangeSet: [json({ RequestId: 'R', Code: 'NotSupported', Message }, 400)],
    });
    const plan = await stack.plan(TEMPLATE, {});
    expect(plan).toEqual({ kind: 'nothing', reason: Message });
    await stack.execute(plan, onEvent);
    await stack.discard(plan);
    expect(operations()).toEqual(['ListStacks', 'CreateChangeSet']);
  });

  it('of a change set without changes: nothing, and it is deleted', async () => {
    const { stack, operations } = await startScriptedStack({
      ListStacks: [stacks('CREATE_COMPLETE')],
      CreateChangeSet: [created],
      GetChangeSet: [changeSet('CREATE_COMPLETE')],
      DeleteChangeSet: [done],
    });
    expect(await stack.plan(TEMPLATE, {})).toEqual({ kind: 'nothing' });
    expect(operations()).toContain('DeleteChangeSet');
  });

  it('of a new stack that is not supported: that error', async () => {
    const { stack } = await startScriptedStack({
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
    const { stack, operations } = await startScriptedStack({
      ListStacks: [stacks('CREATE_ROLLBACK_COMPLETE')],
    });
    const plan = await stack.plan(TEMPLATE, {});
    expect(plan).toEqual({
      kind: 'clear',
      stackId: STACK_ID,
      status: 'CREATE_ROLLBACK_COMPLETE',
      reason: '',
      isEmpty: true,
    });
    await stack.discard(plan);
    expect(operations()).toEqual(['ListStacks']);
  });

  it('under review, which stays: that was left, and is to be cleared', async () => {
    const { stack, operations } = await startScriptedStack({
      ListStacks: [stacks('REVIEW_IN_PROGRESS')],
    });
    expect(await stack.plan(TEMPLATE, {})).toMatchObject({
      kind: 'clear',
      status: 'REVIEW_IN_PROGRESS',
      isEmpty: true,
    });
    expect(operations()).toEqual(Array<string>(12).fill('ListStacks'));
  });

  it('under review, which is over soon: somebody else has set it up', async () => {
    const { stack } = await startScriptedStack({
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

  it.each(['CREATE_FAILED', 'CREATE_ROLLBACK_FAILED', 'DELETE_FAILED'])(
    'over a stack in %s: it holds something, and is to be cleared',
    async (status) => {
      const { stack, operations } = await startScriptedStack({
        ListStacks: [stacks(status, 'Results: denied.')],
      });
      expect(await stack.plan(TEMPLATE, {})).toEqual({
        kind: 'clear',
        stackId: STACK_ID,
        status,
        reason: 'Results: denied.',
        isEmpty: false,
      });
      expect(operations()).toEqual(['ListStacks']);
    },
  );

  it('over a stack that is neither to be updated nor left: fails, and deletes nothing', async () => {
    const { stack, operations } = await startScriptedStack({
      ListStacks: [stacks('IMPORT_CREATE_FAILED', 'Denied.')],
    });
    await expect(stack.plan(TEMPLATE, {})).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'IMPORT_CREATE_FAILED',
      message: expect.stringMatching(/^Denied\. .*remove it/),
    });
    expect(operations()).toEqual(['ListStacks']);
  });

  it('another stack whose name is found too is not taken for it', async () => {
    const other = json({
      TotalCount: 2,
      Stacks: [
        { StackId: 'a', StackName: 'onboarding-2', Status: 'CREATE_COMPLETE' },
        { StackId: 'b', StackName: 'onboarding', Status: 'DELETE_COMPLETE' },
      ],
    });
    const { stack } = await startScriptedStack({
      ListStacks: [other],
      CreateChangeSet: [created],
      GetChangeSet: [complete],
    });
    expect(await stack.plan(TEMPLATE, {})).toMatchObject({ kind: 'create' });
  });

  it('an action that is none we know is no plan', async () => {
    const { stack } = await startScriptedStack({
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
