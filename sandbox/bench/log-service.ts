/**
 * What Log Service costs, measured now: `npm run bench -w sandbox`. CPU is that of the sandbox's
 * process alone; writers run in another one.
 */
import { fork } from 'node:child_process';
import { Agent, request as httpRequest } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerCall } from '../src/server/answer-call.ts';
import { startServer } from '../src/server/server.ts';
import type { Credentials } from '../src/world/identities.ts';
import { answered, requestOf, signed, signedWrite, start } from './calls.ts';
import { hostileCalls } from './hostile-calls.ts';
import { sampleEntry } from './sample-logs.ts';

const WRITES = Number(process.env.WRITES ?? 100_000);
const LOGS = Number(process.env.LOGS ?? 100_000);
const KEPT_LOGS = 20_000;
const ROUNDS = 5;
const BATCH_CALLS = 1000;

const QUERIES = [
  'account_id: 1000000000000042',
  'outcome: failed and duration_ms > 9000',
  'entry_type: account not outcome: covered',
  'error_code: Thrott*',
  'NoPermission',
  '*',
  'account_id: 1000000000000042 | select count(*) as n, max(duration_ms) as longest',
  '* | select outcome, count(*) as n group by outcome',
  '* | select account_id, max_by(outcome, time) as outcome, max(__time__) as at group by account_id order by account_id limit 10000',
  "* | select account_id, outcome from (select account_id, outcome, row_number() over (partition by account_id order by time desc, entry_id desc) as n from log) where n = 1 and outcome in ('failed', 'pending') limit 1000",
  "* | select date_format(date_trunc('day', __time__), '%Y-%m-%d') as day, approx_percentile(duration_ms, 0.95) / 1000.0 as p95 where outcome like 'cov%' group by day order by day",
];

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
const say = (text = '') => process.stdout.write(`${text}\n`);

if (process.argv[2] === 'writer') {
  await write();
} else {
  await measureCalls();
  await measureWrites();
  await measureQueries();
  await measureRefusals();
}

/** From the whole request to the whole answer, without HTTP and the kernel around it. */
async function measureCalls(): Promise<void> {
  const { world, service, credentials } = start(KEPT_LOGS);
  say(`PutLogs, ${WRITES} calls of one log, without HTTP, the last ${KEPT_LOGS} kept`);
  say('  calls     CPU a call    heap after');
  const parts = 5;
  for (let part = 0; part < parts; part += 1) {
    let cpuUs = 0;
    for (let from = 0; from < WRITES / parts; from += BATCH_CALLS) {
      const requests = Array.from({ length: BATCH_CALLS }, (_, index) =>
        requestOf(signedWrite((part * WRITES) / parts + from + index, credentials)),
      );
      const before = process.cpuUsage();
      for (const request of requests) await answerCall(world, [service], request);
      const { user, system } = process.cpuUsage(before);
      cpuUs += user + system;
    }
    sayWrites((WRITES / parts) * (part + 1), cpuUs / (WRITES / parts));
  }
  say();
  world.clock.stop();
}

function sayWrites(calls: number, cpuUs: number, note = ''): void {
  collectGarbage();
  const heapMb = process.memoryUsage().heapUsed / 1024 ** 2;
  const columns = [
    calls.toLocaleString('en').padStart(9),
    `${(cpuUs / 1000).toFixed(3).padStart(9)} ms`,
    `${heapMb.toFixed(0).padStart(9)} MB`,
    `  ${note}`,
  ];
  say(columns.join(' ').trimEnd());
}

async function measureWrites(): Promise<void> {
  const { world, service, credentials } = start(KEPT_LOGS);
  const server = await startServer({ world, services: [service], port: 0 });
  say(`PutLogs, ${WRITES} calls of one log over HTTP, the last ${KEPT_LOGS} kept`);
  say('  calls     CPU a call    heap after');
  const parts = 5;
  for (let part = 1; part <= parts; part += 1) {
    const before = process.cpuUsage();
    await writeFromAnotherProcess(server.port, credentials, WRITES / parts);
    const { user, system } = process.cpuUsage(before);
    const kernelMs = system / 1000 / (WRITES / parts);
    const note = `of which the kernel ${kernelMs.toFixed(3)} ms`;
    sayWrites((WRITES / parts) * part, (user + system) / (WRITES / parts), note);
  }
  say();
  await server.close();
  world.clock.stop();
}

