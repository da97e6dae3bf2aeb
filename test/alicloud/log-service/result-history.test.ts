import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { createResultHistory } from '../../../alicloud/log-service/result-history.ts';
import { createResultLog } from '../../../alicloud/log-service/result-log.ts';
import { createResultQuery } from '../../../alicloud/log-service/result-query.ts';
import { startLogSandbox } from '../../../sandbox/src/testing/log-service-sandbox.ts';
import { accountEntry, runEntry } from '../../../workflows/onboarding/log-entry.ts';
import type { Outcome } from '../../../workflows/onboarding/model.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { indexResults } from '../../support/cli-results-index.ts';

const A = '1000000000000004';
const B = '1000000000000005';
const MINUTE_MS = 60_000;
const NOW_MS = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
const ago = (minutes: number) => NOW_MS - minutes * MINUTE_MS;

let runs = 0;
const identity = (runId = `run-${++runs}`) => ({
  runId,
  trigger: 'schedule' as const,
  managementAccountId: '1000000000000001',
});

function found(accountId: string, outcome: Outcome, minutesAgo: number, runId?: string): LogEntry {
  const result = { accountId, outcome, durationMs: 1 };
  return accountEntry(identity(runId), result, undefined, 0, ago(minutesAgo));
}

function ran(
  minutesAgo: number,
  organizationStatus: string | undefined,
  startAttempts = 0,
  outcome: 'succeeded' | 'pending' | 'failed' = 'pending',
): LogEntry {
  const organization = organizationStatus === undefined ? undefined : { organizationStatus };
  const facts = { outcome, events: [], results: [], startAttempts, durationMs: 1, organization };
  return runEntry(identity(), facts, 3, ago(minutesAgo));
}

/** What the history of these entries is, stored in an order of their own. */
async function historyOf(...entries: LogEntry[]) {
  const sandbox = await startLogSandbox();
  onTestFinished(() => sandbox.close());
  indexResults(sandbox.service, 'audit', 'results');
  const client = createLogClient({
    endpoint: `http://localhost:${sandbox.port}`,
    project: 'audit',
    credentials: sandbox.credentials,
  });
  const source = { client, logstore: 'results' };
  const resultLog = createResultLog(source);
  for (const batch of resultLog.batches(entries)) {
    await resultLog.append(batch, { timeoutMs: 5_000 });
  }
  return createResultHistory(createResultQuery(source)).read(ago(100 * 24 * 60), {
    timeoutMs: 5_000,
  });
}

it('is empty where there is nothing', async () => {
  expect(await historyOf()).toEqual({ openSinceMs: new Map(), startsMs: [] });
});

describe('accounts that are open', () => {
  const openSince = async (...entries: LogEntry[]) => [
    ...(await historyOf(...entries)).openSinceMs,
  ];

  it('since the first open result in a row, whatever outcome each has', async () => {
    expect(
      await openSince(
        found(A, 'pending', 30),
        found(A, 'failed', 20),
        found(A, 'overdue', 10),
        found(B, 'covered', 10),
      ),
    ).toEqual([[A, ago(30)]]);
  });

  it.each<Outcome>(['covered', 'already-covered', 'skipped'])(
    'since they are open again, not since before they were %s',
    async (outcome) => {
      expect(
        await openSince(
          found(A, 'overdue', 9_500),
          found(A, outcome, 9_000),
          found(A, 'pending', 10),
          found(A, 'pending', 5),
        ),
      ).toEqual([[A, ago(10)]]);
    },
  );

  it('and no longer when their last result is not', async () => {
    expect(await openSince(found(A, 'pending', 30), found(A, 'covered', 10))).toEqual([]);
  });

  it('in whichever order the entries were stored, and however often', async () => {
    const twice = found(A, 'pending', 30);
    expect(await openSince(found(A, 'pending', 10), twice, twice, found(A, 'covered', 60))).toEqual(
      [[A, ago(30)]],
    );
  });

  it('of two entries of one time, the one with the later id is the last', async () => {
    const pending = found(A, 'pending', 10, 'run-b');
    expect(await openSince(pending, found(A, 'covered', 10, 'run-a'))).toEqual([[A, ago(10)]]);
    expect(await openSince(pending, found(A, 'covered', 10, 'run-c'))).toEqual([]);
  });

  it('more than a hundred', async () => {
    const many = Array.from({ length: 250 }, (_, index) =>
      found(String(1e15 + index), 'failed', 5),
    );
    expect(await openSince(...many)).toHaveLength(250);
  });

  it('whatever else is in the logstore', async () => {
    const foreign = { entry_type: 'account', account_id: A, time: 'yesterday', outcome: 'pending' };
    expect(await openSince({ message: 'hello' }, foreign)).toEqual([]);
  });
});

describe('the organization', () => {
  const organization = async (...entries: LogEntry[]) => (await historyOf(...entries)).organization;

  it('has its last status since no run saw another', async () => {
    expect(
      await organization(
        ran(50, 'REGISTERED'),
        ran(40, 'BUILDING'),
        ran(30, 'REGISTERED'),
        ran(20, undefined, 0, 'failed'),
        ran(10, 'REGISTERED'),
      ),
    ).toEqual({ status: 'REGISTERED', sinceMs: ago(30) });
  });

  it('is unknown where no run could read it', async () => {
    expect(await organization(ran(10, undefined, 0, 'failed'))).toBeUndefined();
  });
});

describe('starts', () => {
  it('are those of runs that did not fail, the newest first', async () => {
    const { startsMs } = await historyOf(
      ran(30, 'REGISTERED', 1),
      ran(20, 'REGISTERED', 3, 'failed'),
      ran(15, 'REGISTERED', 0),
      ran(10, 'REGISTERED', 2, 'succeeded'),
    );
    expect(startsMs).toEqual([ago(10), ago(30)]);
  });

  it('the last hundred', async () => {
    const many = Array.from({ length: 130 }, (_, index) => ran(index, 'REGISTERED', 1));
    const { startsMs } = await historyOf(...many);
    expect(startsMs).toHaveLength(100);
    expect(startsMs.at(-1)).toBe(ago(99));
  });
});
