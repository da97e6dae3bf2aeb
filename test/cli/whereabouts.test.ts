/** Where the command acts, and as whom: the built command as a process of its own. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { en } from '../../cli/texts/en.ts';
import { describeWhereabouts } from '../../cli/whereabouts.ts';
import { createSandbox, type Sandbox } from '../../sandbox/src/index.ts';
import { runHere } from '../support/cli/in-process.ts';
import { runCli, runCliOnTerminal } from '../support/cli/process.ts';

let sandbox: Sandbox;
let endpoints: Record<string, string>;
beforeEach(async () => {
  sandbox = await createSandbox({ members: 2 });
  onTestFinished(() => sandbox.close());
  endpoints = Object.fromEntries(
    ['CONFIG', 'FC', 'LOG', 'RESOURCE_MANAGER', 'ROS'].map((name) => [
      `${name}_ENDPOINT`,
      sandbox.endpoint,
    ]),
  );
});

const key = () => ({
  ALIBABA_CLOUD_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: sandbox.credentials.accessKeySecret,
});

/** A home with a configuration of the aliyun CLI. */
async function home(profiles: readonly object[] | string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'onboard-home-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, '.aliyun'));
  const text =
    typeof profiles === 'string' ? profiles : JSON.stringify({ current: 'old', profiles });
  await writeFile(join(folder, '.aliyun', 'config.json'), text);
  return folder;
}

const profile = (name: string, more: object = {}) => ({
  name,
  mode: 'AK',
  access_key_id: sandbox.credentials.accessKeyId,
  access_key_secret: sandbox.credentials.accessKeySecret,
  ...more,
});

const acting = (rest: string) =>
  `Acting in management account ${sandbox.managementAccountId}, directory ${sandbox.directory.resourceDirectoryId}, ${rest}, sandbox at ${sandbox.endpoint}.\n`;

describe('is said first', () => {
  test.each([[[]], [['--json']]])('on standard error, piped: status %j', async (args) => {
    const { stdout, stderr } = await runCli(['status', ...args], { ...endpoints, ...key() });
    const line = acting('region cn-hangzhou, credentials of the environment');
    expect(stderr.replace('looking at every member\n', '')).toMatch(line);
    expect(stderr.indexOf('Acting')).toBeLessThan(stderr.indexOf('log project'));
    expect(stdout).not.toContain('Acting');
  });

  test('on a terminal', async () => {
    const { stdout } = await runCliOnTerminal(['status'], { ...endpoints, ...key() });
    expect(stdout.replace(/\s+/g, ' ')).toContain('region cn-hangzhou, credentials of the env');
  });

  test('that only a part is a sandbox', async () => {
    const { ROS_ENDPOINT: _, ...some } = endpoints;
    const { stderr } = await runCli(['status'], { ...some, ...key() });
    expect(stderr).toContain('a sandbox, except for ROS_ENDPOINT.');
  });
});

describe('credentials', () => {
  test('of a profile, with its region, whatever the environment has', async () => {
    const HOME = await home([profile('old'), profile('audit', { region_id: 'cn-beijing' })]);
    const env = { ...endpoints, HOME, ALIBABA_CLOUD_ACCESS_KEY_ID: 'another' };
    const { stderr } = await runCli(['status', '--profile', 'audit'], env);
    expect(stderr).toContain(acting('region cn-beijing, credentials of the profile audit'));
    const elsewhere = await runCli(
      ['status', '--profile', 'audit', '--region', 'cn-hongkong'],
      env,
    );
    expect(elsewhere.stderr).toContain('region cn-hongkong,');
  });

  test('of the current profile, where the environment has none', async () => {
    const HOME = await home([profile('old', { region_id: 'cn-beijing' })]);
    const { stderr } = await runCli(['status'], { ...endpoints, HOME });
    expect(stderr).toContain(
      acting("region cn-hangzhou, credentials of the aliyun CLI's current profile"),
    );
  });

  test('of a credentials URI', async () => {
    const server = createServer((_, response) =>
      response.end(
        JSON.stringify({
          Code: 'Success',
          AccessKeyId: 'STS.of-the-uri',
          AccessKeySecret: 'secret-of-the-uri',
          SecurityToken: 'token-of-the-uri',
          Expiration: new Date(Date.now() + 3_600_000).toISOString(),
        }),
      ),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const uri = `http://127.0.0.1:${port}/credentials`;
    const { stderr } = await runCli(['status'], {
      ...endpoints,
      ALIBABA_CLOUD_CREDENTIALS_URI: uri,
    });
    expect(stderr).toContain('credentials of ALIBABA_CLOUD_CREDENTIALS_URI');
    expect(stderr).toContain('InvalidAccessKeyId');
    expect(stderr).not.toContain('of-the-uri');
  });

  test('that are not there: what is missing is said, and nothing of the file', async () => {
    const none = await runCli(['status'], endpoints);
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringMatching(/^No credentials were found:/m),
    ]);

    const HOME = await home([profile('old'), profile('new')]);
    const other = await runCli(['status', '--profile', 'audit'], { ...endpoints, HOME });
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('There is no profile audit in');
    expect(other.stderr).toContain('it has old, new.');

    const broken = await home(
      `{"profiles": [{"access_key_secret": "${key().ALIBABA_CLOUD_ACCESS_KEY_SECRET}"`,
    );
    for (const args of [['--profile', 'x'], []]) {
      const { code, stderr } = await runCli(['status', ...args], { ...endpoints, HOME: broken });
      expect(code).toBe(1);
      expect(stderr).not.toContain(sandbox.credentials.accessKeySecret);
    }
  });
});

describe('MANAGEMENT_ACCOUNT_ID', () => {
  test.each([
    ['status'],
    ['backfill', '--local'],
    ['backfill', '--follow', 'x'],
    ['replay'],
    ['doctor'],
    ['setup'],
    ['setup', '--remove', '--yes'],
  ])('of another account: %s %s reads and creates nothing', async (...args) => {
    const { code, stderr } = await runHere(args, {
      ...endpoints,
      ...key(),
      MANAGEMENT_ACCOUNT_ID: '1000000000000009',
    });
    expect(code).toBe(1);
    expect(stderr).toContain(
      `MANAGEMENT_ACCOUNT_ID is 1000000000000009, but the resource directory of these credentials is that of ${sandbox.managementAccountId}`,
    );
    const operations = sandbox.journal.entries().map(({ operation }) => operation);
    expect(new Set(operations)).toEqual(new Set(['GetResourceDirectory']));
  });

  test('that fits is no hindrance', async () => {
    const { code } = await runHere(['status'], {
      ...endpoints,
      ...key(),
      MANAGEMENT_ACCOUNT_ID: sandbox.managementAccountId,
    });
    expect(code).not.toBe(1);
  });
});

test('an account that is not the management account is said to be none', () => {
  const where = {
    region: 'cn-hangzhou',
    credentials: { kind: 'environment' },
    endpoints: { kind: 'cloud' },
    callerAccountId: '2',
  } as const;
  const directory = { managementAccountId: '1', directoryId: 'rd-1' };
  expect(describeWhereabouts({ ...where, directory }, en)).toBe(
    'Acting in account 2, which is not the management account (1), directory rd-1, region cn-hangzhou, credentials of the environment, Alibaba Cloud.',
  );
  expect(describeWhereabouts(where, en)).toMatch(/^Acting in account 2, whose resource directory/);
});
