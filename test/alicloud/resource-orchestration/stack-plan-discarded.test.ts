/** What is taken back of a plan that is not executed. */
import { describe, expect, it } from 'vitest';
import { credentials } from '../../support/adapters/errors.ts';
import { json } from '../../support/adapters/server.ts';
import {
  CHANGE_SET_ID,
  changeSet,
  created,
  createPlan,
  done,
  eventsOf,
  gone,
  noStacks,
  STACK_ID,
  stackIn,
  stacks,
  startScriptedStack,
  updatePlan,
} from '../../support/cli/operator-stacks.ts';

describe('discard', () => {
  it('of a new stack: the change set, and the stack in review', async () => {
    const { stack, sent } = await startScriptedStack({
      DeleteChangeSet: [done],
      GetStack: [stackIn('REVIEW_IN_PROGRESS'), stackIn('REVIEW_IN_PROGRESS'), gone],
      ListStackEvents: [eventsOf()],
      DeleteStack: [done],
    });
    await stack.discard(createPlan);
    expect(sent('DeleteChangeSet')).toMatchObject({ ChangeSetId: CHANGE_SET_ID });
    expect(sent('DeleteStack')).toMatchObject({ StackId: STACK_ID });
  });

  it.each(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'])(
    'of a plan that was executed: never a stack in %s',
    async (status) => {
      const { stack, operations } = await startScriptedStack({
        DeleteChangeSet: [done],
        GetStack: [stackIn(status)],
      });
      await stack.discard(createPlan);
      expect(operations()).toEqual(['DeleteChangeSet', 'GetStack']);
    },
  );

  it('of an update: the change set alone', async () => {
    const { stack, operations } = await startScriptedStack({ DeleteChangeSet: [done] });
    await stack.discard(updatePlan);
    expect(operations()).toEqual(['DeleteChangeSet']);
  });

  it('twice', async () => {
    const missing = json({ RequestId: 'R', Code: 'ChangeSetNotFound', Message: 'Gone.' }, 404);
    const { stack, operations } = await startScriptedStack({
      DeleteChangeSet: [missing],
      GetStack: [gone],
    });
    await stack.discard(createPlan);
    expect(operations()).toEqual(['DeleteChangeSet', 'GetStack']);
  });
});

describe('plan', () => {
  it('interrupted while it waits for another operation: leaves at once', async () => {
    const interruption = new AbortController();
    const { stack } = await startScriptedStack({ ListStacks: [stacks('UPDATE_IN_PROGRESS')] });
    const planning = stack.plan(
      'ROSTemplateFormatVersion: "2015-09-01"\n',
      {},
      interruption.signal,
    );
    const gone = expect(planning).rejects.toThrow('gone');
    interruption.abort(new Error('gone'));
    await gone;
  });

  it('interrupted while it is compared: the change set is taken back', async () => {
    const interruption = new AbortController();
    const { stack, operations } = await startScriptedStack({
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
    await expect(
      stack.plan('ROSTemplateFormatVersion: "2015-09-01"\n', {}, interruption.signal),
    ).rejects.toThrow('gone');
    expect(operations()).toContain('DeleteChangeSet');
  });

  it('of a change set that fails: says why, and leaves nothing behind', async () => {
    const { stack, operations } = await startScriptedStack({
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
    await expect(stack.plan('ROSTemplateFormatVersion: "2015-09-01"\n', {})).rejects.toMatchObject({
      name: 'StackFailed',
      status: 'CREATE_FAILED',
      message: 'too many (***)',
    });
    expect(operations()).toContain('DeleteStack');
  });
});
