import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { createFakeOperator, storedResult, storedRunEntry } from '../../support/cli/operator.ts';
import { cloudError, groupOf, member, START_MS } from '../../support/workflows/fake-ports.ts';

const id = (last: number) => String(10 ** 15 + last);
const minute = (minutes: number) => new Date(START_MS + minutes * 60_000).toISOString();
const DAY = 24 * 60;

function world() {
  const fake = createFakeOperator({
    accounts: [
      member(id(2), {
        name: '支付平台',
        folderIds: ['r-1', 'fd-a'],
        joinedAtMs: START_MS - 3 * 86_400_000,
      }),
      member(id(3), { name: 'other' }),
    ],
    group: [groupOf({ [id(2)]: 'REGISTRABLE', [id(3)]: 'REGISTERED' })],
  });
  fake.folders.set('fd-a', { name: '生产', parentId: 'r-1' });
  const denied = {
    error_code: 'NoPermission',
    error_message: 'Not\nyou.',
    recommendation: 'Allow it.',
  };
  fake.store(
    storedResult(
      id(2),
      'pending',
      {
        run_id: 'run-e',
        trigger: 'event',
        event_id: 'EVENT-1',
        event_name: 'CreateResourceAccount',
        function_request_id: 'F-1',
        cloud_request_id: 'C-1',
        recorder_status: 'BUILDING',
        start_attempts: '3',
        duration_ms: '65000',
      },
      -50 * DAY,
    ),
    storedResult(id(2), 'failed', { ...denied, run_id: 'run-1' }, -20),
    storedResult(
      id(2),
      'failed',
      { ...denied, run_id: 'run-2', trigger: 'manual', cloud_request_id: 'C-2' },
      -15,
    ),
    storedResult(id(3), 'covered', {}, -15),
    storedResult(id(9), 'pending', { account_name: 'gone' }, -15),
  );
  return fake;
}

