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
export type StackPlan = ChangeSet | NothingToChange | EmptyStack;

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
 * A creation that came to nothing left a stack that holds nothing and has the name: it is deleted
 * when the plan is executed, and what then would be created can only be planned after that.
 */
export interface EmptyStack {
  readonly kind: 'clear';
  readonly stackId: string;
  readonly status: string;
}
