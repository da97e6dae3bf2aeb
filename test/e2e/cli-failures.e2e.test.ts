import { describe, expect, test } from 'vitest';
import { runHere } from '../support/cli/in-process.ts';
import { runCli, startCli } from '../support/cli/process.ts';
import { cliSandbox } from '../support/cli/sandbox.ts';

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
      /2 settings are wrong: ALIBABA_CLOUD_ACCESS_KEY_SECRET is required; CONFIG_ENDPOINT is not a URL/,
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
