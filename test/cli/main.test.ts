import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { defineCommand } from '../../cli/command.ts';
import { COMMANDS } from '../../cli/commands/all.ts';
import { main, type Shell } from '../../cli/main.ts';
import type { Operator } from '../../cli/operator.ts';
import type { Output } from '../../cli/output.ts';
import { en } from '../../cli/texts/en.ts';
import { createFakeOutput } from '../support/cli/output.ts';

/** Whatever is asked of it: an argument that is wrong must not reach the cloud. */
const untouchable = new Proxy({} as Operator, {
  get: (_, name) => {
    throw new Error(`operator.${String(name)} was touched`);
  },
});

const shellOf = (output: Output): Shell => ({
  output,
  connect: () => untouchable,
  interrupted: new AbortController().signal,
});

async function onboard(...args: string[]) {
  const fake = createFakeOutput();
  const code = await main(args, { commands: COMMANDS, version: '1.2.3' }, shellOf(fake.output));
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
    expect(stdout).toMatch(/^ {2}3 {4}something is pending/m);
  });

  test.each(COMMANDS.map(({ name }) => name))('of %s says all, in 80 columns', async (name) => {
    const { code, stdout } = await onboard(name, '--help');
    expect(code).toBe(0);
    expect((await onboard('help', name)).stdout).toBe(stdout);
    const { options, examples } = en.commands[name];
    const flat = stdout.replace(/\s+/g, ' ');
    for (const text of Object.values(options)) expect(flat).toContain(text);
    for (const text of Object.values(en.help.commonOptions)) expect(flat).toContain(text);
    for (const { command } of examples) expect(stdout).toContain(`  ${command}`);
    for (const title of ['Usage:', 'Options:', 'Environment:', 'Examples:', 'Exit codes:']) {
      expect(stdout).toMatch(new RegExp(`^${title}`, 'm'));
    }
    for (const line of stdout.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
  });

  test('names what every setting is, and those of --local', async () => {
    const { stdout } = await onboard('backfill', '--help');
    expect(stdout).toMatch(/OVERDUE_AFTER_SECONDS +how long after joining .*\n.*default 86400 s/);
    for (const name of ['RETRY_BASE_SECONDS', 'POLL_CAP_SECONDS']) expect(stdout).toContain(name);
  });

  test('wins over what else is wrong', async () => {
    expect((await onboard('status', '--nonsense', '--help')).code).toBe(0);
  });
});

test('the version', async () => {
  expect(await onboard('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
});

describe('what is typed wrong is said, and where to read on; exit 1', () => {
  test.each([
    [['statsu'], 'There is no command statsu. Did you mean status?'],
    [['deploy'], 'There is no command deploy.'],
    [
      ['--json'],
      'Give a command: setup, doctor, backfill, status, report, account, runs, logs, replay, completion.',
    ],
    [['--jsn', 'status'], 'There is no option --jsn. Did you mean --json?'],
    [['status', '--uncoverd'], 'There is no option --uncoverd. Did you mean --uncovered?'],
    [['status', '--everything'], 'There is no option --everything.'],
    [['status', '1000000000000002'], 'Unexpected argument 1000000000000002.'],
    [['status', '--account'], '--account <id...> needs a value.'],
    [['status', '--folder', '--json'], '--folder <id> needs a value.'],
    [['backfill', '--', 'x'], 'Unexpected argument x.'],
    [['status', '--folder='], '--folder <id> needs a value.'],
    [['status', '--folder', 'fd-1', '--folder', 'fd-2'], '--folder is given twice.'],
    [['--region', 'a', 'status', '--region', 'b'], '--region is given twice.'],
    [['status', '--region', '--json'], '--region <id> needs a value.'],
    [['status', '--json=yes'], 'There is no option --json=yes.'],
    [['status', '--json', '--csv'], 'Give --json or --csv, not both.'],
    [['account'], 'The argument id is missing.'],
    [['account', 'me'], 'me is not a valid account ID'],
    [['account', '1000000000000002', 'x'], 'Unexpected argument x.'],
    [['runs', '--limit', '0'], '--limit 0 is not a whole number of at least 1.'],
    [['runs', '--trigger', 'me'], '--trigger me is not one of event, schedule and manual.'],
    [['status', '--state', 'bad'], '--state bad is not one of failed, overdue, pending, unknown, '],
    [['status', '--state', 'failed', '--uncovered'], 'Give --state or --uncovered, not both.'],
    [['status', '--interval', '5'], '--interval works only with --watch.'],
    [['status', '--watch', '--interval', '0'], '--interval 0 is not a whole number of seconds'],
    [['status', '--watch', '--csv'], '--watch can be combined with --json, but not with --csv.'],
    [['logs', '--run', "x' or 1"], "x' or 1 is not a valid run ID or request ID."],
    [['logs', '--days', 'x'], '--days x is not a whole number of days'],
    [['report'], 'Give --out FILE.html'],
    [['report', '--json', '--csv'], 'Give --json or --csv, not both.'],
    [['report', '--csv', '--days', '0'], '--days 0 is not a whole number of days from 1 to 3600.'],
    [['report', '--csv', '--days', '1.5'], '--days 1.5 is not a whole number of days'],
    [['status', '--lang', 'fr'], '--lang fr is not a language of this command'],
    [['status', '--account', 'me'], 'me is not a valid account ID: it has only digits'],
    [['status', '--folder', 'eu'], 'eu is not a valid folder ID: it begins with fd-'],
    [['backfill', '--exclude', '12'], '12 is not a valid account ID'],
    [['backfill', '--wait', 'long'], '--wait long is not a whole number of seconds from 1'],
    [['backfill', '--wait', '0'], '--wait 0 is not a whole number'],
    [['backfill', '--wait', '0.5'], '--wait 0.5 is not a whole number'],
    [['backfill', '--wait', '0x10'], '--wait 0x10 is not a whole number'],
    [['backfill', '--wait', '86401'], '--wait 86401 is not a whole number'],
    [['backfill', '--local', '--function', 'x'], '--local runs here'],
    [['backfill', '--function', 'a/b/c'], 'a/b/c is not a valid function'],
    [['backfill', '--follow', "x' or 1=1"], "x' or 1=1 is not a valid run ID or request ID."],
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
  const broken = defineCommand({ name: 'status', declare: (command) => command }, () =>
    Promise.reject(new RangeError('out of it')),
  );
  const run = async (...args: string[]) => {
    const fake = createFakeOutput();
    const program = { commands: [broken], version: '1' };
    return { code: await main(args, program, shellOf(fake.output)), fake };
  };

  test('is one message without a stack', async () => {
    const { code, fake } = await run('status');
    expect(code).toBe(1);
    expect(fake.notes).toEqual([
      'Unexpected RangeError: out of it',
      'Run it again with --debug to see where it came from.',
    ]);
  });

  test.each([
    ['status', '--debug'],
    ['--debug', 'status'],
  ])('with --debug, the stack: %j', async (...args) => {
    const { code, fake } = await run(...args);
    expect(code).toBe(1);
    expect(fake.stderr()).toMatch(/RangeError: out of it\n {4}at /);
  });
});
