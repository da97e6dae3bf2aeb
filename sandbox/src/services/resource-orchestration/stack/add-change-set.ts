import { randomUUID } from 'node:crypto';
import { rosError } from '../errors.ts';
import type { ChangeSet } from './change-set.ts';
import { changesOf } from './changes.ts';
import { requireName } from './requirements.ts';
import type { StackPorts } from './stack-ports.ts';

export interface NewChangeSet {
  readonly changeSetName: string;
  readonly description: string;
  readonly timeoutMinutes: number;
}

/** It can be executed once it is complete, after the time that a resource takes. */
export function addChangeSet(
  { world, stacks, later }: StackPorts,
  { changeSetName: name, description, timeoutMinutes }: NewChangeSet,
  rest: Pick<ChangeSet, 'type' | 'stack' | 'next'>,
): ChangeSet {
  const { stack, next } = rest;
  requireName('ChangeSetName', name);
  if (stacks.changeSetsOf(stack).some((other) => other.name === name)) {
    throw rosError(
      'ChangeSetExists',
      `The ChangeSet (${name}) of Stack (${stack.name}) already exists.`,
    );
  }
  const changeSet: ChangeSet = {
    id: randomUUID(),
    name,
    ...rest,
    description,
    createdAtMs: world.clock.now(),
    timeoutMinutes,
    changes: changesOf(stack, next.prepared),
    status: 'CREATE_IN_PROGRESS',
    executionStatus: 'UNAVAILABLE',
  };
  stacks.addChangeSet(changeSet);
  later(() => {
    changeSet.status = 'CREATE_COMPLETE';
    changeSet.executionStatus = 'AVAILABLE';
  });
  return changeSet;
}
