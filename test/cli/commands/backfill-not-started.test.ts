import { describe, expect, test } from 'vitest';
import { createFakeOperator, type FakeFunction } from '../../support/cli/operator.ts';
import { planOf } from '../../support/cli/plan-answer.ts';
import { cloudError } from '../../support/workflows/fake-ports.ts';

describe('nothing is started', () => {
  const notStarted = (invoke: NonNullable<FakeFunction['invoke']>) => {
    let starts = 0;
    const fake = createFakeOperator(
      {},
      {
        invoke,
        start: () => {
          starts += 1;
          return {};
        },
      },
    );
    return { ...fake, starts: () => starts };
  };

  test('by a dry run, whose exit code is the state’s', async () => {
    const fake = notStarted(() => planOf({ none: 3 }));
    expect(await fake.onboard('backfill', '--dry-run')).toBe(0);
    expect(fake.starts()).toBe(0);
    const json = notStarted(() => planOf({ await: 1 }));
    expect(await json.onboard('backfill', '--dry-run', '--json')).toBe(3);
    expect(JSON.parse(json.stdout())).toMatchObject({ plan: { accounts: { await: 1 } } });
  });

  test('when it could not be seen', async () => {
    const fake = notStarted(() => planOf({ start: 1 }));
    fake.refusals.push(cloudError('LogStoreNotExist', { operation: 'GetLogs', statusCode: 404 }));
    expect(await fake.onboard('backfill')).toBe(1);
    expect(fake.stderr()).toContain('onboard setup');
    expect(fake.stdout()).toMatch(/\n$/);
    expect(fake.starts()).toBe(0);
  });

  test('when the function answers no plan', async () => {
    const fake = notStarted(() => ({ hello: 'world' }));
    expect(await fake.onboard('backfill')).toBe(1);
    expect(fake.stderr()).toContain('does not answer a dry run with a plan');
    expect(fake.stderr()).not.toContain('--debug');
    expect(fake.starts()).toBe(0);
  });

  test('when the person goes before', async () => {
    const fake = notStarted(() => planOf({ start: 1 }));
    fake.interruption.abort();
    expect(await fake.onboard('backfill')).toBe(130);
    expect(fake.stderr()).toBe('Interrupted. Nothing was started.');
    expect(fake.starts()).toBe(0);
  });
});

test('the answer to the start is lost: it says that the run may be under way', async () => {
  const fake = createFakeOperator(
    {},
    {
      invoke: () => planOf({ start: 1 }),
      start: () => {
        throw cloudError('NoAnswer', { operation: 'InvokeFunction' });
      },
    },
  );
  expect(await fake.onboard('backfill')).toBe(1);
  expect(fake.stderr()).toContain('may have been started all the same');
});
