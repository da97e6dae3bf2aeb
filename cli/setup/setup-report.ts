import type { StackChange } from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { StackResource } from '../../alicloud/resource-orchestration/stack-resources.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { JsonResult } from '../output.ts';
import type { PropertyChange } from './property-changes.ts';

/** What `setup` planned, and what became of it. */
export interface SetupReport {
  /** `clear`: what a failure left has to be deleted before anything can be planned. */
  readonly plan: 'create' | 'update' | 'clear' | 'remove' | 'nothing';
  readonly result: SetupResult;
  readonly changes: readonly ReportedChange[];
  /** Service-linked roles that were missing: they are created first. */
  readonly roles?: readonly string[];
  /** Old and new values, whole. */
  readonly properties?: readonly PropertyChange[];
  /** What of it can't be taken back, a sentence each. */
  readonly irreversible?: readonly string[];
  /** Of a removal. */
  readonly logProject?: { readonly name: string; readonly action: 'keep' | 'delete' };
  /** Of the stack, by name, once it is complete. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** The resource that failed first, or the stack. */
  readonly failure?: SetupFailure;
}

export type SetupResult = keyof typeof EXIT_OF;

export type ReportedChange = StackChange | (StackResource & { readonly action: 'Remove' | 'Keep' });

export interface SetupFailure {
  /** Of the stack, for example `CREATE_ROLLBACK_COMPLETE`. */
  readonly status: string;
  readonly message: string;
  readonly logicalId?: string;
  readonly type?: string;
}

const EXIT_OF = {
  unchanged: EXIT.ALL_COVERED,
  planned: EXIT.ALL_COVERED,
  applied: EXIT.ALL_COVERED,
  /** Nothing was changed: it was not agreed to, or can't be done as things are. */
  refused: EXIT.ERROR,
  failed: EXIT.ERROR,
  /** What was begun goes on without the command. */
  interrupted: EXIT.INTERRUPTED,
} as const;

export function exitCodeOfSetup({ result }: SetupReport): ExitCode {
  return EXIT_OF[result];
}

export interface SetupPlace {
  readonly stack: string;
  readonly region: string;
  readonly dryRun: boolean;
}

/** For a script: `cli/schemas/setup.schema.json`. */
export function setupJson(place: SetupPlace, report: SetupReport): JsonResult {
  return { schemaVersion: 1, ...place, ...report };
}
