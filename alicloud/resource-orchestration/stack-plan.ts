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

/** A change set, as data. Made by `plan`, applied by `execute`. */
export interface StackPlan {
  readonly kind: 'create' | 'update' | 'nothing';
  readonly changes: readonly StackChange[];
  /** Absent from a plan of nothing. */
  readonly changeSetId?: string;
  /** Absent from a plan of nothing. */
  readonly stackId?: string;
  /** Of a plan of nothing: what the service said, if it said something. */
  readonly reason?: string;
}
