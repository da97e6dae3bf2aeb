import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'fast-string-width';
import { describe, expect, test, vi } from 'vitest';
import { runHere } from '../support/cli/in-process.ts';
import { runCli, runCliOnTerminal, startCli } from '../support/cli/process.ts';
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
      The recorder will be started, once for the whole organization. Enterprise mode is off: the organization is REGISTRABLE.

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
    expect(stderr).toContain('3 of 3 results are not in the log store but on standard output');
    const printed = stdout.split('\n').filter((line) => line.startsWith('{'));
    expect(printed.map((line) => JSON.parse(line).entry_type)).toEqual([
      'account',
      'account',
      'run',
    ]);
    expect(sandbox.entries()).toEqual([]);
  });
});

describe('killing the command loses nothing', () => {
  /** Nothing is built before time is moved. */
  const slow = async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 3,
      speed: 0,
      config: { organization: 'off' },
    });
    return { sandbox, environment, goOn: () => sandbox.world.clock.setSpeed(1) };
  };

  test('interrupted: it says how to go on; exit 130; then picked up', async () => {
    const { sandbox, environment, goOn } = await slow();
    const cli = startCli(['backfill', '--yes'], environment);
    await cli.said(/covered 0 of 3/);
    cli.child.kill('SIGINT');
    const { code, stderr } = await cli.done;
    goOn();
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted; the run goes on. To pick it up again:');
    const [id] = [...stderr.matchAll(new RegExp(FOLLOW, 'g'))].map(([, group]) => group).slice(-1);

    const followed = await runHere(['backfill', '--follow', id ?? ''], environment);
    expect([followed.code, followed.stdout.includes('All 3 accounts are covered')]).toEqual([
      0,
      true,
    ]);
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.runEntries()).toMatchObject([{ outcome: 'succeeded', covered: '3' }]);
  });

  test('kill -9, and picked up by the id that was shown, then by the run id', async () => {
    const { sandbox, environment, goOn } = await slow();
    const cli = startCli(['backfill', '--yes'], environment);
    const requestId = await cli.said(FOLLOW);
    cli.child.kill('SIGKILL');
    expect((await cli.done).signal).toBe('SIGKILL');
    goOn();

    const followed = await runHere(['backfill', '--follow', requestId], environment);
    expect(followed.code).toBe(0);
    const [run] = sandbox.runEntries();
    expect(run?.function_request_id).toBe(requestId);
    const byRun = await runHere(['backfill', '--follow', run?.run_id ?? '', '--json'], environment);
    expect(JSON.parse(byRun.stdout)).toMatchObject({
      runId: run?.run_id,
      accounts: { covered: 3 },
    });
  });

  test('a local run is ended, too: exit 130, and a repeat completes it', async () => {
    const { sandbox, environment, goOn } = await slow();
    const cli = startCli(['backfill', '--yes', '--local'], environment);
    await cli.said(/covered 0 of 3/);
    cli.child.kill('SIGTERM');
    const { code, stderr } = await cli.done;
    goOn();
    expect([code, stderr.includes('Interrupted, and the run with it')]).toEqual([130, true]);
    expect(sandbox.runEntries()).toEqual([]);

    expect((await runHere(['backfill', '--yes', '--local'], environment)).code).toBe(0);
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.runEntries()).toHaveLength(1);
  });

  test('interrupted while the function is being started: a second time ends it; exit 130', async () => {
    const { sandbox, environment } = await slow();
    sandbox.faults.add({
      service: 'function-compute',
      operation: 'InvokeFunction',
      effect: { kind: 'hang' },
      when: { nth: 2 },
    });
    const cli = startCli(['backfill', '--yes'], environment);
    const isStarting = () => sandbox.journal.count('function-compute', 'InvokeFunction') === 2;
    await vi.waitFor(() => expect(isStarting()).toBe(true), { timeout: 30_000, interval: 10 });
    cli.child.kill('SIGINT');
    // Whether the run was started is not known yet, so that the command stays to find out.
    const stayed = await Promise.race([
      cli.done,
      new Promise((resolve) => setTimeout(resolve, 300, 'stayed')),
    ]);
    expect(stayed).toBe('stayed');
    cli.child.kill('SIGINT');
    expect(await cli.done).toMatchObject({ code: 130, signal: null });
    expect(sandbox.entries()).toEqual([]);
  });

  test('out of time: exit 3', async () => {
    const { environment } = await slow();
    const { code, stderr, stdout } = await runHere(
      ['backfill', '--yes', '--wait', '1', '--json'],
      environment,
    );
    expect(code).toBe(3);
    expect(stderr).toContain('After 1 s nothing of the run can be read: it has not begun');
    expect(JSON.parse(stdout)).toMatchObject({ finished: false, follow: FOLLOW.exec(stderr)?.[1] });
  });
});

