/**
 * Many connections at once, and a year of timers, measured now: `npm run bench -w sandbox`. The callers
 * are another process; of files, each of the two needs as many as there are connections.
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createSandbox } from '../src/index.ts';

const CONNECTIONS = Number(process.env.CONNECTIONS ?? 10_000);
const YEAR_MS = 365 * 86_400_000;
const say = (text = '') => process.stdout.write(`${text}\n`);

if (process.argv[2] === 'caller') {
  await call(Number(process.argv[3]));
} else {
  await measureConnections();
  await measureYear();
}

async function measureConnections(): Promise<void> {
  await using sandbox = await createSandbox();
  const files = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  say(
    `${CONNECTIONS} connections opened at once and kept, a request on each; ulimit -n is ${files}`,
  );
  const { port } = new URL(sandbox.endpoint);
  const caller = fork(fileURLToPath(import.meta.url), ['caller', port]);
  await once(caller, 'exit');
  say();
}

/** In a process of its own. No connection is closed before the last is answered. */
async function call(port: number): Promise<void> {
  const sockets: Socket[] = [];
  const failures = new Map<string, number>();
  let answered = 0;
  let connected = 0;
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      socket.once('connect', () => {
        connected += 1;
      });
      socket.write('GET /sandbox/health HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
      try {
        const [chunk] = await once(socket, 'data');
        if (String(chunk).startsWith('HTTP/1.1 200')) answered += 1;
      } catch (error) {
        const code = String((error as NodeJS.ErrnoException).code);
        failures.set(code, (failures.get(code) ?? 0) + 1);
      }
    }),
  );
  const open = sockets.filter(({ readyState }) => readyState === 'open').length;
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  say(`  ${connected} connected, ${answered} answered, ${open} still open after ${seconds} s`);
  const failed = [...failures].map(([code, count]) => `${count} ${code}`).join(', ');
  say(`  failed: ${failed === '' ? 'none' : failed}`);
  for (const socket of sockets) socket.destroy();
}

async function measureYear(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-bench-'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => "done";');
  {
    await using sandbox = await createSandbox({ speed: 0 });
    sandbox.functionCompute.createFunction({
      name: 'tick',
      codeDir: folder,
      handler: 'index.handler',
      runtime: 'nodejs20',
      timeoutSeconds: 10,
      memorySizeMb: 128,
      reservedConcurrency: 1,
      environment: {},
    });
    const timer = { name: 'often', cronExpression: '@every 5m', enable: true };
    sandbox.functionCompute.createTimer('tick', timer);
    say('A year forward with a timer every five minutes, 105,120 rings');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const startMs = performance.now();
    const cpu = process.cpuUsage();
    const body = JSON.stringify({ advanceMs: YEAR_MS });
    const advanced = fetch(`${sandbox.endpoint}/sandbox/clock`, { method: 'POST', body });
    let isAdvancing = true;
    let longestAnswerMs = 0;
    let answers = 0;
    const asking = (async () => {
      while (isAdvancing) {
        const askedMs = performance.now();
        await (await fetch(`${sandbox.endpoint}/sandbox/health`)).text();
        longestAnswerMs = Math.max(longestAnswerMs, performance.now() - askedMs);
        answers += 1;
      }
    })();
    const { status } = await advanced;
    isAdvancing = false;
    await asking;
    delay.disable();
    const { user, system } = process.cpuUsage(cpu);
    const cpuSeconds = ((user + system) / 1e6).toFixed(1);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    say(
      `  ${status} after ${seconds} s, ${cpuSeconds} s of CPU; longest block ${(delay.max / 1e6).toFixed(0)} ms`,
    );
    say(
      `  meanwhile ${answers} calls were answered, the slowest in ${longestAnswerMs.toFixed(0)} ms`,
    );
  }
  rmSync(folder, { recursive: true });
}
