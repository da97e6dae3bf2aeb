import { CloudError, ResultsNotStored } from './errors.ts';
import type { LogEntry, Ports } from './ports.ts';
import { type RetryContext, withRetries } from './retry.ts';

/**
 * Stores the entries in the log store, batch after batch, each under the retry policy. What the
 * log store refuses to the end is printed, one line of JSON an entry, and `ResultsNotStored` is
 * thrown: nothing is acknowledged before it is recorded. A repeat may store an entry twice, under
 * the same `entry_id`.
 */
export async function record(
  entries: readonly LogEntry[],
  { resultLog, printLine }: Ports,
  retry: RetryContext,
): Promise<void> {
  const refused: LogEntry[] = [];
  let lastError: CloudError | undefined;
  for (const batch of resultLog.batches(entries)) {
    try {
      await withRetries((options) => resultLog.append(batch, options), retry);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      lastError = error;
      refused.push(...batch);
    }
  }
  if (lastError === undefined) return;
  for (const entry of refused) printLine(JSON.stringify(entry));
  throw new ResultsNotStored(
    `${refused.length} of ${entries.length} results are not in the log store but on standard output: ${lastError.code}: ${lastError.message}`,
    { cause: lastError },
  );
}
