import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Readable } from 'node:stream';
import { renderReport } from '../../cli/report/render-report.ts';
import { en } from '../../cli/report/texts.en.ts';
import { createSandbox } from '../../sandbox/src/index.ts';
import { sampleReport } from '../../test/support/report/sample-report.ts';
import { createStackIn, operatorEnvironmentFor } from '../deploy-to-sandbox.ts';
import { median, ROUNDS, timeOf } from './processes.ts';

/** What the operator's command takes, as it is built. */
export interface CommandFigures {
  /** `onboard --help`, over a process of Node that does nothing. */
  readonly helpMs: number;
  readonly status: CommandRun;
  /** A page of 90 days of results, as `scripts/report-sample.ts` writes it. */
  readonly reportBytes: number;
}

/** One command, in a process of its own, its output in pipes. */
interface CommandRun {
  /** To the first line of all that it says, which is on standard error. */
  readonly firstLineMs: number;
  readonly durationMs: number;
  readonly peakMemoryMb: number;
}

/** Of a directory with so many members, each covered and with a result in the log store. */
export async function measureCommand(root: string, members: number): Promise<CommandFigures> {
  const command = join(root, 'dist/cli/onboard.js');
  return {
    helpMs: measureHelp(command),
    status: await measureStatus(root, members),
    reportBytes: Buffer.byteLength(await renderReport(sampleReport({ members }), en)),
  };
}

/** Within a round, both run one after the other, so that a slow stretch of the machine cancels out. */
function measureHelp(command: string): number {
  const round = () => {
    const bareMs = timeOf(['-e', '0']);
    return timeOf([command, '--help']) - bareMs;
  };
  round(); // warms the disk's cache
  return median(Array.from({ length: ROUNDS }, round));
}

async function measureStatus(root: string, members: number): Promise<CommandRun> {
  const sandbox = await createSandbox({
    members,
    // A new logstore that refuses writes for a minute is not what is measured.
    logsVisibleAfterMs: 0,
    config: { organization: 'on' },
  });
  try {
    await createStackIn(sandbox);
    const environment = operatorEnvironmentFor(sandbox);
    await runCommand(root, ['backfill', '--local'], environment);
    return await runCommand(root, ['status'], environment);
  } finally {
    await sandbox.close();
  }
}

/** Throws when it does not end with 0. */
async function runCommand(
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<CommandRun> {
  const startMs = performance.now();
  const peakMemory = join(root, 'scripts/bench/peak-memory.mjs');
  const child = spawn(
    process.execPath,
    ['--import', peakMemory, join(root, 'dist/cli/onboard.js'), ...args],
    { env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const [, stdout, stderr, peakMemoryKb] = child.stdio;
  let firstLineMs = Number.NaN;
  let said = '';
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (text) => {
      said += text;
      if (Number.isNaN(firstLineMs) && said.includes('\n')) {
        firstLineMs = performance.now() - startMs;
      }
    });
  }
  const [[code], memory] = await Promise.all([
    once(child, 'close'),
    (peakMemoryKb as Readable).toArray(),
  ]);
  const durationMs = performance.now() - startMs;
  if (code !== 0) throw new Error(`onboard ${args.join(' ')} ended with ${code}: ${said}`);
  return { firstLineMs, durationMs, peakMemoryMb: Number(memory.join('')) / 1024 };
}
