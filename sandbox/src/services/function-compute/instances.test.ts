import { existsSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ACCOUNT_ID,
  createFunctionWorld,
  type FunctionWorld,
  REGION,
} from '../../testing/function-world.ts';
import type { LogLine } from './deployed-function.ts';

let fixture: FunctionWorld;
let lines: LogLine[];

beforeEach(async () => {
  lines = [];
  fixture = await createFunctionWorld({ onLogLine: (line) => lines.push(line) });
});

afterEach(() => fixture.close());

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

  it('is used again, and frozen in between', async () => {
    fixture.createFunction(
      'ticks',
      `let last = performance.now(), longestMs = 0;
       setInterval(() => { longestMs = Math.max(longestMs, performance.now() - last); last = performance.now(); }, 2);
       exports.handler = async () => { await new Promise((r) => setTimeout(r, 20)); return { longestMs, pid: process.pid }; };`,
    );
    const first = await run('ticks');
    await sleep(300);
    const second = await run('ticks');
    expect(second.pid).toBe(first.pid);
    // Not one tick while it was frozen.
    expect(second.longestMs).toBeGreaterThanOrEqual(295);
    expect(first.longestMs).toBeLessThan(295);
  });

  it('finds a connection that it kept alive dead after a freeze, and a new one alive', async () => {
    fixture.createFunction(
      'keeps',
      `const http = require('node:http');
       const agents = { kept: new http.Agent({ keepAlive: true }), fresh: new http.Agent() };
       const get = (agent) => new Promise((resolve) => {
         http.get('${fixture.server.endpoint}/nothing', { agent }, (answer) => {
           answer.resume().on('end', () => resolve(answer.statusCode));
         }).on('error', (error) => resolve(error.code));
       });
       exports.handler = async (event) => {
         const agent = agents[String(event)];
         return [await get(agent), await get(agent)];
       };`,
    );
    expect(await run('keeps', 'kept')).toEqual([404, 404]);
    expect(await run('keeps', 'kept')).toEqual(['ECONNRESET', 404]);
    expect(await run('keeps', 'fresh')).toEqual([404, 404]);
    const pids = fixture.functionCompute.invocations().map(({ instanceId }) => instanceId);
    expect(new Set(pids).size).toBe(1);
  });

  it('keeps the connections of others alive when it is frozen', async () => {
    fixture.createFunction('quiet', `exports.handler = async () => ({});`);
    const agent = new Agent({ keepAlive: true });
    const answer = () =>
      new Promise<unknown>((resolve, reject) => {
        const request = get(`${fixture.server.endpoint}/nothing`, { agent }, (response) => {
          response.resume().on('end', () => resolve(request.reusedSocket));
        }).on('error', reject);
      });
    await answer();
    await run('quiet');
    expect(await answer()).toBe(true);
    agent.destroy();
  });

  it('runs one request at a time: a second one gets another process', async () => {
    fixture.createFunction(
      'pid',
      `exports.handler = async () => { await new Promise((r) => setTimeout(r, 100)); return { pid: process.pid }; };`,
    );
    const [one, other] = await Promise.all([run('pid'), run('pid')]);
    expect(one?.pid).not.toBe(other?.pid);
  });

  it('is killed when its time is up, and the next request gets a new one', async () => {
    fixture.createFunction(
      'slow',
      `exports.handler = async (event) => { console.log('begun'); if (String(event) === 'hang') await new Promise(() => setInterval(() => {}, 1000)); return { pid: process.pid }; };`,
      { timeoutSeconds: 1 },
    );
    const { pid } = await run('slow');
    await expect(run('slow', 'hang')).rejects.toThrow('Function timed out after 1 seconds');
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
    expect(fixture.functionCompute.invocations()[1]).toMatchObject({
      status: 'timed-out',
      errorType: 'UnhandledInvocationError',
      stdout: ['begun'],
    });
    expect((await run('slow')).pid).not.toBe(pid);
  });

  it('is killed in the middle on demand', async () => {
    fixture.createFunction(
      'slow',
      `exports.handler = () => new Promise(() => { console.log('up'); setInterval(() => {}, 1000); });`,
    );
    const running = fixture.functionCompute.invoke('slow', '');
    while (lines.length === 0) await sleep(5);
    fixture.functionCompute.killRunning('slow');
    expect((await running).invocation).toMatchObject({ status: 'killed', stdout: ['up'] });
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

  it('ends with the service', async () => {
    fixture.createFunction('pid', `exports.handler = async () => ({ pid: process.pid });`);
    const { pid } = await run('pid');
    await fixture.functionCompute.close();
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  });
});

