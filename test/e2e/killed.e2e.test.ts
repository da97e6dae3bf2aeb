/**
 * A command that is killed leaves nothing that the next one can't finish: each is killed when the
 * cloud has done what it asked for, before it hears of it, and then run again to its end.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { connectOperator } from '../../alicloud/connect-operator.ts';
import { COMMANDS } from '../../cli/commands/all.ts';
import { main } from '../../cli/main.ts';
import { retryReads } from '../../cli/retry-reads.ts';
import { createSandbox, type Sandbox } from '../../sandbox/src/index.ts';
import { operatorEnvironmentFor } from '../../scripts/deploy-to-sandbox.ts';
import { cutOff } from '../support/cli/cut-off.ts';
import { runHere } from '../support/cli/in-process.ts';
import { createFakeOutput } from '../support/cli/output.ts';
import { type CliEnvironment, startCli } from '../support/cli/process.ts';
import { cliSandbox } from '../support/cli/sandbox.ts';

interface Moment {
  readonly service: string;
  readonly operation: string;
  /** Default: the first. */
  readonly nth?: number;
}

async function kill(
  args: readonly string[],
  sandbox: Sandbox,
  environment: CliEnvironment,
  { service, operation, nth = 1 }: Moment,
): Promise<void> {
  const { journal, endpoint } = sandbox;
  const before = journal.count(service, operation);
  const isReached = () => journal.count(service, operation) >= before + nth;
  const front = await cutOff(endpoint, isReached);
  const behind = Object.entries(environment).map(([name, value]) => [
    name,
    value === endpoint ? front.endpoint : value,
  ]);
  const cli = startCli(args, Object.fromEntries(behind));
  const ended = cli.done.then(({ stdout, stderr }) => {
    throw new Error(`It ended before it was killed:\n${stdout}${stderr}`);
  });
  await Promise.race([front.reached, ended]);
  ended.catch(() => undefined);
  cli.child.kill('SIGKILL');
  expect((await cli.done).signal).toBe('SIGKILL');
}

const ros = (operation: string, nth?: number): Moment => ({
  service: 'resource-orchestration',
  operation,
  nth,
});

/**
 * Resources are made on the sandbox's clock, and the command's own deadlines are on it: faster, and a
 * moment in which the machine does something else would be a minute that nothing answered.
 */
const SPEED = 40;

async function emptySandbox() {
  const sandbox = await createSandbox({ speed: SPEED });
  onTestFinished(() => sandbox.close());
  const environment = operatorEnvironmentFor(sandbox);
  const project = `account-onboarding-${sandbox.managementAccountId}`;
  const clock = {
    now: () => sandbox.world.clock.now(),
    sleep: async (durationMs: number) => {
      await sleep(durationMs / SPEED);
    },
  };
  /** The command as it is run next, in this process and on the sandbox's clock. */
  async function setup(...args: string[]) {
    const { output, stdout, stderr, progress } = createFakeOutput();
    const code = await main(
      ['setup', ...args],
      { commands: COMMANDS, version: '1' },
      {
        output,
        connect: (given) => connectOperator({ retryReads, environment, given, clock }),
        interrupted: new AbortController().signal,
      },
    );
    return { code, stdout: stdout(), stderr: stderr(), progress };
  }
  const keptDays = () => sandbox.logService.settingsOf(project, 'results').ttlDays;
  const statuses = () =>
    sandbox.resourceOrchestration
      .stacks()
      .map(({ status }) => status)
      .filter((status) => status !== 'DELETE_COMPLETE');
  return { sandbox, environment, setup, keptDays, statuses, project };
}

const LEFT_UNDER_REVIEW =
  'waiting for the stack account-onboarding, which is in REVIEW_IN_PROGRESS';

/** `waitsFor`: what it has left is waited for with a word. */
test.each<Moment & { waitsFor?: string }>([
  { service: 'resource-manager', operation: 'CreateServiceLinkedRole' },
  { ...ros('CreateChangeSet'), waitsFor: LEFT_UNDER_REVIEW },
  ros('ExecuteChangeSet'),
  ros('ListStackEvents', 3),
])('setup, killed at $operation', async ({ waitsFor, ...moment }) => {
  const { sandbox, environment, setup, keptDays, statuses } = await emptySandbox();
  await kill(['setup', '--parameter', 'RetentionDays=730'], sandbox, environment, moment);
  const next = await setup('--parameter', 'RetentionDays=730');
  expect(next).toMatchObject({ code: 0 });
  if (waitsFor !== undefined) expect(next.progress).toContain(waitsFor);
  expect([statuses(), keptDays()]).toEqual([['CREATE_COMPLETE'], 730]);
  expect((await setup('--parameter', 'RetentionDays=730')).stdout).toMatch(/^Nothing to change/);
});

test.each<Moment>([ros('CreateChangeSet'), ros('ExecuteChangeSet')])(
  'setup over what is there, killed at $operation',
  async (moment) => {
    const { sandbox, environment, setup, keptDays, statuses } = await emptySandbox();
    await setup();
    await kill(['setup', '--parameter', 'RetentionDays=730'], sandbox, environment, moment);
    expect(await setup('--parameter', 'RetentionDays=730')).toMatchObject({ code: 0 });
    expect([statuses(), keptDays()]).toEqual([
      [expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/)],
      730,
    ]);
  },
);

test.each<Moment>([ros('DeleteStack'), { service: 'log-service', operation: 'DeleteProject' }])(
  'setup --remove --delete-results, killed at $operation',
  async (moment) => {
    const { sandbox, environment, setup, statuses, project } = await emptySandbox();
    await setup();
    const remove = ['--remove', '--delete-results', '--log-project', project, '--yes'];
    await kill(['setup', ...remove], sandbox, environment, moment);
    expect(await setup(...remove)).toMatchObject({ code: 0 });
    expect(statuses()).toEqual([]);
    expect(() => sandbox.logService.requireProject(project)).toThrow();
    expect(await setup()).toMatchObject({ code: 0 });
  },
);

const PLANNED = { service: 'function-compute', operation: 'InvokeFunction' };
const LOOKED = { service: 'log-service', operation: 'GetLogs' };

test.each<[Moment, string[]]>([
  [LOOKED, []],
  [{ ...PLANNED, nth: 2 }, []],
  [{ service: 'config', operation: 'StartConfigurationRecorder' }, ['--local']],
  [{ service: 'log-service', operation: 'PutLogs' }, ['--local']],
])('backfill, killed at %o %j', async (moment, where) => {
  const { sandbox, environment } = await cliSandbox({
    members: 3,
    config: { organization: 'off' },
  });
  const args = ['backfill', '--yes', ...where];
  await kill(args, sandbox, environment, moment);
  const again = await runHere(args, environment);
  expect([again.code, again.stdout]).toEqual([
    0,
    expect.stringContaining('All 3 accounts are covered'),
  ]);
  const covered = sandbox
    .accountEntries()
    .filter(({ outcome }) => outcome === 'covered' || outcome === 'already-covered');
  expect(new Set(covered.map(({ account_id }) => account_id)).size).toBe(3);
  expect((await runHere(['status'], environment)).code).toBe(0);
});
