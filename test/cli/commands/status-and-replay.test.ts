import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { Interrupted } from '../../../cli/errors.ts';
import {
  createFakeOperator,
  planOf,
  storedResult,
  storedRunEntry,
} from '../../support/cli/operator.ts';
import {
  cloudError,
  type FakeCloud,
  groupOf,
  member,
  openSince,
  START_MS,
} from '../../support/workflows/fake-ports.ts';

const id = (last: number) => String(10 ** 15 + last);
const DAY_MS = 86_400_000;

const CLOUD: FakeCloud = {
  accounts: [
    member(id(2), { name: 'payments' }),
    member(id(3), { name: '支付平台生产环境账号（华东一区，二期，备用，勿删）' }),
    member(id(4), { name: 'late', joinedAtMs: START_MS - 2 * DAY_MS }),
    member(id(5), { name: 'new', joinedAtMs: START_MS - 60_000 }),
    member(id(6), { name: 'half-made', status: 'CreateVerifying' }),
  ],
  group: [groupOf({ [id(2)]: 'REGISTERED', [id(3)]: 'REGISTRABLE', [id(5)]: 'BUILDING' })],
  history: [openSince({ [id(4)]: START_MS - DAY_MS - 1 })],
};

function world(cloud: FakeCloud = CLOUD) {
  const fake = createFakeOperator(cloud);
  fake.store(
    storedResult(id(2), 'failed', { error_code: 'ServiceUnavailable' }, -180),
    storedResult(id(2), 'covered', { recorder_status: 'REGISTERED' }, -120),
    storedResult(
      id(3),
      'failed',
      { error_code: 'NoPermission', error_message: 'No.', recommendation: 'Allow it.' },
      -5,
    ),
    storedResult(id(9), 'pending', {}, -5),
  );
  return fake;
}

