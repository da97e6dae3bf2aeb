import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands/all.ts';
import { main } from '../../../cli/main.ts';
import {
  createFakeOperator,
  type FakeFunction,
  storedResult,
  storedRunEntry,
} from '../../support/cli/operator.ts';
import { planOf } from '../../support/cli/plan-answer.ts';
import { cloudError } from '../../support/workflows/fake-ports.ts';

/** A function that has done its work when `start` returns. */
function deployed(
  end: Readonly<Record<string, string>>,
  entries: readonly Readonly<Record<string, string>>[] = [],
) {
  const payloads: unknown[] = [];
  const taskIds: string[] = [];
  const deployedFunction: FakeFunction = {
    invoke(payload) {
      payloads.push(payload);
      return planOf({ start: 2, none: 1 });
    },
    start(payload, taskId) {
      payloads.push(payload);
      taskIds.push(taskId);
      const ids = { run_id: 'run-7', function_request_id: 'F-7' };
      fake.store(...entries.map((entry) => ({ ...entry, ...ids })));
      fake.store(storedRunEntry('run-7', { ...ids, ...end }));
      return { requestId: 'F-7' };
    },
  };
  const fake = createFakeOperator({}, deployedFunction);
  return { ...fake, payloads, taskIds };
}

test('plans, starts with a task of its own, follows; the input is the person’s', async () => {
  const fake = deployed({ outcome: 'succeeded', covered: '2', already_covered: '1' });
  const code = await fake.onboard(
    ...['backfill', '--account', '1000000000000002', '--account', '1000000000000003'],
    ...['--folder', 'fd-1', '--exclude', '1000000000000004', '--function', 'onboarding/backfill'],
  );
  expect(code).toBe(0);
  const filter = {
    accounts: ['1000000000000002', '1000000000000003'],
    folder: 'fd-1',
    exclude: ['1000000000000004'],
  };
  expect(fake.payloads).toEqual([{ ...filter, dryRun: true }, filter]);
  expect(fake.functionNames).toEqual(['onboarding/backfill', 'onboarding/backfill']);
  expect(fake.taskIds).toEqual([expect.stringMatching(/^onboard-id-\d$/)]);
  expect(fake.stdout()).toMatchInlineSnapshot(`
    "Plan
    The recorder will be started, once for the whole organization. Because.

    accounts  step   because they are
           1  none   covered already
           2  start  missing from the account group, or not registered in it

    All 3 accounts are covered, 2 of them by this run.
    run run-7, 1 s"
  `);
  expect(fake.stderr()).toContain('onboard backfill --follow F-7');
});

test('without a filter the input is empty: every member', async () => {
  const fake = deployed({});
  await fake.onboard('backfill');
  expect(fake.payloads).toEqual([{ dryRun: true }, {}]);
});

