import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../index.ts';
import { environmentLines, writeEnvironmentFile } from './environment.ts';

const run = promisify(execFile);

async function start() {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test('a shell and a reader of .env files take it alike', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sandbox.env');
  const sandbox = await start();
  const more = { API: '{endpoint}/v1', WORDS: 'two words, $HOME "quoted" # no comment', EMPTY: '' };
  await writeEnvironmentFile(file, await environmentLines(sandbox, { more }));
  const expected = {
    SANDBOX_ENDPOINT: sandbox.endpoint,
    SANDBOX_LOG_ENDPOINT: `sandbox@${new URL(sandbox.endpoint).host}`,
    SANDBOX_ACCOUNT_ID: '1000000000000001',
    ALIBABA_CLOUD_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: sandbox.credentials.accessKeySecret,
    ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou',
    API: `${sandbox.endpoint}/v1`,
    WORDS: more.WORDS,
    EMPTY: '',
  };
  const print = 'process.stdout.write(JSON.stringify(process.env))';
  const env = { PATH: process.env.PATH };
  const shell = ['-c', `. "${file}" && "${process.execPath}" -e '${print}'`];
  expect(JSON.parse((await run('sh', shell, { env })).stdout)).toMatchObject(expected);
  const node = [`--env-file=${file}`, '-e', print];
  expect(JSON.parse((await run(process.execPath, node, { env })).stdout)).toMatchObject(expected);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(Object.keys(expected).length + 1);
});

test('as a proxy, it says so by every name that a client reads', async () => {
  const sandbox = await start();
  const { endpoint } = sandbox;
  const { file } = await sandbox.certificateAuthority();
  const lines = await environmentLines(sandbox, { isProxy: true });
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']) {
    expect(lines).toContain(`export ${name}=${endpoint}\n`);
  }
  // What the machine's own NO_PROXY excludes is no more excluded.
  expect(lines).toContain('export NO_PROXY=localhost,127.0.0.1\n');
  expect(lines).toContain('export no_proxy=localhost,127.0.0.1\n');
  for (const name of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE']) {
    expect(lines).toContain(`export ${name}=${file}\n`);
  }
  expect(await environmentLines(sandbox, {})).not.toContain('PROXY');
});

test.each([
  [{ 'A-B': 'x' }, 'A-B is no name'],
  [{ A: "it's" }, 'The value of A has a quote'],
  [{ A: 'x\ny' }, 'line break'],
  [{ A: '{endpont}' }, 'There is no {endpont}, which A names.'],
])('%j is refused', async (more, message) => {
  const sandbox = await start();
  await expect(environmentLines(sandbox, { more })).rejects.toThrow(message);
});
