import { expect, test } from 'vitest';
import { isOpen, readLastResults } from '../../cli/last-results.ts';
import { readRetryContext } from '../../cli/retry-reads.ts';
import { createFakeOperator, storedResult, storedRunEntry } from '../support/cli/operator.ts';
import { cloudError, START_MS } from '../support/workflows/fake-ports.ts';

async function read(fake: ReturnType<typeof createFakeOperator>) {
  return readLastResults(fake.operator, await readRetryContext(fake.operator));
}

test('the last one of each account counts, whichever run it is from and whenever it arrived', async () => {
  const fake = createFakeOperator();
  fake.store(
    storedResult('1', 'covered', { recorder_status: 'REGISTERED', account_name: '支付' }, 9),
    storedResult('1', 'failed', { error_code: 'NoPermission', error_message: 'No.' }, 3),
    storedResult('2', 'pending', {}, 1),
    storedResult('2', 'overdue', { recommendation: 'Ask.' }, 2),
    storedResult('2', 'overdue', { recommendation: 'Ask.' }, 2),
    storedRunEntry('run-at-9'),
  );
  const last = await read(fake);
  expect([...last.values()]).toEqual([
    {
      accountId: '1',
      accountName: '支付',
      outcome: 'covered',
      recorderStatus: 'REGISTERED',
      time: new Date(START_MS + 9 * 60_000).toISOString(),
      runId: 'run-at-9',
      trigger: 'schedule',
      startAttempts: 0,
    },
    {
      accountId: '2',
      outcome: 'overdue',
      time: new Date(START_MS + 2 * 60_000).toISOString(),
      runId: 'run-at-2',
      trigger: 'schedule',
      startAttempts: 0,
      recommendation: 'Ask.',
    },
  ]);
});

test('more accounts than one answer holds', async () => {
  const fake = createFakeOperator();
  const ids = Array.from({ length: 4_001 }, (_, index) => String(10 ** 15 + index));
  fake.store(...ids.map((id) => storedResult(id, 'pending')));
  expect([...(await read(fake)).keys()]).toEqual(ids);
  expect(fake.queries).toHaveLength(3);
});

test.each([
  ['ProjectNotExist', 'There is no log project audit (ProjectNotExist). onboard setup creates'],
  ['LogStoreNotExist', 'There is no logstore results in the log project audit (LogStoreNotExist).'],
])('%s: says so at once, by name', async (code, message) => {
  const fake = createFakeOperator();
  fake.refusals.push(cloudError(code, { statusCode: 404 }));
  await expect(read(fake)).rejects.toMatchObject({
    name: 'NoLogStore',
    message: expect.stringContaining(message),
  });
  expect(fake.clock.sleepsMs).toEqual([]);
});

test('what fails for the moment is asked again; what can’t succeed is said', async () => {
  const fake = createFakeOperator();
  fake.store(storedResult('1', 'failed'));
  fake.refusals.push(cloudError('ServerBusy', { statusCode: 503 }));
  expect((await read(fake)).size).toBe(1);
  fake.refusals.push(cloudError('Unauthorized', { statusCode: 401 }));
  await expect(read(fake)).rejects.toThrow('Unauthorized happened.');
});

test('an entry that is none of ours says nothing', async () => {
  const fake = createFakeOperator();
  fake.store(storedResult('1', 'somehow'));
  expect((await read(fake)).size).toBe(0);
});

test.each([
  ['failed', true],
  ['pending', true],
  ['overdue', true],
  ['covered', false],
  ['already-covered', false],
  ['skipped', false],
] as const)('%s is open: %s', (outcome, open) => {
  expect(isOpen({ outcome })).toBe(open);
});
