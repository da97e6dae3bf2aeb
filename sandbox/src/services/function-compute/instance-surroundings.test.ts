/** What the code of a function sees of where it runs, and what is kept of what it prints. */
import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import { ACCOUNT_ID, createFunctionWorld, REGION } from '../../testing/function-world.ts';
import type { LogLine } from './deployed-function.ts';

let lines: LogLine[] = [];

const fixture = eachTest(() => {
  lines = [];
  return createFunctionWorld({ onLogLine: (line) => lines.push(line) });
});

/** Runs it and reads its JSON. */
async function run(name: string, payload = ''): Promise<Record<string, unknown>> {
  const { invocation } = await fixture.functionCompute.invoke(name, payload);
  if (invocation?.status !== 'succeeded') throw new Error(String(invocation?.errorMessage));
  return JSON.parse(invocation.result.toString());
}

describe('an instance', () => {
  it('sees its own variables and the documented ones, nothing of the sandbox', async () => {
    process.env.SANDBOX_LEAK = 'leak';
    fixture.createFunction(
      'env',
      `exports.handler = async () => ({ ...process.env, cwd: process.cwd() });`,
      {
        environment: { LOG_PROJECT: 'results' },
      },
    );
    const env = await run('env');
    delete process.env.SANDBOX_LEAK;
    expect(Object.keys(env).sort()).toEqual([
      'ALIBABA_CLOUD_ACCESS_KEY_ID',
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
      'ALIBABA_CLOUD_SECURITY_TOKEN',
      'FC_ACCOUNT_ID',
      'FC_FUNCTION_HANDLER',
      'FC_FUNCTION_MEMORY_SIZE',
      'FC_FUNCTION_NAME',
      'FC_FUNCTION_VERSION',
      'FC_FUNC_CODE_PATH',
      'FC_INSTANCE_ID',
      'FC_REGION',
      'HOME',
      'LOG_PROJECT',
      'PATH',
      'TMPDIR',
      'cwd',
    ]);
    expect(env).toMatchObject({
      FC_ACCOUNT_ID: ACCOUNT_ID,
      FC_REGION: REGION,
      HOME: '/tmp',
      LOG_PROJECT: 'results',
      cwd: env.FC_FUNC_CODE_PATH,
    });
  });

  it('gets the documented context, with credentials of its role', async () => {
    fixture.logService.createProject('project');
    fixture.logService.createLogstore('project', 'store');
    fixture.createFunction(
      'context',
      `exports.handler = async (event, context) => ({ ...context, logs: Object.keys(context.logger) });`,
      { logProject: 'project', logStore: 'store', timeoutSeconds: 7, memorySizeMb: 256 },
    );
    const context = await run('context');
    expect(context).toMatchObject({
      requestId: fixture.functionCompute.invocations()[0]?.requestId,
      function: { name: 'context', handler: 'index.handler', memory: 256, timeout: 7 },
      service: { logProject: 'project', logStore: 'store', qualifier: 'LATEST', versionId: '' },
      region: REGION,
      accountId: ACCOUNT_ID,
      retryCount: 0,
      credentials: { accessKeyId: expect.stringMatching(/^STS\./) },
    });
    expect(context.logs).toContain('info');
  });

  it('has what it prints kept by request and by line', async () => {
    fixture.createFunction(
      'talks',
      `exports.handler = async (event) => { console.log('{"n":1}\\n' + event); console.error('oops'); process.stdout.write('no end'); };`,
    );
    await fixture.functionCompute.invoke('talks', 'one');
    await fixture.functionCompute.invoke('talks', 'two');
    expect(
      fixture.functionCompute.invocations().map(({ stdout, stderr }) => [stdout, stderr]),
    ).toEqual([
      [['{"n":1}', 'one', 'no end'], ['oops']],
      [['{"n":1}', 'two', 'no end'], ['oops']],
    ]);
    expect(lines.map(({ line }) => line).filter((line) => line === 'two')).toEqual(['two']);
  });

  it('has all that it prints kept, however much', async () => {
    fixture.createFunction(
      'floods',
      `exports.handler = async () => { for (let n = 0; n < 20000; n += 1) console.log('line ' + n); };`,
    );
    const { invocation } = await fixture.functionCompute.invoke('floods', '');
    expect(invocation?.stdout).toHaveLength(20_000);
    expect(invocation?.stdout.at(-1)).toBe('line 19999');
  });

  it('runs the code as it was when it was deployed', async () => {
    const codeDir = fixture.writeCode({
      'index.js': `exports.handler = async () => ({ build: 1 });`,
    });
    fixture.createFunction('old', '', { codeDir });
    writeFileSync(`${codeDir}/index.js`, `exports.handler = async () => ({ build: 2 });`);
    expect(await run('old')).toEqual({ build: 1 });
  });

  it('can not write to its code, which other instances run too', async () => {
    fixture.createFunction(
      'modes',
      `const { statSync } = require('node:fs');
       exports.handler = async () => [__dirname, __filename].map((path) => statSync(path).mode & 0o222);`,
    );
    expect(await run('modes')).toEqual([0, 0]);
  });

  it('has a folder for temporary files of its own, which goes with it', async () => {
    fixture.createFunction(
      'temp',
      `const fs = require('node:fs'), os = require('node:os'), path = require('node:path');
       exports.handler = async () => {
         fs.writeFileSync(path.join(os.tmpdir(), 'mine'), '');
         await new Promise((r) => setTimeout(r, 100));
         return { dir: os.tmpdir(), files: fs.readdirSync(os.tmpdir()) };
       };`,
    );
    const [one, other] = await Promise.all([run('temp'), run('temp')]);
    expect([one?.files, other?.files]).toEqual([['mine'], ['mine']]);
    expect(one?.dir).not.toBe(other?.dir);
    await fixture.functionCompute.deleteFunction('temp');
    expect(existsSync(String(one?.dir))).toBe(false);
  });

  it('runs an ES module too', async () => {
    const codeDir = fixture.writeCode({
      'index.mjs': `export const handler = async () => ({ url: import.meta.url });`,
    });
    fixture.createFunction('esm', '', { codeDir });
    expect((await run('esm')).url).toMatch(/index\.mjs$/);
  });
});
