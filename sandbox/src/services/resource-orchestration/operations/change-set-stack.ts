import { ServiceError } from '../../../protocols/service-error.ts';
import type { StackStore } from '../stack/stack-store.ts';

/** The stack that a change set belongs to, for RAM; `*` where there is no such change set. */
export function stackIdOfChangeSet(stacks: StackStore, changeSetId: string): string {
  try {
    return stacks.changeSet(changeSetId).stack.id;
  } catch (error) {
    if (error instanceof ServiceError) return '*';
    throw error;
  }
}