function writeFromAnotherProcess(
  port: number,
  { accessKeyId, accessKeySecret }: Credentials,
  calls: number,
): Promise<void> {
  const args = ['writer', String(port), accessKeyId, accessKeySecret, String(calls)];
  const writer = fork(fileURLToPath(import.meta.url), args);
  return new Promise((resolve, reject) => {
    writer.once('error', reject);
    writer.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The writer ended with ${code}.`)),
    );
  });
}

/** In a process of its own. */
async function write(): Promise<void> {
  const [port, accessKeyId = '', accessKeySecret = '', calls] = process.argv.slice(3);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let left = Number(calls);
  const writeOne = (number: number) =>
    new Promise<void>((resolve, reject) => {
      const { method, path, headers, body } = signedWrite(number, { accessKeyId, accessKeySecret });
      const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent });
      sent.once('error', reject);
      sent.once('response', (response) => {
        response.resume();
        if (response.statusCode === 200) response.once('end', resolve);
        else reject(new Error(`PutLogs was answered with ${response.statusCode}.`));
      });
      sent.end(body);
    });
  const one = async () => {
    while (left > 0) {
      left -= 1;
      await writeOne(left);
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  agent.destroy();
}

async function measureQueries(): Promise<void> {
  const { world, service, credentials } = start(LOGS);
  const before = process.cpuUsage();
  for (let number = 0; number < LOGS; number += 1) {
    service.append('audit', 'results', [sampleEntry(number)]);
  }
  const { user } = process.cpuUsage(before);
  collectGarbage();
  const heapMb = process.memoryUsage().heapUsed / 1024 ** 2;
  say(
    `Queries over ${LOGS} logs, which took ${(user / 1000 / LOGS).toFixed(3)} ms each to index and take ${heapMb.toFixed(0)} MB`,
  );
  say('   median    CPU    longest block   query');
  for (const query of QUERIES) {
    const runs: { ms: number; cpuMs: number; blockMs: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      // So that what came before is not counted.
      await new Promise((resolve) => setTimeout(resolve, 20));
      delay.enable();
      const request = requestOf(
        signed('POST', '/logstores/results/logs', {
          body: Buffer.from(JSON.stringify({ from: 1, to: 2 ** 32, query })),
          type: 'application/json',
          credentials,
        }),
      );
      const startMs = performance.now();
      const cpu = process.cpuUsage();
      const answer = await answered(world, service, request);
      const { user: userUs, system } = process.cpuUsage(cpu);
      const ms = performance.now() - startMs;
      await new Promise((resolve) => setTimeout(resolve, 5));
      delay.disable();
      if (answer.status !== 200) throw new Error(`${query}: ${answer.body}`);
      runs.push({ ms, cpuMs: (userUs + system) / 1000, blockMs: delay.max / 1e6 });
    }
    const median = (of: (run: (typeof runs)[number]) => number) =>
      runs.map(of).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    const columns = [
      median((run) => run.ms),
      median((run) => run.cpuMs),
      median((run) => run.blockMs),
    ];
    say(`${columns.map((ms) => `${ms.toFixed(0).padStart(6)} ms`).join(' ')}   ${query}`);
  }
  say();
  world.clock.stop();
}

async function measureRefusals(): Promise<void> {
  const { world, service, credentials } = start(LOGS);
  service.append('audit', 'results', [
    { ...sampleEntry(1), contents: { message: 'a'.repeat(500_000), duration_ms: '9'.repeat(1e6) } },
  ]);
  say('Hostile calls, CPU until they are answered');
  for (const { what, method, path, ...call } of hostileCalls()) {
    const request = requestOf(signed(method, path, { ...call, credentials }));
    const costs: number[] = [];
    let answer = '';
    for (let round = 0; round < ROUNDS; round += 1) {
      const cpu = process.cpuUsage();
      const { status, body } = await answered(world, service, request);
      const { user, system } = process.cpuUsage(cpu);
      costs.push((user + system) / 1000);
      answer = status === 200 ? '200' : String(JSON.parse(body.toString()).errorCode);
    }
    const median = costs.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    say(`${median.toFixed(1).padStart(7)} ms   ${what}: ${answer}`);
  }
  world.clock.stop();
}
