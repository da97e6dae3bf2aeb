import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { runHere } from '../support/cli/in-process.ts';
import { runCli, runCliOnTerminal } from '../support/cli/process.ts';
import { cliSandbox } from '../support/cli/sandbox.ts';

const CHINESE_NAME = '支付平台生产环境账号（华东一区，二期，备用）';
const FOLLOW = /onboard backfill --follow (\S+)/;
const ESCAPE = '\x1b';
const widest = (text: string) => Math.max(...text.split('\n').map((line) => stringWidth(line)));

describe('backfill', () => {
  test('piped: plan, plain progress, the end; exit 0', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 3,
      config: { organization: 'off' },
    });
    const { code, stdout, stderr } = await runCli(['backfill', '--yes'], environment);
    expect(stdout.replace(/run \S+, .*/, 'run ID, TIME')).toMatchInlineSnapshot(`
      "Plan
      The recorder will be started, once for the whole organization. Enterprise mode is off: the organization status is REGISTRABLE.

      accounts  step   because they are
             3  start  missing from the account group, or not registered in it

      All 3 accounts are covered, all of them by this run.
      run ID, TIME
      "
    `);
    expect(stderr.replace(FOLLOW, 'onboard backfill --follow ID')).toMatch(
      /^reading the plan of the function backfill\nActing in management account .*\nEnterprise mode is off.*\nStarted in the function backfill\. To watch it from anywhere, at any time:\n {2}onboard backfill --follow ID\n(covered \d of 3 · .*\n)+$/,
    );
    expect(stdout + stderr).not.toContain(ESCAPE);
    expect(code).toBe(0);
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.runEntries()).toMatchObject([{ trigger: 'manual', covered: '3' }]);
  });

  test('a dry run starts nothing, and its exit code says what is missing', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 3,
      config: { organization: 'off' },
    });
    const { code, stdout, stderr } = await runHere(['backfill', '--dry-run'], environment);
    expect(stdout).toContain('The recorder will be started');
    expect(stdout).toMatch(/3 {2}start/);
    expect(stderr).toContain('Nothing was changed');
    expect(code).toBe(3);
    expect(sandbox.starts()).toBe(0);
    expect(sandbox.entries()).toEqual([]);
  });

  test('on a terminal: progress in one line that is rewritten, colours, 80 columns', async () => {
    const { sandbox, environment } = await cliSandbox({ config: { organization: 'off' } });
    sandbox.directory.addAccount({ displayName: CHINESE_NAME });
    const { code, stdout } = await runCliOnTerminal(['backfill', '--yes'], environment);
    expect(code).toBe(0);
    expect(stdout).toContain(`\r${ESCAPE}[2Kcovered 0 of 1 · 0 s`);
    expect(stdout).toContain(`${ESCAPE}[32mThe account is covered.`);
    // What is rewritten leaves nothing behind.
    const shown = stdout
      .split(/\r?\n/)
      .map((line) => stripVTControlCharacters(line.split('\r').at(-1) ?? ''));
    expect(shown.some((line) => line.startsWith('covered'))).toBe(false);
    expect(widest(shown.join('\n'))).toBeLessThanOrEqual(80);
    const plain = await runCliOnTerminal(['status'], { ...environment, NO_COLOR: '1' });
    expect(plain.stdout).toContain('The one member is covered.');
    expect(plain.stdout).not.toContain(`${ESCAPE}[3`);
  });

  test('pending: exit 3 and what to do, in 80 columns with Chinese names; then replay: exit 0', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 2,
      config: { organization: 'on', joinDelayMs: 0, memberBuildMs: 120_000 },
      environment: { VERIFY_FOR_SECONDS: '0.1' },
    });
    const { accountId } = sandbox.directory.addAccount({ displayName: CHINESE_NAME });
    const first = await runHere(['backfill', '--yes'], environment, { columns: 80 });
    expect(first.code).toBe(3);
    expect(first.stdout).toContain('2 of 3 accounts are covered: 1 pending.');
    expect(first.stdout).toContain(accountId);
    expect(first.stdout).toContain(CHINESE_NAME);
    const tables = first.stdout.slice(first.stdout.indexOf('accounts  step'));
    expect(widest(tables)).toBeLessThanOrEqual(80);

    const dryRun = await runHere(['replay', '--dry-run'], environment);
    expect(dryRun.stdout).toContain(accountId);
    expect(dryRun.stdout.match(/\d{16}/g)).toHaveLength(1);
    expect(sandbox.runEntries()).toHaveLength(1);

    sandbox.world.clock.advance(120_000);
    const again = await runCli(['replay', '--yes'], environment);
    expect([again.code, again.stderr.includes('covered')]).toEqual([0, true]);
    expect(sandbox.accountEntries().at(-1)).toMatchObject({
      account_id: accountId,
      outcome: 'covered',
    });
    const nothing = await runHere(['replay', '--yes'], environment);
    expect([nothing.code, nothing.stdout]).toEqual([
      0,
      "Nothing to replay: in the log store no member's last result is failed, pending or overdue.\n",
    ]);
  });

  test('failed: exit 2, the reason and what to do; status and replay name the same accounts', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 3,
      config: { organization: 'off' },
    });
    sandbox.faults.add({
      service: 'config',
      operation: 'StartConfigurationRecorder',
      effect: { kind: 'error', code: 'NoPermission' },
      when: { always: true },
    });
    const run = await runHere(['backfill', '--yes'], environment);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('0 of 3 accounts are covered: 3 failed.');
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('Allow config:StartConfigurationRecorder');

    const status = await runHere(['status', '--json'], environment);
    expect(status.code).toBe(2);
    const { accounts } = JSON.parse(status.stdout);
    expect(accounts).toHaveLength(3);
    expect(accounts[0]).toMatchObject({
      state: 'failed',
      last: { outcome: 'failed', errorCode: 'NoPermission' },
    });
    const replay = await runHere(['replay', '--dry-run'], environment);
    expect(replay.stdout.match(/\d{16}/g)?.sort()).toEqual(
      accounts.map(({ accountId }: { accountId: string }) => accountId).sort(),
    );
    sandbox.faults.clear();
    expect((await runHere(['replay', '--yes'], environment)).code).toBe(0);
    expect((await runHere(['status'], environment)).code).toBe(0);
  });

  test('a function of FC 2.0', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 2,
      config: { organization: 'on' },
    });
    sandbox.functionCompute.createFunction({
      name: 'onboarding/backfill',
      codeDir: 'dist/backfill',
      handler: 'index.handler',
      runtime: 'nodejs20',
      timeoutSeconds: 780,
      memorySizeMb: 512,
      roleArn: `acs:ram::${sandbox.managementAccountId}:role/account-onboarding`,
      environment: {
        LOG_PROJECT: `account-onboarding-${sandbox.managementAccountId}`,
        LOG_STORE: 'results',
        LOG_ENDPOINT: sandbox.endpoint,
        CONFIG_ENDPOINT: sandbox.endpoint,
        RESOURCE_MANAGER_ENDPOINT: sandbox.endpoint,
      },
    });
    const { code, stdout } = await runHere(
      ['backfill', '--yes', '--function', 'onboarding/backfill', '--json'],
      environment,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      finished: true,
      outcome: 'succeeded',
      accounts: { alreadyCovered: 2 },
      attention: [],
    });
    expect(sandbox.functionCompute.invocations().map(({ functionName }) => functionName)).toEqual([
      'onboarding/backfill',
      'onboarding/backfill',
    ]);
  });

  test('here, with --local', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 2,
      config: { organization: 'off' },
    });
    const { code, stdout, stderr } = await runHere(['backfill', '--yes', '--local'], environment);
    expect([code, stdout.includes('All 2 accounts are covered')]).toEqual([0, true]);
    const runId = FOLLOW.exec(stderr)?.[1];
    expect(sandbox.runEntries()).toMatchObject([{ run_id: runId, trigger: 'manual' }]);
    expect(sandbox.runEntries()[0]).not.toHaveProperty('function_request_id');
    expect(sandbox.functionCompute.invocations()).toEqual([]);
    expect((await runHere(['backfill', '--follow', runId ?? ''], environment)).code).toBe(0);
  });

  test('here, and the log store refuses: the results are on standard output, exit 1', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 2,
      config: { organization: 'on' },
    });
    sandbox.faults.add({
      service: 'log-service',
      operation: 'PutLogs',
      effect: { kind: 'error', code: 'Unauthorized' },
      when: { always: true },
    });
    const { code, stdout, stderr } = await runCli(['backfill', '--yes', '--local'], environment);
    expect(code).toBe(1);
    expect(stderr).toContain(
      '3 of 3 results could not be stored in the log store and are on standard output',
    );
    const printed = stdout.split('\n').filter((line) => line.startsWith('{'));
    expect(printed.map((line) => JSON.parse(line).entry_type)).toEqual([
      'account',
      'account',
      'run',
    ]);
    expect(sandbox.entries()).toEqual([]);
  });
});
