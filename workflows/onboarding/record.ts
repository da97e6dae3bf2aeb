import { isCloudError, ResultsNotStored } from './errors.ts';
import type { LogEntry, Ports } from './ports.ts';
import { callTimeoutMs, type RetryContext, withRetries } from './retry.ts';

/**
 * The record of one invocation, written while it runs and completed in the end. An entry that was
 * given before, by its `entry_id`, is left out. It may be stored twice under that id all the same,
 * when an answer was lost.
 */
export class RunRecord {
  readonly #ports: Pick<Ports, 'resultLog' | 'printLine' | 'clock'>;
  readonly #givenIds = new Set<string | undefined>();
  #backlog: LogEntry[] = [];

  constructor(ports: Pick<Ports, 'resultLog' | 'printLine' | 'clock'>) {
    this.#ports = ports;
  }

  /** For the next call of `store` or `complete`. */
  add(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (this.#givenIds.has(entry.entry_id)) continue;
      this.#givenIds.add(entry.entry_id);
      this.#backlog.push(entry);
    }
  }

  /**
   * Stores what was added, so that a process that is killed has said it. One try a batch: what the
   * log store refuses is stored by `complete`.
   */
  async store(deadlineMs: number): Promise<void> {
    const { resultLog, clock } = this.#ports;
    await this.#storeBacklog((batch) =>
      resultLog.append(batch, { timeoutMs: callTimeoutMs(deadlineMs - clock.now()) }),
    );
  }

  /**
   * Stores what is left, batch after batch, each under the retry policy. What the log store refuses
   * to the end is printed, one line of JSON an entry, and `ResultsNotStored` is thrown: nothing is
   * acknowledged before it is recorded.
   */
  async complete(retry: RetryContext): Promise<void> {
    const { resultLog, printLine } = this.#ports;
    const all = this.#backlog.length;
    const error = await this.#storeBacklog((batch) =>
      withRetries((options) => resultLog.append(batch, options), retry),
    );
    if (this.#backlog.length === 0) return;
    for (const entry of this.#backlog) printLine(JSON.stringify(entry));
    throw new ResultsNotStored(
      `${this.#backlog.length} of ${all} results could not be stored in the log store and are on standard output instead: ${isCloudError(error) ? `${error.code}: ${error.message}` : error}`,
      { cause: error },
    );
  }

  /** What is refused stays in the backlog. Resolves to the last refusal. */
  async #storeBacklog(append: (batch: LogEntry[]) => Promise<void>): Promise<unknown> {
    const refused: LogEntry[] = [];
    let lastError: unknown;
    for (const batch of this.#ports.resultLog.batches(this.#backlog)) {
      try {
        await append(batch);
      } catch (error) {
        lastError = error;
        refused.push(...batch);
      }
    }
    this.#backlog = refused;
    return lastError;
  }
}