describe('the concurrency', () => {
  it('throttles synchronous requests over the reserved one, and runs nothing for them', async () => {
    fixture.createFunction(
      'narrow',
      `exports.handler = async () => { await new Promise((r) => setTimeout(r, 100)); return {}; };`,
      { reservedConcurrency: 1 },
    );
    const first = run('narrow');
    await expect(fixture.functionCompute.invoke('narrow', '')).rejects.toMatchObject({
      code: 'ResourceExhausted',
      status: 429,
    });
    await first;
    await run('narrow');
    expect(fixture.functionCompute.invocations().map(({ status }) => status)).toEqual([
      'throttled',
      'succeeded',
      'succeeded',
    ]);
  });
});

describe("the account's concurrency", () => {
  const SLOW = `exports.handler = async () => { await new Promise((r) => setTimeout(r, 200)); return {}; };`;
  const FULL = { code: 'ResourceExhausted' };
  let small: FunctionWorld;

  beforeEach(async () => {
    small = await createFunctionWorld({ concurrencyLimit: 3 });
  });

  afterEach(() => small.close());

  const invoke = (name: string) => small.functionCompute.invoke(name, '');

  it('is shared by all functions that reserve nothing, less what others reserve', async () => {
    small.createFunction('one', SLOW);
    small.createFunction('other', SLOW);
    small.createFunction('own', SLOW, { reservedConcurrency: 1 });
    const running = [invoke('one'), invoke('other')];
    await expect(invoke('one')).rejects.toMatchObject(FULL);
    await expect(invoke('other')).rejects.toMatchObject(FULL);
    running.push(invoke('own'));
    await expect(invoke('own')).rejects.toMatchObject(FULL);
    await Promise.all(running);
    await invoke('one');
  });

  it('comes free for the queue of another function', async () => {
    for (const name of ['one', 'other', 'third', 'waits']) small.createFunction(name, SLOW);
    const running = ['one', 'other', 'third'].map(invoke);
    await small.functionCompute.invoke('waits', '', { async: true });
    await Promise.all(running);
    await small.functionCompute.idle();
    expect(small.functionCompute.invocations().at(-1)).toMatchObject({ functionName: 'waits' });
  });

  it('can not be reserved twice, and comes back with the function', async () => {
    small.createFunction('most', SLOW, { reservedConcurrency: 2 });
    const create = () => small.createFunction('more', SLOW, { reservedConcurrency: 2 });
    expect(create).toThrow("reservedConcurrency: 2 of the account's 3, of which 1 are left");
    await small.functionCompute.deleteFunction('most');
    create();
  });
});

describe('createFunction', () => {
  it.each([
    [{ runtime: 'python3' }, 'runtime'],
    [{ memorySizeMb: 100 }, 'memorySize'],
    [{ timeoutSeconds: 0 }, 'timeout'],
    [{ handler: 'nope.handler' }, 'nope.js'],
    [{ codeDir: '/nowhere' }, 'no folder'],
    [{ environment: { FC_REGION: 'x' } }, 'FC_REGION'],
    [{ environment: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'x' } }, 'ALIBABA_CLOUD_ACCESS_KEY_ID: is'],
    [{ environment: { ALIBABA_CLOUD_SECURITY_TOKEN: 'x' } }, 'reserved'],
    [{ environment: { securityToken: 'x' } }, 'reserved'],
    [{ environment: { 'A-B': 'x' } }, 'A-B'],
    [{ environment: { A: 'x'.repeat(4096) } }, '4 KB'],
    [{ roleArn: `acs:ram::${ACCOUNT_ID}:role/nobody` }, 'role/nobody'],
    [{ name: 'a/b/c' }, 'functionName'],
    [{ name: 'a'.repeat(65) }, 'functionName'],
    [{ name: `${'s'.repeat(129)}/a` }, 'serviceName'],
    [{ reservedConcurrency: 0.5 }, 'reservedConcurrency'],
    [{ logProject: 'project' }, 'logConfig: project and logstore go together'],
    [{ logProject: 'no-such', logStore: 'store' }, 'logConfig: The Project does not exist'],
  ])('refuses %j', (config, text) => {
    expect(() =>
      fixture.createFunction('known', `exports.handler = async () => 1;`, config),
    ).toThrow(text);
  });

  it('refuses a name in use', () => {
    fixture.createFunction('known', `exports.handler = async () => 1;`);
    expect(() => fixture.createFunction('known', `exports.handler = async () => 1;`)).toThrow(
      'already exists',
    );
  });
});
