import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { CLOUD, id, operatorOf } from '../../support/cli/half-covered.ts';
import { createFakeOperator } from '../../support/cli/operator.ts';
import { cloudError, groupOf, member, START_MS } from '../../support/workflows/fake-ports.ts';

describe('status', () => {
  test('a table in 80 columns: the recorder now, the last result, and what is missing', async () => {
    const fake = operatorOf();
    expect(await fake.onboard('status')).toBe(2);
    expect(fake.stdout()).toMatchInlineSnapshot(`
      "account           name                     recorder      last result  when
      1000000000000002  payments                 REGISTERED    covered      2 h ago
      1000000000000003  支付平台生产环境账号（…  REGISTRABLE   failed       5 min ago
      1000000000000004  late                     not in group  none yet
      1000000000000005  new                      BUILDING      none yet

      1 of 4 members are covered: 1 failed, 1 overdue, 1 pending."
    `);
    for (const line of fake.stdout().split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
    expect(fake.calls.filter((call) => call === 'group')).toHaveLength(1);
    expect(fake.calls).not.toContain('start');
  });

  test('what is not covered, with what to do', async () => {
    const fake = operatorOf();
    expect(await fake.onboard('status', '--uncovered')).toBe(2);
    expect(fake.stdout()).toMatchInlineSnapshot(`
      "1 failed
        NoPermission: No.
        Allow it.
      account           name                                               recorder
      1000000000000003  支付平台生产环境账号（华东一区，二期，备用，勿删…  REGISTRABLE

      1 overdue
        No result says why: run onboard backfill, and look at what it records.
      account           name  recorder
      1000000000000004  late  not in group

      1 pending
        Nothing to do now: the next run checks again.
      account           name  recorder
      1000000000000005  new   BUILDING

      1 of 4 members are covered: 1 failed, 1 overdue, 1 pending."
    `);
    for (const line of fake.stdout().split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  test('as JSON', async () => {
    const fake = operatorOf();
    await fake.onboard('status', '--json', '--account', id(3));
    expect(JSON.parse(fake.stdout())).toEqual({
      schemaVersion: 1,
      asOf: new Date(START_MS).toISOString(),
      remarks: [],
      organizationStatus: 'REGISTERED',
      members: 1,
      covered: 0,
      accounts: [
        {
          accountId: id(3),
          name: '支付平台生产环境账号（华东一区，二期，备用，勿删）',
          folderIds: ['r-1'],
          recorderStatus: 'REGISTRABLE',
          state: 'failed',
          recommendation: 'Allow it.',
          last: {
            accountId: id(3),
            outcome: 'failed',
            time: new Date(START_MS - 300_000).toISOString(),
            runId: 'run-at--5',
            trigger: 'schedule',
            startAttempts: 0,
            errorCode: 'NoPermission',
            errorMessage: 'No.',
            recommendation: 'Allow it.',
          },
        },
      ],
    });
  });

  test('all are covered: exit 0', async () => {
    const fake = operatorOf({
      accounts: [member(id(2))],
      group: [groupOf({ [id(2)]: 'REGISTERED' })],
    });
    expect(await fake.onboard('status')).toBe(0);
    expect(fake.stdout()).toContain('The one member is covered.');
  });

  test('what is young and not covered is pending: exit 3', async () => {
    const fake = operatorOf();
    expect(await fake.onboard('status', '--account', id(5))).toBe(3);
  });

  test('what the recorder says now counts, not that it was covered once', async () => {
    const fake = operatorOf({ ...CLOUD, group: [groupOf({ [id(2)]: 'REGISTRABLE' })] });
    expect(await fake.onboard('status', '--account', id(2))).toBe(3);
    expect(fake.stdout()).toContain('0 of 1 members are covered: 1 pending.');
    expect(fake.stdout()).toMatch(/REGISTRABLE {2}covered/);
  });

  test('an account that is named and no member is said', async () => {
    const fake = operatorOf();
    expect(await fake.onboard('status', '--account', id(2), '--account', id(6))).toBe(1);
    expect(fake.stderr()).toContain(
      `${id(6)}: The status in the resource directory is CreateVerifying`,
    );
    expect(fake.stdout()).not.toContain(id(6));
  });

  test('enterprise mode is off: nothing is known of the recorders', async () => {
    const fake = operatorOf({
      ...CLOUD,
      describe: [{ organizationStatus: 'NOT_ACTIVATED' }],
      group: [undefined],
    });
    await fake.onboard('status');
    expect(fake.stderr()).toContain('Enterprise mode is off');
    expect(fake.stderr()).toContain('no new member is recorded');
    expect(fake.stdout()).toContain('unknown');
    expect(fake.stdout()).not.toContain('not in group');
  });

  test('the account group can’t be read: why, and what to do', async () => {
    const fake = operatorOf({
      ...CLOUD,
      group: [cloudError('NoPermission', { operation: 'GetAggregator' })],
    });
    expect(await fake.onboard('status')).toBe(1);
    expect(fake.stderr()).toContain("The account group can't be read: GetAggregator failed");
    expect(fake.stderr()).toContain('config:GetAggregator');
    expect(fake.stdout()).toContain('It is not known whether any of the 4 members are covered');
    expect(fake.stdout()).not.toMatch(/pending|overdue/);
  });

  test('the account group can’t be read: that advice for each, and no state', async () => {
    const cloud = { ...CLOUD, group: [cloudError('NoPermission', { operation: 'GetAggregator' })] };
    const fake = operatorOf(cloud);
    expect(await fake.onboard('status', '--uncovered', '--json')).toBe(1);
    for (const { state, recommendation } of JSON.parse(fake.stdout()).accounts) {
      expect([state, recommendation]).toEqual([
        'unknown',
        expect.stringContaining('Allow config:GetAggregator'),
      ]);
    }
  });

  test('totals are those of all in scope, whatever is shown', async () => {
    const fake = operatorOf();
    await fake.onboard('status', '--json', '--uncovered');
    const { members, covered, accounts } = JSON.parse(fake.stdout());
    expect([members, covered, accounts.length]).toEqual([4, 1, 3]);
  });

  test('what is not covered, worst first', async () => {
    const fake = operatorOf();
    await fake.onboard('status', '--json', '--uncovered');
    const { accounts } = JSON.parse(fake.stdout());
    const states = accounts.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['failed', 'overdue', 'pending']);
  });

  test('an account that is named and unknown: exit 1, also beside one that is covered', async () => {
    const one = operatorOf();
    expect(await one.onboard('status', '--account', id(2), '--account', id(8))).toBe(1);
    const halfMade = operatorOf();
    expect(await halfMade.onboard('status', '--account', id(6))).toBe(1);
    expect(halfMade.stdout()).toBe('None of these accounts is a member.');
  });

  test('enterprise mode is off: what to do is to turn it on', async () => {
    const fake = createFakeOperator({
      accounts: [member(id(5))],
      describe: [{ organizationStatus: 'REGISTRABLE' }],
    });
    await fake.onboard('status', '--uncovered');
    expect(fake.stdout().replace(/\s+/g, ' ')).toContain(
      'Run onboard backfill: it turns enterprise mode on.',
    );
  });

  test('enterprise mode is off and there are no members: exit 3', async () => {
    const fake = operatorOf({
      accounts: [],
      describe: [{ organizationStatus: 'REGISTRABLE' }],
      group: [undefined],
    });
    expect(await fake.onboard('status')).toBe(3);
    expect(fake.stderr()).toContain('Enterprise mode is off');
  });

  test('a filter that matches nothing is an error', async () => {
    const fake = operatorOf();
    expect(await fake.onboard('status', '--folder', 'fd-none')).toBe(1);
    expect(fake.stderr()).toContain('folder fd-none');
  });

  test('no members', async () => {
    const fake = operatorOf({ accounts: [] });
    expect(await fake.onboard('status')).toBe(0);
    expect(fake.stdout()).toBe('The resource directory has no members.');
  });
});
