import { rosError } from '../errors.ts';
import type { ChangeSet } from './change-set.ts';
import type { Stack } from './stack.ts';

/** Stacks and change sets. Every look-up throws the code of what is missing. */
export interface StackStore {
  /** In the order of creation; deleted ones too. */
  all(): readonly Stack[];
  stack(id: string): Stack;
  add(stack: Stack): void;
  changeSet(id: string): ChangeSet;
  changeSetsOf(stack: Stack): readonly ChangeSet[];
  addChangeSet(changeSet: ChangeSet): void;
  removeChangeSet(changeSet: ChangeSet): void;
}

export function createStackStore(): StackStore {
  const stacks = new Map<string, Stack>();
  const changeSets = new Map<string, ChangeSet>();
  return {
    all: () => [...stacks.values()],
    stack(id) {
      const stack = stacks.get(id);
      if (stack !== undefined) return stack;
      throw rosError('StackNotFound', `The Stack (${id}) could not be found.`);
    },
    add(stack) {
      stacks.set(stack.id, stack);
    },
    changeSet(id) {
      const changeSet = changeSets.get(id);
      if (changeSet !== undefined) return changeSet;
      throw rosError('ChangeSetNotFound', `The ChangeSet ${id} could not be found.`);
    },
    changeSetsOf: (stack) => [...changeSets.values()].filter((one) => one.stack === stack),
    addChangeSet(changeSet) {
      changeSets.set(changeSet.id, changeSet);
    },
    removeChangeSet(changeSet) {
      changeSets.delete(changeSet.id);
    },
  };
}
