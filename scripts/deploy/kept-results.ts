import { FOUNDATIONS } from '../../cli/doctor/checks/stacks.ts';
import { resultStore } from '../../cli/doctor/deployment.ts';
import type { Examination } from '../../cli/doctor/examine.ts';

/** A log project without a stack: kept by a removal, or by a creation that was rolled back. */
export interface KeptResults {
  readonly project: string;
  /** It has all that results need, so that a new stack can go on with it. */
  readonly isWhole: boolean;
}

/** `undefined` where a stack has it, or there is none. Rejects with a `CloudError`. */
export async function findKeptResults({
  inspection,
  deployment,
}: Examination): Promise<KeptResults | undefined> {
  const stack = await inspection.stack(FOUNDATIONS);
  const isMade = stack !== undefined && !stack.status.startsWith('CREATE_ROLLBACK');
  if (isMade) return undefined;
  const { accountId } = await inspection.caller();
  const { project, logstore } = resultStore(deployment, accountId);
  if (!(await inspection.hasLogProject(project))) return undefined;
  const [store, index] = await Promise.all([
    inspection.logstore(project, logstore),
    inspection.logIndex(project, logstore).catch(() => undefined),
  ]);
  return { project, isWhole: store !== undefined && index !== undefined };
}