describe('the end', () => {
  test('what is not covered, and what to do', async () => {
    const fake = deployed({ outcome: 'failed', covered: '1', pending: '1', failed: '1' }, [
      storedResult('1000000000000002', 'covered'),
      storedResult('1000000000000003', 'pending', { recommendation: 'Wait.' }),
      storedResult('1000000000000004', 'failed', { recommendation: 'Act.', account_name: '支付' }),
    ]);
    expect(await fake.onboard('backfill')).toBe(2);
    expect(fake.stdout().split('\n').slice(-6)).toEqual([
      '1 of 3 accounts are covered: 1 failed, 1 pending.',
      'run run-7, 1 s',
      '',
      'account           name  outcome  what to do',
      '1000000000000004  支付  failed   Act.',
      '1000000000000003        pending  Wait.',
    ]);
  });

  test('entries that can’t be read yet are waited for, not for ever', async () => {
    const fake = deployed({ outcome: 'pending', pending: '60' }, [
      storedResult('1000000000000003', 'pending', { recommendation: 'Wait.' }),
    ]);
    expect(await fake.onboard('backfill')).toBe(3);
    expect(fake.clock.sleepsMs.length).toBeLessThan(10);
    expect(fake.stdout()).toContain('and 59 more: onboard status --uncovered names them all.');
  });

  test('a log store that is busy just then keeps nobody from the result', async () => {
    const fake = createFakeOperator();
    fake.store(storedRunEntry('run-3', { outcome: 'pending', pending: '1' }));
    fake.store(storedResult('1000000000000003', 'pending', { run_id: 'run-3' }));
    // After the two queries of the look that finds the run's end.
    const results = await fake.operator.results();
    let queries = 0;
    const operator = {
      ...fake.operator,
      results: async () => ({
        ...results,
        query: (query: Parameters<typeof results.query>[0]) => {
          queries += 1;
          if (queries === 3) throw cloudError('ServerBusy', { statusCode: 503 });
          return results.query(query);
        },
      }),
    };
    const code = await main(
      ['backfill', '--follow', 'run-3'],
      { commands: COMMANDS, version: '1' },
      { ...fake.shell, connect: () => operator },
    );
    expect([code, fake.stdout().includes('1000000000000003')]).toEqual([3, true]);
  });

  test.each([
    ['failed', 2, 'The run failed.'],
    ['rejected', 1, 'The run was rejected.'],
  ])('%s without accounts: the reason, exit %i', async (outcome, code, says) => {
    const fake = deployed({ outcome, reason: 'ListAccounts failed: NoPermission.' });
    expect(await fake.onboard('backfill')).toBe(code);
    expect(fake.stdout()).toContain(says);
    expect(fake.stdout()).toContain('ListAccounts failed: NoPermission.');
  });

  test('for scripts, one object', async () => {
    const fake = deployed({ outcome: 'pending', pending: '1' }, [
      storedResult('1000000000000003', 'pending', { recommendation: 'Wait.' }),
    ]);
    expect(await fake.onboard('backfill', '--json')).toBe(3);
    expect(JSON.parse(fake.stdout())).toEqual({
      schemaVersion: 1,
      finished: true,
      follow: 'F-7',
      runId: 'run-7',
      outcome: 'pending',
      durationMs: 1000,
      accounts: { covered: 0, alreadyCovered: 0, pending: 1, overdue: 0, failed: 0, skipped: 0 },
      attention: [{ accountId: '1000000000000003', outcome: 'pending', recommendation: 'Wait.' }],
    });
  });
});

test('a plan that is refused for the moment is asked for again; a start is not', async () => {
  const refused = { invoke: 2, start: 1 };
  const refuse = (what: keyof typeof refused) => {
    refused[what] -= 1;
    if (refused[what] >= 0) {
      throw cloudError('ServiceUnavailable', { operation: 'InvokeFunction', statusCode: 503 });
    }
  };
  const fake = createFakeOperator(
    {},
    {
      invoke: () => {
        refuse('invoke');
        return planOf({ start: 1 });
      },
      start: () => {
        refuse('start');
        return { requestId: 'F-1' };
      },
    },
  );
  expect(await fake.onboard('backfill')).toBe(1);
  expect(fake.stdout()).toContain('Plan');
  expect(fake.stderr()).toContain('InvokeFunction failed: ServiceUnavailable');
  expect(refused).toEqual({ invoke: -1, start: 0 });
});

describe('picked up', () => {
  test('by run id, without asking the function', async () => {
    const fake = createFakeOperator();
    fake.store(storedRunEntry('run-3', { covered: '5' }));
    expect(await fake.onboard('backfill', '--follow', 'run-3')).toBe(0);
    expect(fake.stdout()).toContain('All 5 accounts are covered, all of them by this run.');
    expect(fake.functionNames).toEqual([]);
  });

  test('from a log store that is not there: says so at once', async () => {
    const fake = createFakeOperator();
    fake.refusals.push(cloudError('LogStoreNotExist', { operation: 'GetLogs', statusCode: 404 }));
    expect(await fake.onboard('backfill', '--follow', 'run-4')).toBe(1);
    expect(fake.stderr()).toMatch(/^There is no logstore results .*onboard setup/);
    expect(fake.clock.sleepsMs).toEqual([]);
  });

  test('from a log store that can’t be read: why, when the time is up', async () => {
    const fake = createFakeOperator();
    const busy = cloudError('ServerBusy', { operation: 'GetLogs', statusCode: 503 });
    fake.refusals.push(...Array.from({ length: 50 }, () => busy));
    expect(await fake.onboard('backfill', '--follow', 'run-4', '--wait', '10')).toBe(3);
    expect(fake.stderr()).toContain(`The last look at the log store failed: ${busy.message}`);
  });

  test('an id that nothing is known of: out of time, exit 3', async () => {
    const fake = createFakeOperator();
    expect(await fake.onboard('backfill', '--follow', 'run-4', '--wait', '10')).toBe(3);
    expect(fake.stderr()).toContain('After 10 s nothing of the run can be read: it has not begun');
  });
});
