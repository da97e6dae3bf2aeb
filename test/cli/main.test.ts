import { describe, expect, test } from 'vitest';
import { defineCommand } from '../../cli/command.ts';
import { COMMANDS } from '../../cli/commands/all.ts';
import { main } from '../../cli/main.ts';
import type { Operator } from '../../cli/operator.ts';
import { runnable } from '../../cli/runnable.ts';
import { displayWidth } from '../../cli/text-width.ts';
import { createFakeOutput } from '../support/cli-operator.ts';

/** Whatever is asked of it: an argument that is wrong must not reach the cloud. */
const untouchable = new Proxy({} as Operator, {
  get: (_, name) => {
    throw new Error(`operator.${String(name)} was touched`);
  },
});

async function onboard(...args: string[]) {
  const fake = createFakeOutput();
  const context = {
    output: fake.output,
    operator: untouchable,
    interrupted: new AbortController().signal,
  };
  const code = await main(args, { commands: COMMANDS, version: '1.2.3' }, context);
  return { code, stdout: fake.stdout(), stderr: fake.stderr() };
}

describe('help', () => {
  test.each([[], ['--help'], ['-h'], ['help']])('of all: %j', async (...args: string[]) => {
    const { code, stdout } = await onboard(...args);
    expect(code).toBe(0);
    for (const name of ['setup', 'backfill', 'status', 'replay']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} {2,}\\S`, 'm'));
    }
    expect(stdout).toMatch(/^ {2}ALIBABA_CLOUD_ACCESS_KEY_ID {2}/m);
    expect(stdout).toMatch(/^ {2}3 {2}something is pending/m);
  });

  test.each(COMMANDS.map(({ name }) => name))('of %s says all, in 80 columns', async (name) => {
    const { code, stdout } = await onboard(name, '--help');
    expect(code).toBe(0);
    expect((await onboard('help', name)).stdout).toBe(stdout);
    const command = COMMANDS.find((one) => one.name === name);
    for (const option of Object.keys(command?.options ?? {}))
      expect(stdout).toContain(`--${option}`);
    for (const { command: line } of command?.examples ?? []) expect(stdout).toContain(`  ${line}`);
    for (const title of ['Usage', 'Options', 'Environment', 'Examples', 'Exit codes']) {
      expect(stdout).toMatch(new RegExp(`^${title}$`, 'm'));
    }
    for (const line of stdout.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  test('names what every setting is, and those of --local', async () => {
    const { stdout } = await onboard('backfill', '--help');
    expect(stdout).toMatch(/OVERDUE_AFTER_SECONDS +How long after joining .*\n.*default 86400 s/);
    for (const name of ['RETRY_BASE_SECONDS', 'POLL_CAP_SECONDS']) expect(stdout).toContain(name);
  });

  test('wins over what else is wrong', async () => {
    expect((await onboard('status', '--nonsense', '--help')).code).toBe(0);
  });

  test('aligns what it lists', async () => {
    const { stdout } = await onboard('replay', '--help');
    expect(
      stdout.slice(stdout.indexOf('Options'), stdout.indexOf('Environment')),
    ).toMatchInlineSnapshot(`
      "Options
        --dry-run        Shows the plan, and changes nothing
        --function NAME  The deployed function (backfill); service/name on Function
                         Compute 2.0
        --local          Runs here, with these credentials, instead of in the function
        --wait SECONDS   How long to wait for the end, at most (840: what the function
                         may take, and a minute). A --local run ends with it, and has
                         recorded by then
        -h, --help       Shows this
        --debug          Shows where an error came from

      "
    `);
  });
});

test('the version', async () => {
  expect(await onboard('--version')).toEqual({ code: 0, stdout: '1.2.3', stderr: '' });
});

describe('what is typed wrong is said, and where to read on; exit 1', () => {
  test.each([
    [['statsu'], 'There is no command statsu. Did you mean status?'],
    [['deploy'], 'There is no command deploy.'],
    [['--json'], 'There is no option --json without a command.'],
    [['status', '--jsn'], 'There is no option --jsn. Did you mean --json?'],
    [['status', '--everything'], 'There is no option --everything.'],
    [
      ['status', '1000000000000002'],
      'Unexpected argument 1000000000000002: status takes options only.',
    ],
    [['status', '--account'], '--account needs a value: ID.'],
    [['status', '--account', '--json'], '--account needs a value: ID.'],
    [['backfill', '--', 'x'], 'Unexpected argument x: backfill takes options only.'],
    [['status', '--account='], '--account needs a value: ID.'],
    [['status', '--json=yes'], '--json takes no value.'],
    [['status', '--json', '--csv'], 'Give --json or --csv, not both.'],
    [['status', '--account', 'me'], 'me is no account id: it has digits only'],
    [['status', '--folder', 'eu'], 'eu is no folder id: it begins with fd-'],
    [['backfill', '--exclude', '12'], '12 is no account id'],
    [['backfill', '--wait', 'long'], '--wait long is no whole number of seconds from 1'],
    [['backfill', '--wait', '0'], '--wait 0 is no whole number'],
    [['backfill', '--wait', '0.5'], '--wait 0.5 is no whole number'],
    [['backfill', '--wait', '0x10'], '--wait 0x10 is no whole number'],
    [['backfill', '--wait', '86401'], '--wait 86401 is no whole number'],
    [['backfill', '--local', '--function', 'x'], '--local runs here'],
    [['backfill', '--function', 'a/b/c'], 'a/b/c is no function'],
    [['backfill', '--follow', "x' or 1=1"], "x' or 1=1 is no run id and no request id."],
    [['backfill', '--follow', 'x', '--folder', 'fd-1'], '--follow watches a run as it was started'],
    [['backfill', '--follow', 'x', '--dry-run'], '--follow watches a run as it was started'],
    [['replay', '--account', '1000000000000002'], 'There is no option --account.'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await onboard(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/onboard (\w+ )?--help says how it is used\.$/);
  });
});

describe('what nobody expected', () => {
  const broken = runnable(
    defineCommand({
      name: 'broken',
      summary: 'Fails',
      description: 'Fails.',
      options: {},
      examples: [],
      run: () => Promise.reject(new RangeError('out of it')),
    }),
  );
  const run = async (...args: string[]) => {
    const fake = createFakeOutput();
    const context = {
      output: fake.output,
      operator: untouchable,
      interrupted: new AbortController().signal,
    };
    return { code: await main(args, { commands: [broken], version: '1' }, context), fake };
  };

  test('is one message without a stack', async () => {
    const { code, fake } = await run('broken');
    expect(code).toBe(1);
    expect(fake.notes).toEqual([
      'Unexpected RangeError: out of it',
      'Run it again with --debug to see where it came from.',
    ]);
  });

  test.each([
    ['broken', '--debug'],
    ['--debug', 'broken'],
  ])('with --debug, the stack: %j', async (...args) => {
    const { code, fake } = await run(...args);
    expect(code).toBe(1);
    expect(fake.stderr()).toMatch(/RangeError: out of it\n {4}at /);
  });
});
