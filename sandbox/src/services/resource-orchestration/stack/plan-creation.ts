import { addChangeSet, type NewChangeSet } from './add-change-set.ts';
import type { ChangeSet } from './change-set.ts';
import { type NewStack, openStack } from './open-stack.ts';
import type { StackPorts } from './stack-ports.ts';

/** A new stack in review, with a change set that would create it. */
export function planCreation(ports: StackPorts, given: NewStack & NewChangeSet): ChangeSet {
  const stack = openStack(ports, given);
  const changeSet = addChangeSet(ports, given, { type: 'CREATE', stack, next: stack.applied });
  ports.stacks.add(stack);
  ports.record.stack(stack, 'REVIEW_IN_PROGRESS', 'Stack is in review');
  return changeSet;
}
