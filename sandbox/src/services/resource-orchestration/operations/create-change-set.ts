import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { invalidParameter, missingParameter } from '../errors.ts';
import { addChangeSet, type NewChangeSet } from '../stack/add-change-set.ts';
import type { ChangeSet } from '../stack/change-set.ts';
import { type NewStack, openStack } from '../stack/open-stack.ts';
import { planUpdate } from '../stack/plan-update.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { readStackParameters, stackOperation } from './operation.ts';

/**
 * `CreateChangeSet`: CREATE with a `StackName` makes a stack in review, UPDATE (the default) needs a
 * `StackId`. The answer comes before the change set is complete. An update that changes nothing is
 * refused: `NotSupported`. IMPORT, replacement, policies, tags and other sources of templates are
 * not modelled. A repeat is refused: `StackExists`, `ChangeSetExists`.
 */
export function createChangeSet(ports: StackPorts): RpcOperation {
  return stackOperation(ports, {
    name: 'CreateChangeSet',
    parameters: (read) => ({
      type: read.text('ChangeSetType') ?? 'UPDATE',
      changeSetName: read.required('ChangeSetName'),
      templateBody: read.required('TemplateBody'),
      stackId: read.text('StackId'),
      stackName: read.text('StackName'),
      parameters: readStackParameters(read),
      description: read.text('Description') ?? '',
      disableRollback: read.flag('DisableRollback') ?? false,
      usePreviousParameters: read.flag('UsePreviousParameters') ?? false,
      replacement: read.text('ReplacementOption') ?? 'Disabled',
      timeoutMinutes: read.integer('TimeoutInMinutes', { minimum: 10, maximum: 1440 }) ?? 60,
    }),
    stackId: ({ type, stackId }) => (type === 'CREATE' ? '*' : (stackId ?? '*')),
    handle({ type, stackId, stackName, replacement, ...given }) {
      if (replacement !== 'Disabled') {
        throw invalidParameter('ReplacementOption', 'the sandbox does not model replacement');
      }
      if (type === 'CREATE') {
        if (stackName === undefined) throw missingParameter('StackName');
        if (stackId !== undefined) throw invalidParameter('StackId', 'a new stack has none yet');
        if (given.usePreviousParameters) {
          throw invalidParameter('UsePreviousParameters', 'a new stack has none');
        }
        return answer(planCreation(ports, { ...given, name: stackName }));
      }
      if (type !== 'UPDATE')
        throw invalidParameter('ChangeSetType', `the sandbox does not model ${type}`);
      if (stackId === undefined) throw missingParameter('StackId');
      if (stackName !== undefined) throw invalidParameter('StackName', 'a stack keeps its name');
      if (given.disableRollback) {
        throw invalidParameter('DisableRollback', 'it takes effect only when a stack is created');
      }
      return answer(planUpdate(ports, stackId, given));
    },
  });
}

function answer(changeSet: { readonly id: string; readonly stack: { readonly id: string } }) {
  return { ChangeSetId: changeSet.id, StackId: changeSet.stack.id };
}

/** A new stack in review, with a change set that would create it. */
function planCreation(ports: StackPorts, given: NewStack & NewChangeSet): ChangeSet {
  const stack = openStack(ports, given);
  const changeSet = addChangeSet(ports, given, { type: 'CREATE', stack, next: stack.applied });
  ports.stacks.add(stack);
  ports.record.stack(stack, 'REVIEW_IN_PROGRESS', 'Stack is in review');
  return changeSet;
}