describe('status', () => {
  test('what the directory lists and the group lacks is marked; CSV has everything', async () => {
    const { sandbox, environment } = await cliSandbox({
      config: { organization: 'on', groupMemberLimit: 1, joinDelayMs: 0, memberBuildMs: 0 },
    });
    const { directory } = sandbox;
    const folder = directory.createFolder('eu');
    directory.addAccount({ displayName: 'first', folderId: folder.folderId });
    const { accountId } = directory.addAccount({
      displayName: 'a "quoted", name',
      joinedAtMs: Date.now() - 2 * 86_400_000,
    });
    directory.addAccount({ displayName: 'half-made', status: 'CreateVerifying' });

    const table = await runCli(['status'], environment);
    expect(table.code).toBe(3);
    expect(table.stdout).toContain('1 of 2 members are covered: 1 pending.');
    expect(table.stdout).toMatch(new RegExp(`${accountId} .* not in group {2}none yet`));
    expect(table.stderr).toContain('The log store has no results yet.');

    await sandbox.call('backfill', { verifyForSeconds: 0 });
    const csv = await runHere(['status', '--csv', '--uncovered'], environment);
    const [head, row] = csv.stdout.split('\r\n');
    expect(csv.stdout).not.toMatch(/[^\r]\n/);
    expect(head).toBe(
      '\uFEFFaccount_id,account_name,recorder_status,state,last_outcome,last_recorder_status,last_time,last_trigger,run_id,error_code,error_message,recommendation',
    );
    expect(row).toMatch(new RegExp(`^"${accountId}\t","a ""quoted"", name",,pending,pending,,`));
    const late = { ...environment, OVERDUE_AFTER_SECONDS: '0.001' };
    const overdue = await runHere(['status'], late);
    expect([overdue.code, overdue.stdout.includes('1 overdue.')]).toEqual([2, true]);

    const inFolder = await runHere(['status', '--folder', folder.folderId], environment);
    expect([inFolder.code, inFolder.stdout.includes('The one member is covered.')]).toEqual([
      0,
      true,
    ]);
  });

  test('the log store does not exist: members all the same; a backfill is not started', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 1,
      config: { organization: 'off' },
    });
    const elsewhere = { ...environment, LOG_PROJECT: 'elsewhere' };
    const status = await runHere(['status'], elsewhere);
    expect(status.code).toBe(3);
    expect(status.stderr).toContain('There is no log project elsewhere (ProjectNotExist).');
    expect(status.stderr).not.toContain('no results yet');
    const replay = await runHere(['replay', '--yes'], elsewhere);
    expect([replay.code, replay.stdout]).toEqual([1, '']);
    expect(replay.stderr).toContain('There is no log project elsewhere');
    const run = await runHere(['backfill', '--yes'], elsewhere);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('onboard setup');
    expect(sandbox.starts()).toBe(0);
  });
});

describe('what goes wrong is one message, exit 1', () => {
  test('of the function', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 1,
      config: { organization: 'on' },
    });
    const { code, stderr } = await runHere(
      ['backfill', '--yes', '--folder', 'fd-none'],
      environment,
    );
    // It was the plan that failed, and a dry run writes nothing.
    expect(sandbox.entries()).toEqual([]);
    expect(code).toBe(1);
    expect(stderr).toContain('The function failed: NoAccountInScope: ');
    expect(stderr).toMatch(/Request id: \S+/);
    expect(stderr).not.toContain('    at ');
  });

  test('of a service: no such function, wrong credentials, nobody there', async () => {
    const { environment } = await cliSandbox();
    const missing = await runHere(['backfill', '--yes', '--function', 'backfil'], environment);
    expect([
      missing.code,
      missing.stderr.includes('InvokeFunction failed: FunctionNotFound'),
    ]).toEqual([1, true]);
    expect(missing.stderr).toContain('--function');
    const wrong = await runHere(['status'], {
      ...environment,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong-secret',
    });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('Renew the credentials');
    const away = await runHere(['status', '--debug'], {
      ...environment,
      RESOURCE_MANAGER_ENDPOINT: 'http://127.0.0.1:9',
    });
    expect(away.code).toBe(1);
    expect(away.stderr).toContain('NoAnswer');
    expect(away.stderr).toContain('    at ');
  });

  test('of the moment: reads are tried again, and nothing is said', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 1,
      config: { organization: 'on' },
    });
    for (const [service, operation] of [
      ['resource-manager', 'GetResourceDirectory'],
      ['function-compute', 'InvokeFunction'],
      ['log-service', 'GetLogs'],
    ] as const) {
      sandbox.world.faults.add({
        service,
        operation,
        effect: { kind: 'reset' },
        when: { first: 1 },
      });
    }
    const { code, stderr } = await runHere(['backfill', '--yes'], environment);
    expect([code, stderr.includes('failed')]).toEqual([0, false]);
    expect(sandbox.runEntries()).toMatchObject([{ outcome: 'succeeded' }]);
  });

  test.each(['stdout', 'stderr'] as const)('of who reads %s: they are gone', async (stream) => {
    const { sandbox, environment } = await cliSandbox({
      members: 1,
      config: { organization: 'off' },
    });
    const cli = startCli(['backfill', '--yes'], environment);
    cli.child[stream]?.destroy();
    const { code, signal, stderr } = await cli.done;
    // The command finishes, and what it found is its exit code.
    expect([code, signal]).toEqual([0, null]);
    expect(stderr).not.toContain('EPIPE');
    expect(sandbox.runEntries()).toHaveLength(1);
  });

  test('of the person', async () => {
    const settings = await runCli(['status'], {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'key',
      CONFIG_ENDPOINT: 'nowhere',
    });
    expect([settings.code, settings.stdout]).toEqual([1, '']);
    expect(settings.stderr).toMatch(
      /2 settings are wrong: ALIBABA_CLOUD_ACCESS_KEY_SECRET is required; CONFIG_ENDPOINT is no URL/,
    );
    const unknown = await runHere(['bakfill']);
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      'There is no command bakfill. Did you mean backfill?\nonboard --help says how it is used.\n',
    ]);
  });
});

test('--help and --version', async () => {
  const help = await runCli(['backfill', '--yes', '--help']);
  expect([help.code, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toContain('onboard backfill --dry-run');
  expect((await runCli(['--version'])).stdout).toBe('0.1.0\n');
});