describe('status', () => {
  test('a table in 80 columns: the recorder now, the last result, and what is missing', async () => {
    const fake = world();
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
    const fake = world();
    expect(await fake.onboard('status', '--uncovered')).toBe(2);
    expect(fake.stdout()).toMatchInlineSnapshot(`
      "1 failed
        NoPermission: No.
        Allow it.
      account           name                                               recorder
      1000000000000003  支付平台生产环境账号（华东一区，二期，备用，勿删…  REGISTRABLE

      1 overdue
        No result says why: run onboard backfill for it, and look at what it records.
      account           name  recorder
      1000000000000004  late  not in group

      1 pending
        Nothing to do now: the next run looks at it.
      account           name  recorder
      1000000000000005  new   BUILDING

      1 of 4 members are covered: 1 failed, 1 overdue, 1 pending."
    `);
    for (const line of fake.stdout().split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  test('as JSON', async () => {
    const fake = world();
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
    const fake = world({
      accounts: [member(id(2))],
      group: [groupOf({ [id(2)]: 'REGISTERED' })],
    });
    expect(await fake.onboard('status')).toBe(0);
    expect(fake.stdout()).toContain('The one member is covered.');
  });

  test('what is young and not covered is pending: exit 3', async () => {
    const fake = world();
    expect(await fake.onboard('status', '--account', id(5))).toBe(3);
  });

  test('what the recorder says now counts, not that it was covered once', async () => {
    const fake = world({ ...CLOUD, group: [groupOf({ [id(2)]: 'REGISTRABLE' })] });
    expect(await fake.onboard('status', '--account', id(2))).toBe(3);
    expect(fake.stdout()).toContain('0 of 1 members are covered: 1 pending.');
    expect(fake.stdout()).toMatch(/REGISTRABLE {2}covered/);
  });

  test('an account that is named and no member is said', async () => {
    const fake = world();
    expect(await fake.onboard('status', '--account', id(2), '--account', id(6))).toBe(1);
    expect(fake.stderr()).toContain(
      `${id(6)}: Its status in the resource directory is CreateVerifying`,
    );
    expect(fake.stdout()).not.toContain(id(6));
  });

  test('enterprise mode is off: nothing is known of the recorders', async () => {
    const fake = world({
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
    const fake = world({
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
    const fake = world(cloud);
    expect(await fake.onboard('status', '--uncovered', '--json')).toBe(1);
    for (const { state, recommendation } of JSON.parse(fake.stdout()).accounts) {
      expect([state, recommendation]).toEqual([
        'unknown',
        expect.stringContaining('Allow config:GetAggregator'),
      ]);
    }
  });

  test('totals are those of all in scope, whatever is shown', async () => {
    const fake = world();
    await fake.onboard('status', '--json', '--uncovered');
    const { members, covered, accounts } = JSON.parse(fake.stdout());
    expect([members, covered, accounts.length]).toEqual([4, 1, 3]);
  });

  test('what is not covered, worst first', async () => {
    const fake = world();
    await fake.onboard('status', '--json', '--uncovered');
    const { accounts } = JSON.parse(fake.stdout());
    const states = accounts.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['failed', 'overdue', 'pending']);
  });

  test('an account that is named and unknown: exit 1, also beside one that is covered', async () => {
    const one = world();
    expect(await one.onboard('status', '--account', id(2), '--account', id(8))).toBe(1);
    const halfMade = world();
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
    const fake = world({
      accounts: [],
      describe: [{ organizationStatus: 'REGISTRABLE' }],
      group: [undefined],
    });
    expect(await fake.onboard('status')).toBe(3);
    expect(fake.stderr()).toContain('Enterprise mode is off');
  });

  test('a filter that matches nothing is an error', async () => {
    const fake = world();
    expect(await fake.onboard('status', '--folder', 'fd-none')).toBe(1);
    expect(fake.stderr()).toContain('folder fd-none');
  });

  test('no members', async () => {
    const fake = world({ accounts: [] });
    expect(await fake.onboard('status')).toBe(0);
    expect(fake.stdout()).toBe('The resource directory has no members.');
  });
});

describe('status of some', () => {
  const accountsOf = (json: string) =>
    JSON.parse(json).accounts.map(({ accountId }: { accountId: string }) => accountId);

  test.each([
    [['--state', 'pending'], [id(5)]],
    [
      ['--state', 'covered', '--state', 'overdue'],
      [id(4), id(2)],
    ],
    [
      ['--limit', '2'],
      [id(2), id(3)],
    ],
    [['--uncovered', '--limit', '1'], [id(3)]],
  ])('%j', async (options, ids) => {
    const fake = world();
    expect(await fake.onboard('status', '--json', ...options)).toBe(2);
    expect(accountsOf(fake.stdout())).toEqual(ids);
    expect(JSON.parse(fake.stdout()).members).toBe(4);
  });

  test('a limit says what it leaves out, and the summary is that of all', async () => {
    const fake = world();
    await fake.onboard('status', '--limit', '1');
    expect(fake.stdout()).toContain('and 3 more');
    expect(fake.stdout()).toMatch(/1 of 4 members are covered: 1 failed, 1 overdue, 1 pending\.$/);
    expect(fake.stdout()).not.toContain(id(3));
  });

  test('what has one cause is one group, with how many there are', async () => {
    const ids = Array.from({ length: 7 }, (_, index) => id(20 + index));
    const fake = createFakeOperator({
      accounts: ids.map((accountId) => member(accountId)),
      group: [groupOf({})],
    });
    const denied = {
      error_code: 'NoPermission',
      error_message: 'No.',
      recommendation: 'Allow it.',
    };
    fake.store(
      ...ids.slice(0, 4).map((accountId) => storedResult(accountId, 'failed', denied)),
      ...ids
        .slice(4, 6)
        .map((accountId) =>
          storedResult(accountId, 'failed', { ...denied, error_message: 'Not you.' }),
        ),
    );
    await fake.onboard('status', '--uncovered');
    const titles = fake.stdout().match(/^\d+ \w+$/gm);
    expect(titles).toEqual(['4 failed', '2 failed', '1 pending']);
    expect(fake.stdout().match(/Allow it\./g)).toHaveLength(2);
    expect(fake.stdout()).toMatch(/4 failed\n {2}NoPermission: No\.\n {2}Allow it\.\naccount /);
  });
});

describe('status --watch', () => {
  /** Three looks, then the person goes. */
  function watched() {
    const fake = createFakeOperator({
      accounts: [member(id(2), { name: 'payments' }), member(id(3))],
      group: [
        groupOf({ [id(2)]: 'BUILDING', [id(3)]: 'REGISTERED' }),
        groupOf({ [id(2)]: 'BUILDING', [id(3)]: 'REGISTERED' }),
        groupOf({ [id(2)]: 'REGISTERED', [id(3)]: 'REGISTERED' }),
      ],
    });
    const slept: number[] = [];
    const { clock } = fake.operator;
    clock.sleep = async (durationMs) => {
      slept.push(durationMs);
      if (slept.length === 3) fake.interruption.abort(new Interrupted());
    };
    return { fake, slept };
  }

  test('all at first, then what changes, until it is interrupted: exit 130', async () => {
    const { fake, slept } = watched();
    expect(await fake.onboard('status', '--watch', '--interval', '5')).toBe(130);
    expect(slept).toEqual([5_000, 5_000, 5_000]);
    const [table, changes] = fake.stdout().split('1 of 2 members are covered: 1 pending.\n');
    expect(table).toContain(id(3));
    expect(changes).toBe(
      `2026-11-20 03:04:05Z  ${id(2)}  payments  pending → covered\nAll 2 members are covered.`,
    );
    expect(fake.progress).toContain('watching: the next look is in 5 s, Ctrl-C ends it');
  });

  test('with --json: one object a look', async () => {
    const { fake } = watched();
    expect(await fake.onboard('status', '--watch', '--json')).toBe(130);
    const looks = fake.stdout().split('\n');
    expect(looks.map((line) => JSON.parse(line).covered)).toEqual([1, 1, 2]);
  });

  test('a look that fails is said, and the next one is made; the first one ends it', async () => {
    const { fake } = watched();
    const denied = cloudError('NoPermission', { operation: 'GetResourceDirectory' });
    fake.operator.managementAccountId = () => Promise.reject(denied);
    expect(await fake.onboard('status', '--watch')).toBe(1);
    expect(fake.stdout()).toBe('');

    const later = watched();
    const { managementAccountId } = later.fake.operator;
    let looks = 0;
    later.fake.operator.managementAccountId = async () => {
      looks += 1;
      if (looks === 2) throw denied;
      return managementAccountId();
    };
    expect(await later.fake.onboard('status', '--watch', '--json')).toBe(130);
    expect(later.fake.stderr()).toContain('GetResourceDirectory failed: NoPermission');
    expect(later.fake.stdout().split('\n')).toHaveLength(2);
  });

  test('who joins and who leaves is said', async () => {
    const { fake } = watched();
    const { onboarding } = fake.operator;
    let looks = 0;
    fake.operator.onboarding = async () => {
      looks += 1;
      const ports = await onboarding();
      const directory = await ports.directory();
      const accounts = looks === 1 ? [member(id(2))] : [member(id(3))];
      return {
        ...ports,
        directory: async () => ({
          ...directory,
          listAccounts: async () => ({ accounts, totalCount: accounts.length }),
        }),
      };
    };
    await fake.onboard('status', '--watch');
    expect(fake.stdout()).toMatch(new RegExp(`${id(3)} {2}joined, covered\n`));
    expect(fake.stdout()).toMatch(new RegExp(`${id(2)} {2}left the directory\n`));
  });
});

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
