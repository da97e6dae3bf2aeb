import { isCloudError, ResultsNotStored } from './errors.ts';
import type { LogEntry, Ports } from './ports.ts';
import { callTimeoutMs, type RetryContext, withRetries } from './retry.ts';

/**
 * The record of one invocation, written while it runs and completed in the end. An entry that was
 * given before, by its `entry_id`, is left out.
 */
export interface RunRecord {
  /**
   * Stores what is known so far, so that a process that is killed has said it. One try each: what
   * the log store refuses is stored by `complete`.
   */
  add(entries: readonly LogEntry[], deadlineMs: number): Promise<void>;
  /**
   * Stores what is left, batch after batch, each under the retry policy. What the log store refuses to
   * the end is printed, one line of JSON an entry, and `ResultsNotStored` is thrown: nothing is
   * acknowledged before it is recorded.
   */
  complete(entries: readonly LogEntry[], retry: RetryContext): Promise<void>;
}

/** An entry may be stored twice, under the same `entry_id`, when an answer was lost. */
export function openRecord({ resultLog, printLine, clock }: Ports): RunRecord {
  const backlog: LogEntry[] = [];
  const givenIds = new Set<string | undefined>();

  function newOnes(entries: readonly LogEntry[]): LogEntry[] {
    const unknown = entries.filter(({ entry_id }) => !givenIds.has(entry_id));
    for (const { entry_id } of unknown) givenIds.add(entry_id);
    return unknown;
  }

  async function store(
    entries: readonly LogEntry[],
    append: (batch: LogEntry[]) => Promise<void>,
  ): Promise<{ refused: LogEntry[]; error: unknown }> {
    const refused: LogEntry[] = [];
    let lastError: unknown;
    for (const batch of resultLog.batches(entries)) {
      try {
        await append(batch);
      } catch (error) {
        lastError = error;
        refused.push(...batch);
      }
    }
    return { refused, error: lastError };
  }

  return {
    async add(entries, deadlineMs) {
      const { refused } = await store(newOnes(entries), (batch) => {
        const timeoutMs = callTimeoutMs(deadlineMs - clock.now());
        return resultLog.append(batch, { timeoutMs });
      });
      backlog.push(...refused);
    },

    async complete(entries, retry) {
      const rest = [...backlog.splice(0), ...newOnes(entries)];
      const { refused, error } = await store(rest, (batch) =>
        withRetries((options) => resultLog.append(batch, options), retry),
      );
      if (refused.length === 0) return;
      for (const entry of refused) printLine(JSON.stringify(entry));
      throw new ResultsNotStored(
        `${refused.length} of ${rest.length} results are not in the log store but on standard output: ${isCloudError(error) ? `${error.code}: ${error.message}` : error}`,
        { cause: error },
      );
    },
  };
}
