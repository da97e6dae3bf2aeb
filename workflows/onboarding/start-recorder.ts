import { type CloudError, isCloudError } from './errors.ts';
import type { Ports, RecorderReading } from './ports.ts';
import { type RetryContext, withRetries } from './retry.ts';

/** What came of the one Start operation of a run. */
export interface StartOutcome {
  /** Tries made; 0 when the plan did not ask for a start. */
  readonly attempts: number;
  readonly reading?: RecorderReading;
  /** The last try's error, when none succeeded. */
  readonly error?: CloudError;
  /** What the last try before the one that succeeded was refused with. */
  readonly retriedError?: CloudError;
}

export const NOT_STARTED: StartOutcome = { attempts: 0 };

/**
 * Starts the recorder in enterprise mode, under the retry policy. Success means that the service
 * accepted the call and proves nothing about any account: that is for `verify`.
 */
export async function startRecorder(ports: Ports, retry: RetryContext): Promise<StartOutcome> {
  let attempts = 0;
  let retriedError: CloudError | undefined;
  try {
    const reading = await withRetries(async (options) => {
      attempts += 1;
      try {
        return await ports.recorder.startEnterpriseMode(options);
      } catch (error) {
        if (isCloudError(error)) retriedError = error;
        throw error;
      }
    }, retry);
    return { attempts, reading, ...(retriedError === undefined ? {} : { retriedError }) };
  } catch (error) {
    if (isCloudError(error)) return { attempts, error };
    throw error;
  }
}
