import { type Coverage, isBuilding, look, memberIds, observedCoverage } from './coverage.ts';
import { isCloudError } from './errors.ts';
import type { Failure, OrganizationReading, Plan, Snapshot } from './model.ts';
import type { Ports } from './ports.ts';
import { callTimeoutMs, type RetryContext, withRetries } from './retry.ts';

/** What came of the one Start operation of a run. */
export interface StartOutcome {
  /** Tries made; 0 when there was none. */
  readonly attempts: number;
  /** What none of the tries got over. */
  readonly error?: Failure;
  /** What the last try was refused with before one succeeded, or before nothing needed it. */
  readonly retriedError?: Failure;
}

/** What a run knows once it has observed: from step to step there is more. */
export interface Progress {
  readonly start: StartOutcome;
  readonly coverage: Coverage;
  /** The last reading; absent when there was none. */
  readonly organization?: OrganizationReading;
}

/** What it has observed, and no more. */
export function observedProgress(snapshot: Snapshot, plan: Plan): Progress {
  return {
    start: { attempts: 0 },
    coverage: observedCoverage(snapshot, plan),
    organization: snapshot.organization.value,
  };
}

export interface StartContext {
  readonly ports: Ports;
  readonly retry: RetryContext;
  /** Told of what is known before a wait. */
  readonly onProgress: (progress: Progress) => Promise<void>;
}

/**
 * Starts the recorder in enterprise mode, under the retry policy, if the plan says so. Between the
 * tries it looks at the account group: a service that is busy may be covering the accounts, and what
 * is covered or being built needs no start any more. Success means that the service accepted the
 * call and proves nothing about any account: that is for `verify`.
 */
export async function startRecorder(
  { startRecorder: isPlanned, accounts }: Plan,
  observed: Progress,
  { ports, retry, onProgress }: StartContext,
): Promise<Progress> {
  if (!isPlanned) return observed;
  const accountIds = memberIds(accounts);
  let { coverage } = observed;
  let attempts = 0;
  let retriedError: Failure | undefined;
  let isNeeded = true;

  const isStillNeeded = async (error: Failure) => {
    retriedError = error;
    const timeoutMs = callTimeoutMs(retry.deadlineMs - ports.clock.now());
    coverage = await look(coverage, accountIds, ports, timeoutMs);
    isNeeded = accountIds.length === 0 || accountIds.some((id) => needsStart(id, coverage));
    await onProgress({ ...observed, coverage, start: { attempts, retriedError } });
    return isNeeded;
  };
  try {
    const organization = await withRetries(
      (options) => {
        attempts += 1;
        return ports.recorder.startEnterpriseMode(options);
      },
      { ...retry, isStillNeeded },
    );
    return { organization, coverage, start: { attempts, retriedError } };
  } catch (error) {
    if (!isCloudError(error)) throw error;
    const start = isNeeded ? { attempts, error } : { attempts, retriedError };
    return { ...observed, coverage, start };
  }
}

function needsStart(accountId: string, { group, covered }: Coverage): boolean {
  const status = group.value?.members.get(accountId)?.recorderStatus;
  return !covered.has(accountId) && !isBuilding(status);
}
