/** What happens to one resource. */
export interface StackChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  /** Its name in the template. */
  readonly logicalId: string;
  /** For example `ALIYUN::SLS::Logstore`. */
  readonly type: string;
  /** Whether a new resource takes its place; of `Modify` only. */
  readonly replacement?: 'True' | 'False' | 'Conditional';
}

/** Made by `plan`, applied by `execute`. */
export type StackPlan = ChangeSet | LeftOverStack | NothingToChange;

export interface ChangeSet {
  readonly kind: 'create' | 'update';
  readonly changes: readonly StackChange[];
  readonly changeSetId: string;
  readonly stackId: string;
}

export interface NothingToChange {
  readonly kind: 'nothing';
  /** What the service said, if it said something. */
  readonly reason?: string;
}

/**
 * A plan that was never applied, a creation or a deletion that failed left a stack that has the name:
 * it is deleted when the plan is executed, and what then would be created can only be planned after
 * that.
 */
export interface LeftOverStack {
  readonly kind: 'clear';
  readonly stackId: string;
  readonly status: string;
  /** What the service says of that; perhaps empty. */
  readonly reason: string;
  /** No resource goes with it. */
  readonly isEmpty: boolean;
}
