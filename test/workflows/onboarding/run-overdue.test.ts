import { describe, expect, test } from 'vitest';
import {
  cloudError,
  type FakeCloud,
  groupOf,
  openSince,
  START_MS,
} from '../../support/workflows/fake-ports.ts';
import { glance, joinedDaysAgo, run } from '../../support/workflows/run.ts';

describe('who joined long ago', () => {
  const day = 86_400_000;
  const outcomeOf = async (cloud: FakeCloud) => {
    const { summary } = run(glance, { accounts: [joinedDaysAgo('1', 400)], ...cloud });
    return (await summary).attention[0];
  };

  test('is not overdue in the minutes after enterprise mode was turned on', async () => {
    const activated = { describe: [{ organizationStatus: 'NOT_ACTIVATED' }], group: [undefined] };
    expect(await outcomeOf(activated)).toMatchObject({ outcome: 'pending' });
    const upgrading = { describe: [{ organizationStatus: 'BUILDING' }], group: [groupOf({})] };
    expect(await outcomeOf(upgrading)).toMatchObject({ outcome: 'pending' });
    const registered = { describe: [{ organizationStatus: 'REGISTERED' }], group: [groupOf({})] };
    expect(await outcomeOf(registered)).toMatchObject({ outcome: 'pending' });
    // Open for a week, of which the starts were refused for all but the last hour.
    const history = [
      openSince(
        { '1': START_MS - 7 * day },
        { organization: { status: 'REGISTERED', sinceMs: START_MS - 3_600_000 } },
      ),
    ];
    const building = groupOf({ '1': 'BUILDING' });
    expect(await outcomeOf({ group: [building], history })).toMatchObject({ outcome: 'pending' });
    const other = [
      openSince(
        { '1': START_MS - 7 * day },
        { organization: { status: 'REGISTRABLE', sinceMs: START_MS - 7 * day } },
      ),
    ];
    expect(await outcomeOf({ group: [building], history: other })).toMatchObject({
      outcome: 'pending',
    });
  });

  test.each(['schedule', 'manual', 'event'] as const)(
    'is overdue when it is found open for longer than a day: %s',
    async (trigger) => {
      const outcomeAfter = async (openForMs: number, status: string) => {
        const { summary } = run(
          { ...glance, trigger },
          {
            accounts: [joinedDaysAgo('1', 400)],
            history: [openSince({ '1': START_MS - openForMs })],
            group: [groupOf({ '1': status })],
            start: [cloudError('ProcessIsRunning')],
          },
        );
        return (await summary).attention[0];
      };
      expect(await outcomeAfter(day + 1, 'BUILDING')).toMatchObject({
        outcome: 'overdue',
        recommendation: expect.stringContaining('The recorder status remains BUILDING'),
      });
      expect(await outcomeAfter(day, 'BUILDING')).toMatchObject({ outcome: 'pending' });
      expect(await outcomeAfter(day + 1, 'REGISTRABLE')).toMatchObject({ outcome: 'overdue' });
    },
  );

  test('one that joined since is not overdue', async () => {
    const { summary } = run(glance, {
      accounts: [joinedDaysAgo('1', 0.5)],
      group: [groupOf({ '1': 'BUILDING' })],
      history: [openSince({ '1': START_MS - 7 * day })],
    });
    expect((await summary).attention[0]).toMatchObject({ outcome: 'pending' });
  });

  test("a log store that can't be read is asked again, and then the joining counts", async () => {
    const refused = cloudError('ServerBusy', { operation: 'GetLogs', statusCode: 503 });
    const overdue = openSince({ '1': START_MS - day - 1 });
    const building = { group: [groupOf({ '1': 'BUILDING' })] };
    expect(await outcomeOf({ ...building, history: [refused, overdue] })).toMatchObject({
      outcome: 'overdue',
    });
    expect(await outcomeOf({ ...building, history: [refused] })).toMatchObject({
      outcome: 'pending',
    });
    expect(await outcomeOf({ group: [groupOf({})], history: [refused] })).toMatchObject({
      outcome: 'overdue',
    });
  });

  test('the next start is said', async () => {
    const history = [
      openSince(
        { '1': START_MS - day },
        { startsMs: [5, 10, 15].map((minutes) => START_MS - minutes * 60_000) },
      ),
    ];
    const { summary, calls, stored } = run(glance, {
      accounts: [joinedDaysAgo('1', 400)],
      group: [groupOf({ '9': 'REGISTERED' })],
      history,
    });
    await summary;
    expect(calls).not.toContain('start');
    expect(stored[0]?.recommendation).toMatch(
      / The schedule will start the recorder again at 2026-11-20T03:59:05\.000Z\.$/,
    );
    expect(stored[1]?.reason).toContain('the next start is due at 2026-11-20T03:59:05.000Z');
  });
});
