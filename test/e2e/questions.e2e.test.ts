/** Every question of the command, on a pseudo-terminal and piped, with its exit code. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../sandbox/src/index.ts';
import { runHere } from '../support/cli/in-process.ts';
import { runCli, startCli, startCliOnTerminal } from '../support/cli/process.ts';
import { cliSandbox } from '../support/cli/sandbox.ts';

const CTRL_C = '\x03';
const CTRL_D = '\x04';
const plain = (text: string) => text.replace(/\s+/g, ' ');

describe('the first start of enterprise mode', () => {
  const offline = () => cliSandbox({ members: 2, config: { organization: 'off' } });

  test.each([
    ['backfill', []],
    ['backfill', ['--local']],
  ])('piped, %s %j: refused; exit 1', async (command, more) => {
    const { sandbox, environment } = await offline();
    const { code, stderr } = await runCli([command, ...more], environment);
    expect(code).toBe(1);
    expect(stderr).toContain('records the resources of every member of the resource directory');
    expect(stderr).toContain("It can't be turned off again without losing what was recorded.");
    expect(stderr).toMatch(/\nNothing was changed: .* Confirm with --yes\.\n$/);
    expect(sandbox.starts()).toBe(0);
    expect(sandbox.entries()).toEqual([]);
  });

  test.each([
    ['no\r', 'Nothing was changed.', 1],
    ['\r', 'Nothing was changed.', 1],
    [CTRL_D, 'Nothing was changed.', 1],
    [CTRL_C, 'Interrupted. Nothing was changed.', 130],
  ])('on a terminal, %j: %s', async (typed, says, exitCode) => {
    const { sandbox, environment } = await offline();
    const cli = startCliOnTerminal(['backfill'], environment);
    await cli.said(/Continue\? Only yes is accepted: /);
    cli.type(typed);
    const { code, stdout } = await cli.done;
    expect([code, plain(stdout).trimEnd().endsWith(says)]).toEqual([exitCode, true]);
    expect(sandbox.starts()).toBe(0);
  });

  test('on a terminal, yes: it is done', async () => {
    const { sandbox, environment } = await offline();
    const cli = startCliOnTerminal(['backfill'], environment);
    await cli.said(/Continue\? Only yes is accepted: /);
    cli.type('yes\r');
    const { code, stdout } = await cli.done;
    expect([code, plain(stdout).includes('All 2 accounts are covered')]).toEqual([0, true]);
    expect(sandbox.starts()).toBe(1);
  });

  test('where it is on, nothing is asked', async () => {
    const { environment } = await cliSandbox({ members: 2, config: { organization: 'on' } });
    expect((await runCli(['backfill'], environment)).code).toBe(0);
  });
});

describe('setup --remove', () => {
  async function deployed() {
    const { sandbox, environment } = await cliSandbox();
    const project = `account-onboarding-${sandbox.managementAccountId}`;
    const isThere = () =>
      sandbox.resourceOrchestration
        .stacks()
        .some(({ name, status }) => name === 'account-onboarding' && status === 'CREATE_COMPLETE');
    return { sandbox, environment, project, isThere };
  }

  test('piped: refused, and what still stands on it is named; exit 1', async () => {
    const { environment, isThere } = await deployed();
    const { code, stderr } = await runCli(['setup', '--remove'], environment);
    expect(code).toBe(1);
    expect(stderr).toMatch(/still deployed and use its roles: .*backfill/);
    expect(stderr).toMatch(/Confirm with --yes\.\n$/);
    expect(isThere()).toBe(true);
  });

  test('--delete-results on a terminal: yes is not enough; exit 1', async () => {
    const { environment, project, isThere, sandbox } = await deployed();
    const cli = startCliOnTerminal(['setup', '--remove', '--delete-results'], environment);
    await cli.said(new RegExp(`Type ${project} to continue: `));
    cli.type('yes\r');
    expect((await cli.done).code).toBe(1);
    expect(isThere()).toBe(true);
    sandbox.logService.requireProject(project);
  });

  test('Ctrl-C at the question: 130', async () => {
    const { environment, isThere } = await deployed();
    const cli = startCliOnTerminal(['setup', '--remove'], environment);
    await cli.said(/Continue\?/);
    cli.type(CTRL_C);
    expect((await cli.done).code).toBe(130);
    expect(isThere()).toBe(true);
  });
});

describe('a shorter retention', () => {
  async function longKept() {
    const sandbox = await createSandbox({ speed: 200 });
    onTestFinished(() => sandbox.close());
    const environment = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: sandbox.credentials.accessKeySecret,
      ...Object.fromEntries(
        ['CONFIG', 'FC', 'LOG', 'RESOURCE_MANAGER', 'ROS'].map((name) => [
          `${name}_ENDPOINT`,
          sandbox.endpoint,
        ]),
      ),
    };
    await runCli(['setup', '--parameter', 'RetentionDays=730'], environment);
    const project = `account-onboarding-${sandbox.managementAccountId}`;
    const kept = () => sandbox.logService.settingsOf(project, 'results').ttlDays;
    return { environment, kept };
  }
  const shorter = ['setup', '--parameter', 'RetentionDays=90'];

  test('piped: refused; on a terminal: asked', { timeout: 60_000 }, async () => {
    const { environment, kept } = await longKept();
    const piped = await runCli(shorter, environment);
    expect(piped.code).toBe(1);
    expect(piped.stdout).toMatch(/Results +TTL +730 → 90/);
    expect(piped.stderr).toContain('Results will be kept for 90 days instead of 730');
    expect(kept()).toBe(730);

    const cli = startCliOnTerminal(shorter, environment);
    await cli.said(/Continue\?/);
    cli.type('yes\r');
    expect((await cli.done).code).toBe(0);
    expect(kept()).toBe(90);
  });
});

describe('waiting', () => {
  /** A port on which nobody listens. */
  async function deadEndpoint(): Promise<string> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return `http://127.0.0.1:${port}`;
  }

  test.each([['status'], ['backfill', '--follow', 'run-1']])(
    '%s: a connection that is refused is said while it goes on trying; Ctrl-C ends it',
    async (...args) => {
      const { environment } = await cliSandbox({ members: 1 });
      const dead = { ...environment, LOG_ENDPOINT: await deadEndpoint(), RETRY_CAP_SECONDS: '30' };
      const cli = startCli(args, { ...dead, RETRY_BASE_SECONDS: '30' });
      await cli.said(/GetLogs: connection refused · 2nd try in .*, for .* more at most/);
      cli.child.kill('SIGINT');
      const { code, stderr } = await cli.done;
      expect(code).toBe(130);
      expect(stderr).toContain('Interrupted');
    },
  );

  test('a run here, and no log store: why it waits is said, and nothing is started; exit 1', async () => {
    const { sandbox, environment } = await cliSandbox({ members: 1 });
    const elsewhere = { ...environment, LOG_PROJECT: 'elsewhere' };
    const { code, stderr } = await runHere(['backfill', '--local'], elsewhere);
    expect(code).toBe(1);
    expect(stderr).toMatch(/GetLogs: ProjectNotExist · 2nd try in .*, for .* more at most/);
    expect(stderr).toContain('There is no log project elsewhere (ProjectNotExist).');
    expect(sandbox.starts()).toBe(0);
  });

  test('a locked log store: status shows the recorders all the same', async () => {
    const { sandbox, environment } = await cliSandbox({ members: 2 });
    sandbox.faults.add({
      service: 'log-service',
      operation: 'GetLogs',
      effect: { kind: 'error', code: 'Unauthorized' },
      when: { always: true },
    });
    const { stdout, stderr } = await runCli(['status'], environment);
    expect(stderr).toContain("The log store can't be read: GetLogs failed: Unauthorized");
    expect(stdout).toMatch(/of 2 members are covered|All 2 members are covered/);
  });
});
