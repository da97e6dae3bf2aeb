import { describe, expect, test } from 'vitest';
import {
  cloudError,
  type FakeCloud,
  groupOf,
  member,
  START_MS,
} from '../../support/workflows/fake-ports.ts';
import { A, B, forEveryMember, glance, outcomesOf, run } from '../../support/workflows/run.ts';

describe('a run that does not wait for coverage', () => {
  test('looks once more after a start: what came of it', async () => {
    const { summary, clock, calls } = run(glance, {
      accounts: [member(A)],
      describe: [{ organizationStatus: 'REGISTERED' }],
      group: [groupOf({ [B]: 'REGISTERED' }), groupOf({ [A]: 'BUILDING' })],
      start: [{ organizationStatus: 'REGISTERED' }],
    });
    expect(await summary).toMatchObject({
      startAttempts: 1,
      attention: [
        {
          outcome: 'pending',
          recommendation:
            'Nothing to do now: the recorder status is BUILDING, and the next run checks again.',
        },
      ],
    });
    expect(calls.filter((call) => call === 'group')).toHaveLength(2);
    expect(clock.sleepsMs).toEqual([0]);
  });

  test('does not wait for the service either, longer than half a minute', async () => {
    const { summary, clock, calls, stored } = run(glance, {
      accounts: [member(A)],
      start: [cloudError('ProcessIsRunning')],
      group: [groupOf({ [B]: 'REGISTERED' })],
    });
    expect(await summary).toMatchObject({ accounts: { pending: 1 } });
    expect(calls.filter((call) => call === 'start').length).toBeGreaterThan(5);
    expect(clock.now() - START_MS).toBeLessThanOrEqual(30_000);
    expect(stored.at(-1)).toMatchObject({ entry_type: 'run', outcome: 'pending' });
  });

  test('a group that is not there yet, right after it was asked for, is nobody’s mistake', async () => {
    const { summary } = run(glance, {
      accounts: [member(A)],
      describe: [{ organizationStatus: 'REGISTRABLE' }],
      group: [undefined],
      start: [{ organizationStatus: 'REGISTERED' }],
    });
    const { attention } = await summary;
    expect(attention[0]?.recommendation).toBe(
      'Nothing to do now: not in the account group yet, and the next run checks again.',
    );
  });
});

describe('what is known is recorded while the rest is waited for', () => {
  const cloud: FakeCloud = {
    accounts: [member('1'), member('2'), member('3')],
    group: [
      groupOf({ '1': 'REGISTERED', '2': 'BUILDING', '3': 'BUILDING' }),
      groupOf({ '1': 'REGISTERED', '2': 'REGISTERED', '3': 'BUILDING' }),
      groupOf({ '1': 'REGISTERED', '2': 'REGISTERED', '3': 'REGISTERED' }),
    ],
  };

  test('in the order in which it became known, the run last', async () => {
    const { summary, calls, stored } = run(forEveryMember, cloud);
    await summary;
    expect(calls.filter((call) => call === 'append' || call === 'group')).toEqual([
      ...['group', 'append'],
      ...['group', 'append'],
      ...['group', 'append'],
    ]);
    expect(outcomesOf(stored)).toEqual([
      ['account', '1', 'already-covered'],
      ['account', '2', 'covered'],
      ['account', '3', 'covered'],
      ['run', undefined, 'succeeded'],
    ]);
    expect(stored.at(-1)).toMatchObject({ covered: '2', already_covered: '1' });
    expect(stored.map(({ duration_ms }) => duration_ms)).toEqual(['0', '1000', '3000', '3000']);
  });

  test('what the log store refuses then is stored in the end, and no account twice', async () => {
    const refusal = cloudError('ServerBusy', { operation: 'PutLogs', statusCode: 503 });
    const append = [refusal, refusal, 'stored'] as const;
    const { summary, stored } = run(forEveryMember, { ...cloud, append });
    await summary;
    expect(outcomesOf(stored).map(([, accountId]) => accountId)).toEqual([
      '1',
      '2',
      '3',
      undefined,
    ]);
  });
});

test('what is recorded early leaves time for the rest', async () => {
  const { summary, calls, timeoutsMs } = run(
    forEveryMember,
    {
      accounts: [member(A), member(B)],
      group: [
        groupOf({ [A]: 'REGISTERED', [B]: 'BUILDING' }),
        groupOf({ [A]: 'REGISTERED', [B]: 'REGISTERED' }),
      ],
    },
    10_000,
  );
  await summary;
  expect(timeoutsMs[calls.indexOf('append')]).toBeLessThanOrEqual(3_250);
});
