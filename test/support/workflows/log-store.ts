import { onTestFinished } from 'vitest';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { createResultLog } from '../../../alicloud/log-service/result-log.ts';
import { createResultQuery } from '../../../alicloud/log-service/result-query.ts';
import { startLogSandbox } from '../../../sandbox/src/testing/log-service-sandbox.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { indexResults } from '../cli/results-index.ts';
import { NOW_MS } from '../stack/monitoring.ts';

const TIMEOUT = { timeoutMs: 5_000 };
const DAY_S = 86_400;

/**
 * The log store of the sandbox, with the index of `stack.yaml`, and our own client that writes to
 * it and asks it. Its time stands at `NOW_MS`; it takes nothing older than seven days.
 */
export async function startLogStore() {
  const sandbox = await startLogSandbox({ wallNowMs: () => NOW_MS });
  onTestFinished(() => sandbox.close());
  indexResults(sandbox.service, 'audit', 'results');
  const client = createLogClient({
    endpoint: `http://localhost:${sandbox.port}`,
    project: 'audit',
    credentials: sandbox.credentials,
    now: () => NOW_MS,
  });
  const source = { client, logstore: 'results' };
  const resultLog = createResultLog({ ...source, now: () => NOW_MS });
  const results = createResultQuery(source);
  return {
    results,
    async store(...entries: readonly LogEntry[]): Promise<void> {
      for (const batch of resultLog.batches(entries)) await resultLog.append(batch, TIMEOUT);
    },
    /** The rows of a query over all that the log store holds. */
    ask: (query: string): Promise<LogEntry[]> =>
      results.query({
        query,
        fromS: NOW_MS / 1000 - 8 * DAY_S,
        toS: NOW_MS / 1000 + 900,
        ...TIMEOUT,
      }),
  };
}

/** The rows of a query over these entries, stored in this order. */
export async function rowsOf(query: string, ...entries: readonly LogEntry[]): Promise<LogEntry[]> {
  const store = await startLogStore();
  await store.store(...entries);
  return store.ask(query);
}

/** As a repeated append leaves them: twice, in another order. */
export const twice = (entries: readonly LogEntry[]) => [...entries, ...entries.toReversed()];

/**
 * What somebody else could write to the same logstore, all newer than any entry of ours: each is
 * one thing short of an entry about this account, or of a run.
 */
export function foreignEntries(accountId: string): LogEntry[] {
  const time = new Date(NOW_MS + 60_000).toISOString();
  const account = {
    entry_type: 'account',
    entry_id: `zzz/${accountId}`,
    run_id: 'zzz',
    trigger: 'schedule',
    time,
    account_id: accountId,
    outcome: 'failed',
    error_code: 'Foreign',
    duration_ms: '99000',
    start_attempts: '9',
  };
  const run = {
    entry_type: 'run',
    entry_id: 'zzz/run',
    run_id: 'zzz',
    trigger: 'schedule',
    time,
    outcome: 'pending',
    organization_status: 'BUILDING',
    covered: '1',
    already_covered: '0',
    pending: '7',
    overdue: '0',
    failed: '0',
    skipped: '0',
    start_attempts: '1',
    api_calls: '100',
    duration_ms: '1',
  };
  return [
    { message: 'hello' },
    { ...account, entry_id: '' },
    { ...account, account_id: '' },
    { ...account, outcome: 'great' },
    { ...account, outcome: '' },
    { ...account, entry_type: 'bank account' },
    { ...run, entry_id: '' },
    { ...run, entry_type: 'dry run' },
  ].map((entry) => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== '')));
}
