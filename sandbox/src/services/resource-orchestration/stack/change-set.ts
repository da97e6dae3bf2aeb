import type { ResourceChange } from './changes.ts';
import type { AppliedTemplate, Stack } from './stack.ts';

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly stack: Stack;
  readonly next: AppliedTemplate;
  readonly description: string;
  readonly createdAtMs: number;
  readonly timeoutMinutes: number;
  readonly changes: readonly ResourceChange[];
  status: 'CREATE_COMPLETE' | 'CREATE_IN_PROGRESS';
  executionStatus:
    | 'AVAILABLE'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'EXECUTE_IN_PROGRESS'
    | 'UNAVAILABLE';
}
