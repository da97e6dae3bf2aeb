import { describe, expect, it } from 'vitest';
import { createResultHistory } from '../../../alicloud/log-service/result-history.ts';
import { accountEntry, runEntry } from '../../../workflows/onboarding/log-entry.ts';
import type { Outcome } from '../../../workflows/onboarding/model.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { minutesAgo as ago, NOW_MS } from '../../support/stack/monitoring.ts';
import { foreignEntries, startLogStore } from '../../support/workflows/log-store.ts';

const A = '1000000000000004';
const B = '1000000000000005';

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
  runId?: string,
): LogEntry {
  const organization = organizationStatus === undefined ? undefined : { organizationStatus };
  const facts = { outcome, events: [], results: [], startAttempts, durationMs: 1, organization };
  return runEntry(identity(runId), facts, 3, ago(minutesAgo));
}

/** What the history of these entries is, stored in an order of their own. */
async function historyOf(...entries: LogEntry[]) {
  const store = await startLogStore();
  await store.store(...entries);
  const history = createResultHistory(store.results, () => NOW_MS);
  return history.read(ago(10 * 24 * 60), { timeoutMs: 5_000 });
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
    const entries = [
      found(A, 'covered', 60),
      found(A, 'pending', 30),
      found(A, 'failed', 20),
      found(A, 'pending', 10),
    ];
    const backwards = entries.toReversed();
    for (const stored of [
      backwards,
      [...entries, ...backwards],
      [...entries, ...entries.slice(1, 2)],
      [...backwards, ...entries.slice(2)],
    ]) {
      expect(await openSince(...stored)).toEqual([[A, ago(30)]]);
    }
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

  it('whatever somebody else writes to the logstore', async () => {
    const foreign = foreignEntries(A);
    expect(await openSince(...foreign)).toEqual([]);
    expect(await openSince(found(A, 'covered', 5), ...foreign)).toEqual([]);
    const closing = foreign.map((entry) => ({ ...entry, outcome: 'covered' }));
    expect(await openSince(found(A, 'pending', 5), ...closing.slice(0, 3), ...foreign)).toEqual([
      [A, ago(5)],
    ]);
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

  it('has it since then, however often the entries were stored, and whoever else writes', async () => {
    const entries = [ran(40, 'BUILDING'), ran(30, 'REGISTERED'), ran(10, 'REGISTERED')];
    expect(await organization(...entries, ...entries.toReversed(), ...foreignEntries(A))).toEqual({
      status: 'REGISTERED',
      sinceMs: ago(30),
    });
  });

  it('of two entries of one time, the one with the later id is the last', async () => {
    const registered = ran(10, 'REGISTERED', 0, 'pending', 'run-b');
    const tied = (runId: string) =>
      organization(registered, ran(10, 'BUILDING', 0, 'pending', runId), ran(20, 'REGISTERED'));
    expect(await tied('run-a')).toEqual({ status: 'REGISTERED', sinceMs: ago(10) });
    expect(await tied('run-c')).toEqual({ status: 'BUILDING', sinceMs: ago(10) });
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

  it('count once, and only where a run of ours says so', async () => {
    const entries = [ran(30, 'REGISTERED', 1), ran(10, 'REGISTERED', 2)];
    const { startsMs } = await historyOf(...entries, ...entries, ...foreignEntries(A));
    expect(startsMs).toEqual([ago(10), ago(30)]);
  });

  it('the last hundred', async () => {
    const many = Array.from({ length: 130 }, (_, index) =>
      ran(index, 'REGISTERED', 1, 'pending', `run-${900 - index}`),
    );
    const { startsMs } = await historyOf(...many);
    expect(startsMs).toHaveLength(100);
    expect(startsMs.at(-1)).toBe(ago(99));
  });
});
