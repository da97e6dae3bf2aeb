/**
 * Whole programs of other languages, and the official SDKs, as processes of their own: what they are
 * told is in their environment and on their command line, as for the cloud.
 */
import { type ExecFileOptions, execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSandbox, type Sandbox } from './index.ts';

const run = promisify(execFile);
const PROJECT_HOST = 'audit.cn-hangzhou.log.aliyuncs.com';
const KEYS = Object.fromEntries(
  ['client', 'host'].map((name) => [name, { type: 'text', token: [' '] }]),
);

// A compiler that starts from nothing takes its time.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: Sandbox;
let folder: string;
/** Of the sandbox as a proxy. */
let proxied: NodeJS.ProcessEnv;

beforeAll(async () => {
  sandbox = await createSandbox({
    speed: 0,
    members: 2,
    config: { organization: 'on' },
    logsVisibleAfterMs: 0,
  });
  sandbox.logService.createProject('audit');
  sandbox.logService.createLogstore('audit', 'results');
  sandbox.logService.createIndex('audit', 'results', { line: { token: [' '] }, keys: KEYS });
  folder = mkdtempSync(join(tmpdir(), 'sandbox-clients-'));
  const { PATH, HOME } = process.env;
  proxied = { PATH, HOME, ...(await sandbox.proxyEnvironment()) };
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

function script(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** What it printed, as JSON. */
async function printed(
  command: readonly [string, ...string[]],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
) {
  const [file, ...first] = command;
  const options: ExecFileOptions = { timeout: 110_000, env };
  return JSON.parse(String((await run(file, [...first, ...args], options)).stdout));
}

async function isInstalled(command: string, flag: string): Promise<boolean> {
  return run(command, [flag]).then(
    () => true,
    () => false,
  );
}

describe.each([
  { language: 'Python', client: 'python', tool: 'python3', flag: '--version', extension: 'py' },
  { language: 'Go', client: 'go', tool: 'go', flag: 'version', extension: 'go' },
])('$language', ({ client, tool, flag, extension }) => {
  let isThere = false;
  beforeAll(async () => {
    isThere = await isInstalled(tool, flag);
  });
  // So that a run that leaves them out says so.
  const skipWithout = (skip: (condition: boolean, note: string) => void) =>
    skip(!isThere, `${tool} is not installed on this machine`);

  const commandOf = async (program: string): Promise<[string, ...string[]]> => {
    const file = script(`${program}.${extension}`);
    if (client === 'python') return [tool, file];
    const binary = join(folder, basename(program));
    await run(tool, ['build', '-o', binary, file], { timeout: 110_000 });
    return [binary];
  };

  it('calls an RPC product, directly and by its host over TLS', async ({ skip }) => {
    skipWithout(skip);
    const { accessKeyId, accessKeySecret } = sandbox.credentials;
    const call = ['2019-01-08', 'DescribeConfigurationRecorder', accessKeyId, accessKeySecret];
    const command = await commandOf('../examples/rpc_call');
    const answer = { ConfigurationRecorder: { OrganizationEnableStatus: 'REGISTERED' } };
    const { PATH } = process.env;
    expect(await printed(command, [sandbox.endpoint, ...call], { PATH })).toMatchObject(answer);
    const url = 'https://config.cn-shanghai.aliyuncs.com';
    expect(await printed(command, [url, ...call], proxied)).toMatchObject(answer);
    const wrong = [url, ...call.slice(0, -1), 'wrong'];
    await expect(printed(command, wrong, proxied)).rejects.toThrow('400');
    const untrusting = { ...proxied, SSL_CERT_FILE: undefined };
    await expect(printed(command, [url, ...call], untrusting)).rejects.toThrow(/certificate/i);
  });

  it('writes and reads a log, directly and by the project’s host over TLS', async ({ skip }) => {
    skipWithout(skip);
    const { accessKeyId, accessKeySecret } = sandbox.credentials;
    const command = await commandOf('testing/clients/put_and_get');
    const ways = [
      [sandbox.endpoint, `audit.${new URL(sandbox.endpoint).host}`, { PATH: process.env.PATH }],
      [`https://${PROJECT_HOST}`, PROJECT_HOST, proxied],
    ] as const;
    for (const [url, host, env] of ways) {
      const answer = await printed(command, [url, host, accessKeyId, accessKeySecret], env);
      expect(answer.data ?? answer).toEqual([
        {
          __time__: expect.stringMatching(/^\d+$/),
          __source__: '',
          __topic__: 'clients',
          client,
          host,
          text: 'ünïcode 测试',
          ...(client === 'python' && { __time_ns_part__: '123456789' }),
        },
      ]);
    }
  });
});

describe('Node.js', () => {
  it('every official SDK reaches its service, unchanged', async () => {
    sandbox.access.createRole('reader', ['fc.aliyuncs.com']);
    sandbox.messageService.createQueue('failed');
    writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => "hello";');
    sandbox.functionCompute.createFunction({
      name: 'greet',
      codeDir: folder,
      handler: 'index.handler',
      runtime: 'nodejs20',
      timeoutSeconds: 10,
      memorySizeMb: 128,
      environment: {},
    });
    // As it is in the package; compiled, that is `--import alibaba-cloud-sandbox/proxy`.
    const preload = script('preload.ts');
    const command = [process.execPath, '--import', 'tsx', '--import', preload] as const;
    const { accessKeyId, accessKeySecret } = sandbox.credentials;
    const env = {
      ...proxied,
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
      ALIBABA_CLOUD_REGION_ID: sandbox.region,
    };
    const args = [script('testing/clients/official_sdks.cjs'), sandbox.managementAccountId];
    expect(await printed([...command], args, env)).toEqual({
      '@alicloud/pop-core': 'REGISTERED',
      '@alicloud/resourcemanager20200331': 2,
      '@alicloud/ram20150501': 'reader',
      '@alicloud/ros20190910': 0,
      '@alicloud/sls20201230': 'audit',
      '@alicloud/log': 'node',
      '@alicloud/fc20230330': '200 fc-code.oss-cn-hangzhou.aliyuncs.com',
      '@alicloud/fc2': 'oss-cn-hangzhou',
      '@alicloud/eventbridge': 0,
      '@alicloud/mns': 'failed',
      '@alicloud/fnf-2019-03-15': 0,
    });
  });
});
