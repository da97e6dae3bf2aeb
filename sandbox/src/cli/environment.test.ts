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
  await writeEnvironmentFile(file, environmentLines(sandbox, more));
  const expected = {
    SANDBOX_ENDPOINT: sandbox.endpoint,
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

test.each([
  [{ 'A-B': 'x' }, 'A-B is no name'],
  [{ A: "it's" }, 'The value of A has a quote'],
  [{ A: 'x\ny' }, 'line break'],
  [{ A: '{endpont}' }, 'There is no {endpont}, which A names.'],
])('%j is refused', async (more, message) => {
  const sandbox = await start();
  expect(() => environmentLines(sandbox, more)).toThrow(message);
});
