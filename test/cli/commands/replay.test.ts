import { describe, expect, test } from 'vitest';
import { CLOUD, DAY_MS, id } from '../../support/cli/half-covered.ts';
import { createFakeOperator, storedResult, storedRunEntry } from '../../support/cli/operator.ts';
import { planOf } from '../../support/cli/plan-answer.ts';
import {
  cloudError,
  groupOf,
  member,
  openSince,
  START_MS,
} from '../../support/workflows/fake-ports.ts';

describe('replay', () => {
  test('names what is open, says who has left, and runs the rest; status agrees', async () => {
    const payloads: unknown[] = [];
    const fake = createFakeOperator(CLOUD, {
      invoke: (payload) => {
        payloads.push(payload);
        return planOf({ start: 1 });
      },
      start: (payload) => {
        payloads.push(payload);
        fake.store(storedRunEntry('run-7', { function_request_id: 'F-7', covered: '1' }));
        return { requestId: 'F-7' };
      },
    });
    fake.store(
      storedResult(id(3), 'failed', { error_code: 'NoPermission', error_message: 'No.' }),
      storedResult(id(9), 'pending'),
    );
    expect(await fake.onboard('replay')).toBe(0);
    expect(payloads).toEqual([{ accounts: [id(3)], dryRun: true }, { accounts: [id(3)] }]);
    expect(fake.stderr()).toContain(`No longer members, and left out: ${id(9)}`);
    expect(fake.stdout()).toContain('NoPermission: No.');
  });

  test('the account group can’t be read: what the log store has open is run all the same', async () => {
    const fake = createFakeOperator(
      { ...CLOUD, group: [cloudError('NoPermission', { operation: 'GetAggregator' })] },
      { invoke: () => planOf({ none: 1 }) },
    );
    fake.store(storedResult(id(3), 'pending'));
    expect(await fake.onboard('replay', '--dry-run')).toBe(0);
    expect(fake.stdout()).toContain(id(3));
  });

  test('nothing is open: nothing is asked of the function; exit 0', async () => {
    const fake = createFakeOperator({
      accounts: [member(id(2))],
      group: [groupOf({ [id(2)]: 'REGISTERED' })],
    });
    fake.store(storedResult(id(2), 'failed', {}, 1), storedResult(id(2), 'covered', {}, 2));
    expect(await fake.onboard('replay')).toBe(0);
    expect(fake.stdout()).toContain('Nothing to replay: in the log store');
    expect(fake.stderr()).not.toContain('Not all is covered');
    expect(fake.functionNames).toEqual([]);
  });

  test.each([
    ['building', { group: [groupOf({ [id(5)]: 'BUILDING' })] }, 3],
    ['failing to be looked at', { group: [cloudError('NoPermission')] }, 1],
    ['late', { history: [openSince({ [id(5)]: START_MS - DAY_MS - 1 })] }, 2],
  ])('nothing is open, and a member is %s: the exit code of status', async (_, cloud, code) => {
    const run = (command: string) =>
      createFakeOperator({
        accounts: [member(id(5))],
        group: [groupOf({})],
        ...cloud,
      }).onboard(command);
    expect([await run('replay'), await run('status')]).toEqual([code, code]);
  });

  test('nothing is open, and not all is covered: what to do', async () => {
    const fake = createFakeOperator(CLOUD);
    expect(await fake.onboard('replay')).toBe(2);
    expect(fake.stderr()).toContain('onboard status shows which are not, and onboard backfill');
  });

  test('what does not fit into one invocation: several, in order; the worst exit code', async () => {
    const ids = Array.from({ length: 7_000 }, (_, index) => id(index));
    const sizes: number[] = [];
    const fake = createFakeOperator(
      { accounts: ids.map((accountId) => member(accountId)) },
      {
        invoke: () => planOf({ start: 1 }),
        start: (payload) => {
          const bytes = JSON.stringify(payload).length;
          sizes.push(bytes);
          const run = `run-${sizes.length}`;
          const outcome: Record<string, string> =
            sizes.length === 1 ? { outcome: 'pending', pending: '1' } : {};
          fake.store(storedRunEntry(run, { function_request_id: run, ...outcome }));
          return { requestId: run };
        },
      },
    );
    fake.store(...ids.map((accountId) => storedResult(accountId, 'failed')));
    expect(await fake.onboard('replay')).toBe(3);
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(128 * 1024);
    expect(fake.stderr()).toContain('Run 2 of 2');
  });

  test('here, with --local', async () => {
    const fake = createFakeOperator({
      ...CLOUD,
      group: [
        groupOf({ [id(3)]: 'BUILDING' }),
        groupOf({ [id(3)]: 'BUILDING' }),
        groupOf({ [id(3)]: 'REGISTERED' }),
      ],
    });
    fake.store(storedResult(id(3), 'pending', {}, -1));
    expect(await fake.onboard('replay', '--local')).toBe(0);
    expect(fake.stored).toMatchObject([
      { account_id: id(3), outcome: 'covered', trigger: 'manual' },
      { entry_type: 'run', outcome: 'succeeded' },
    ]);
  });
});