describe('account', () => {
  test('what it is, and its timeline: oldest first, what says the same once, with all ids', async () => {
    const fake = world();
    expect(await fake.onboard('account', id(2))).toBe(2);
    expect(fake.stdout()).toMatchInlineSnapshot(`
      "1000000000000002  支付平台
      folder      Root / 生产
      joined      2026-11-17 03:04:05Z, 3 d ago
      state       failed
      recorder    REGISTRABLE
      what to do  Allow it.

      Timeline
      2026-10-01 03:04:05Z  pending  BUILDING
          event CreateResourceAccount · recorder started, 3 tries · 1 min 5 s
          run run-e
          function request F-1
          evidence C-1
          event EVENT-1
      2026-11-20 02:44:05Z  failed
          schedule, manual · 2 times, until 2026-11-20 02:49:05Z
          NoPermission: Not you.
          Allow it.
          run run-2
          evidence C-2"
    `);
    for (const line of fake.stdout().split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  test('names of folders that may not be read: their ids, and why', async () => {
    const fake = world();
    fake.folderRefusals.push(cloudError('NoPermission', { operation: 'ListFoldersForParent' }));
    expect(await fake.onboard('account', id(2))).toBe(2);
    expect(fake.stdout()).toMatch(/folder +Root \/ fd-a\n/);
    expect(fake.stderr()).toContain(
      "The names of the folders can't be read: ListFoldersForParent failed: NoPermission",
    );
    expect(fake.stderr()).toContain('Allow resourcemanager:ListFoldersForParent');
  });

  test('as JSON: every result, none merged, nothing left out', async () => {
    const fake = world();
    expect(await fake.onboard('account', id(2), '--json')).toBe(2);
    const json = JSON.parse(fake.stdout());
    expect(json).toMatchObject({
      schemaVersion: 1,
      accountId: id(2),
      isMember: true,
      name: '支付平台',
      folderIds: ['r-1', 'fd-a'],
      folderPath: ['Root', '生产'],
      state: 'failed',
      recorderStatus: 'REGISTRABLE',
      recommendation: 'Allow it.',
    });
    expect(json.results.map(({ runId }: { runId: string }) => runId)).toEqual([
      'run-e',
      'run-1',
      'run-2',
    ]);
    expect(json.results[0]).toEqual({
      accountId: id(2),
      time: minute(-50 * DAY),
      outcome: 'pending',
      runId: 'run-e',
      trigger: 'event',
      eventId: 'EVENT-1',
      eventName: 'CreateResourceAccount',
      functionRequestId: 'F-1',
      cloudRequestId: 'C-1',
      recorderStatus: 'BUILDING',
      startAttempts: 3,
      durationMs: 65_000,
    });
  });

  test('one that is covered: exit 0, whatever others are', async () => {
    const fake = world();
    expect(await fake.onboard('account', id(3))).toBe(0);
    expect(fake.stdout()).not.toContain('what to do');
  });

  test('one that has left the directory keeps its results; exit 1', async () => {
    const fake = world();
    expect(await fake.onboard('account', id(9))).toBe(1);
    expect(fake.stdout()).toContain(`${id(9)}  gone`);
    expect(fake.stdout()).toContain('not in the resource directory');
    expect(fake.stdout()).toContain('pending');
  });

  test('one that nobody knows: exit 1', async () => {
    const fake = world();
    expect(await fake.onboard('account', id(8))).toBe(1);
    expect([fake.stdout(), fake.stderr()]).toEqual([
      '',
      expect.stringContaining(`The resource directory does not list ${id(8)}, and`),
    ]);
  });

  test('without a log store: what the cloud says', async () => {
    const fake = world();
    fake.refusals.push(...Array.from({ length: 2 }, () => cloudError('LogStoreNotExist')));
    expect(await fake.onboard('account', id(3))).toBe(0);
    expect(fake.stdout()).toContain('No result was recorded.');
    expect(fake.stderr()).toContain('There is no logstore results');
  });
});

describe('runs', () => {
  const run = (runId: string, at: number, more: Record<string, string> = {}) =>
    storedRunEntry(runId, { trigger: 'schedule', time: minute(at), ...more });
  function runs() {
    const fake = createFakeOperator();
    fake.store(
      run('run-old', -10 * DAY),
      run('run-1', -40, { already_covered: '3' }),
      run('run-2', -35, { already_covered: '3' }),
      run('run-3', -30, { already_covered: '3' }),
      run('run-e', -29, { trigger: 'event', covered: '1', start_attempts: '2' }),
      run('run-4', -25, { outcome: 'failed', failed: '4', reason: `Because ${'x'.repeat(500)}` }),
      run('run-m', -20, { trigger: 'manual', outcome: 'rejected', reason: 'No.' }),
    );
    return fake;
  }

  test('the newest last, scheduled ones that came to the same in one line; then what they came to', async () => {
    const fake = runs();
    expect(await fake.onboard('runs')).toBe(0);
    expect(fake.stdout()).toMatchInlineSnapshot(`
      "ended                 trigger   outcome    run
      2026-11-20 02:24:05Z  schedule  succeeded  3 runs, until 2026-11-20 02:34:05Z
          3 already-covered

      2026-11-20 02:35:05Z  event     succeeded  run-e
          1 covered · 2 starts · 1 s

      2026-11-20 02:39:05Z  schedule  failed     run-4
          4 failed · 1 s · Because
          xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
          xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…

      2026-11-20 02:44:05Z  manual    rejected   run-m
          1 s · No.

      6 runs in the last 7 days: 1 failed, 1 rejected, 4 succeeded."
    `);
    for (const line of fake.stdout().split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  test.each([
    [
      ['--limit', '2'],
      ['run-4', 'run-m'],
    ],
    [['--trigger', 'event'], ['run-e']],
    [
      ['--days', '11', '--trigger', 'schedule'],
      ['run-old', 'run-1', 'run-2', 'run-3', 'run-4'],
    ],
    [[], ['run-1', 'run-2', 'run-3', 'run-e', 'run-4', 'run-m']],
  ])('as JSON, %j: each by itself, with nothing cut', async (options, ids) => {
    const fake = runs();
    expect(await fake.onboard('runs', '--json', ...options)).toBe(0);
    const json = JSON.parse(fake.stdout());
    expect(json.runs.map(({ runId }: { runId: string }) => runId)).toEqual(ids);
    const failed = json.runs.find(({ runId }: { runId: string }) => runId === 'run-4');
    if (failed !== undefined) expect(failed.reason).toHaveLength('Because '.length + 500);
  });

  test('a limit is of what is shown: the summary is of all', async () => {
    const fake = runs();
    await fake.onboard('runs', '--limit', '1');
    expect(fake.stdout()).not.toContain('run-4');
    expect(fake.stdout()).toMatch(
      /6 runs in the last 7 days: 1 failed, 1 rejected, 4 succeeded\.$/,
    );
  });

  test('none', async () => {
    const fake = createFakeOperator();
    expect(await fake.onboard('runs', '--days', '1')).toBe(0);
    expect(fake.stdout()).toBe('No run in the last day.');
  });

  test('no log store: exit 1', async () => {
    const fake = createFakeOperator();
    fake.refusals.push(cloudError('ProjectNotExist'));
    expect(await fake.onboard('runs')).toBe(1);
    expect(fake.stderr()).toContain('There is no log project audit');
  });
});
