import { expect, test } from 'vitest';
import { storedRun } from '../../../cli/backfill/stored-run.ts';
import { createFakeOperator, storedResult, storedRunEntry } from '../../support/cli/operator.ts';
import { START_MS } from '../../support/workflows/fake-ports.ts';

const fromS = START_MS / 1000 - 60;

function world() {
  const fake = createFakeOperator();
  const entry = (accountId: string, outcome: string, more = {}) =>
    fake.store(
      storedResult(accountId, outcome, { run_id: 'a-1', function_request_id: 'F-1', ...more }),
    );
  return { ...fake, entry, run: (id: string) => storedRun(fake.operator, { id, fromS }) };
}

test('counts the entries of one run, each once, by either id', async () => {
  const { entry, store, run } = world();
  entry('1', 'covered');
  entry('1', 'covered');
  entry('2', 'already-covered');
  entry('3', 'failed');
  store(storedResult('9', 'covered', { run_id: 'a-2', function_request_id: 'F-2' }));
  const counts = { covered: 1, alreadyCovered: 1, pending: 0, overdue: 0, failed: 1, skipped: 0 };
  expect(await run('F-1').look()).toEqual({ counts });
  expect(await run('a-1').look()).toEqual({ counts });
});

test('an id that only begins alike is another one', async () => {
  const { entry, run } = world();
  entry('1', 'covered');
  expect((await run('a').look()).counts.covered).toBe(0);
});

test('is over when the run’s own entry is there, which has the last word', async () => {
  const { entry, store, run } = world();
  entry('1', 'covered');
  store(
    storedRunEntry('a-1', {
      function_request_id: 'F-1',
      outcome: 'failed',
      covered: '1',
      failed: '2',
      reason: 'Because.',
    }),
  );
  expect((await run('F-1').look()).ending).toEqual({
    runId: 'a-1',
    outcome: 'failed',
    counts: { covered: 1, alreadyCovered: 0, pending: 0, overdue: 0, failed: 2, skipped: 0 },
    durationMs: 1000,
    reason: 'Because.',
  });
});

test('what is not covered: worst first, once, no more than asked for', async () => {
  const { entry, run } = world();
  entry('1', 'covered');
  entry('2', 'pending', { recommendation: 'Wait.' });
  entry('3', 'failed', { recommendation: 'Act.', account_name: '支付' });
  entry('3', 'failed', { recommendation: 'Act.', account_name: '支付' });
  entry('4', 'skipped');
  entry('5', 'overdue');
  expect(await run('a-1').openAccounts(10)).toEqual([
    { accountId: '3', outcome: 'failed', recommendation: 'Act.', name: '支付' },
    { accountId: '5', outcome: 'overdue' },
    { accountId: '2', outcome: 'pending', recommendation: 'Wait.' },
    { accountId: '4', outcome: 'skipped' },
  ]);
  expect(await run('a-1').openAccounts(1)).toHaveLength(1);
});

test('an id is never a part of the statement’s language', () => {
  expect(() => world().run("x' or '1'='1")).toThrow(TypeError);
});
