import { describe, expect, test } from 'vitest';
import { Interrupted } from '../../../cli/errors.ts';
import { createFakeOperator, storedRunEntry } from '../../support/cli/operator.ts';
import { cloudError, START_MS } from '../../support/workflows/fake-ports.ts';

const at = (second: number) => new Date(START_MS + second * 1000).toISOString();
const printed = (second: number, message: string, requestId = 'F-1') => ({
  time: at(second),
  functionName: 'backfill',
  requestId,
  instanceId: 'c-1',
  message,
});
const START_S = Math.floor(START_MS / 1000);
const DAY_S = 86_400;

test('when, which function and invocation, and what; further lines below, without what moves a cursor', async () => {
  const fake = createFakeOperator();
  fake.printed.push([printed(-60, 'one\u001b[2J\ntwo\n'), printed(-59, 'three', 'F-2')]);
  expect(await fake.onboard('logs')).toBe(0);
  expect(fake.stdout()).toBe(
    [
      '2026-11-20 03:03:05Z  backfill  F-1  one\n    two\n',
      '2026-11-20 03:03:06Z  backfill  F-2  three\n',
    ].join('\n'),
  );
  expect(fake.logReads).toEqual([
    { requestId: undefined, fromS: START_S - DAY_S, toS: START_S + 900 },
  ]);
});

describe('--run', () => {
  test('of a run: what its invocation printed, in the last 30 days', async () => {
    const fake = createFakeOperator();
    fake.store(storedRunEntry('run-7', { function_request_id: 'F-7' }));
    fake.printed.push([printed(-60, 'one', 'F-7')]);
    expect(await fake.onboard('logs', '--run', 'run-7')).toBe(0);
    expect(fake.logReads).toMatchObject([{ requestId: 'F-7', fromS: START_S - 30 * DAY_S }]);
    expect(fake.stdout()).toBe('2026-11-20 03:03:05Z  backfill  one\n');
  });

  test('of what has no entry: taken for a request id', async () => {
    const fake = createFakeOperator();
    await fake.onboard('logs', '--run', 'F-9');
    expect(fake.logReads).toMatchObject([{ requestId: 'F-9' }]);
  });
});

test('--limit: the newest; --days: how far back', async () => {
  const fake = createFakeOperator();
  fake.printed.push([printed(1, 'a'), printed(2, 'b'), printed(3, 'c')]);
  await fake.onboard('logs', '--limit', '2', '--days', '3', '--json');
  const lines = fake.stdout().split('\n');
  expect(lines.map((line) => JSON.parse(line).message)).toEqual(['b', 'c']);
  expect(fake.logReads).toMatchObject([{ fromS: START_S - 3 * DAY_S }]);
});

test('nothing: it is said beside the result', async () => {
  const fake = createFakeOperator();
  expect(await fake.onboard('logs')).toBe(0);
  expect([fake.stdout(), fake.stderr()]).toEqual(['', expect.stringContaining('printed nothing')]);
});

test('without the index: what to do', async () => {
  const fake = createFakeOperator();
  fake.printed.push(cloudError('IndexConfigNotExist', { operation: 'GetLogs', statusCode: 404 }));
  expect(await fake.onboard('logs')).toBe(1);
  expect(fake.stderr()).toContain('onboard setup');
});

describe('--follow', () => {
  /** The person goes after so many looks. */
  function following(looks: number) {
    const fake = createFakeOperator();
    const { clock } = fake.operator;
    const sleep = clock.sleep.bind(clock);
    let slept = 0;
    clock.sleep = async (durationMs) => {
      await sleep(durationMs);
      slept += 1;
      if (slept === looks) fake.interruption.abort(new Interrupted());
    };
    return fake;
  }

  test('shows each line once, also what was late, and of two alike both; exit 130', async () => {
    const fake = following(4);
    fake.printed.push(
      [printed(-90, 'old'), printed(-2, 'a'), printed(-1, 'same')],
      [printed(-2, 'a'), printed(-1, 'same'), printed(-1, 'same'), printed(0, 'b')],
      [
        printed(-2, 'late'),
        printed(-2, 'a'),
        printed(-1, 'same'),
        printed(-1, 'same'),
        printed(0, 'b'),
      ],
      [printed(0, 'b')],
    );
    expect(await fake.onboard('logs', '--follow', '--json')).toBe(130);
    expect(fake.progress).toContain('following: a look every 3 s, Ctrl-C ends it');
    const messages = fake
      .stdout()
      .split('\n')
      .map((line) => JSON.parse(line).message);
    expect(messages).toEqual(['old', 'a', 'same', 'same', 'b', 'late']);
    expect(fake.logReads.slice(1)).toMatchObject([
      { fromS: START_S + 3 - 60 },
      { fromS: START_S + 6 - 60 },
      { fromS: START_S + 9 - 60 },
    ]);
  });

  test('a look that fails is said, and the next one is made', async () => {
    const fake = following(3);
    fake.printed.push([], cloudError('Unauthorized', { operation: 'GetLogs', statusCode: 401 }), [
      printed(1, 'after'),
    ]);
    expect(await fake.onboard('logs', '--follow')).toBe(130);
    expect(fake.stderr()).toContain('GetLogs failed: Unauthorized');
    expect(fake.stdout()).toContain('after');
  });
});
