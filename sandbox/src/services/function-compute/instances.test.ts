import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import { createFunctionWorld, type FunctionWorld } from '../../testing/function-world.ts';
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
    // However long the process takes to start: its time does not pass by itself.
    fixture.world.clock.setSpeed(0);
    const { pid } = await run('slow');
    const hanging = run('slow', 'hang');
    hanging.catch(() => {});
    while (lines.length < 2) await sleep(5);
    fixture.world.clock.advance(3_600_000);
    expect(process.kill(Number(pid), 0)).toBe(true);
    fixture.world.clock.setSpeed(1);
    await expect(hanging).rejects.toThrow('Function timed out after 1 seconds');
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
    expect(fixture.functionCompute.invocations()[1]).toMatchObject({
      status: 'timed-out',
      errorType: 'UnhandledInvocationError',
      stdout: ['begun'],
    });
    fixture.world.clock.setSpeed(0);
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
  const SLOW_MS = 200;
  const SLOW = `exports.handler = async () => { await new Promise((r) => setTimeout(r, ${SLOW_MS})); return {}; };`;
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
    const startOf = (name: string) =>
      small.functionCompute.invocations().find(({ functionName }) => functionName === name)
        ?.startedAtMs ?? Number.NaN;
    const first = Math.min(...['one', 'other', 'third'].map(startOf));
    expect(startOf('waits') - first).toBeGreaterThanOrEqual(SLOW_MS);
  });

  it('can not be reserved twice, and comes back with the function', async () => {
    small.createFunction('most', SLOW, { reservedConcurrency: 2 });
    const create = () => small.createFunction('more', SLOW, { reservedConcurrency: 2 });
    expect(create).toThrow("reservedConcurrency: 2 of the account's 3, of which 1 are left");
    await small.functionCompute.deleteFunction('most');
    create();
  });
});
