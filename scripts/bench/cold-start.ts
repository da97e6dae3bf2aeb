import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/** How long a process takes to load the handler of the event path, beside what is usual. */
export interface ColdStart {
  readonly bareMs: number;
  /** Over the bare process. */
  readonly oursMs: number;
  /** Over the bare process: pop-core, the directory's SDK and a Log Service SDK, unbundled. */
  readonly plainMs: number;
  readonly bundleBytes: number;
}

const PROCESSES = 21;

const PLAIN_HANDLER = `
const Core = require('@alicloud/pop-core');
const ResourceManager = require('@alicloud/resourcemanager20200331');
const Log = require('@alicloud/log');
exports.handler = async () => [Core, ResourceManager, Log].length;
`;

/** Medians of interleaved processes, so that a noisy moment hits all three alike. */
export function measureColdStart(root: string): ColdStart {
  const ours = join(root, 'dist/onboard-account/index.js');
  // Inside the project, where its packages are found.
  const folder = mkdtempSync(join(root, 'dist/bench-'));
  const plain = join(folder, 'plain-handler.cjs');
  writeFileSync(plain, PLAIN_HANDLER);
  const programs = {
    bare: '0',
    ours: `require(${JSON.stringify(ours)})`,
    plain: `require(${JSON.stringify(plain)})`,
  };
  const times = { bare: [] as number[], ours: [] as number[], plain: [] as number[] };
  try {
    for (let round = 0; round <= PROCESSES; round += 1) {
      for (const name of ['bare', 'ours', 'plain'] as const) {
        const elapsedMs = runMs(programs[name]);
        // The first round warms the disk's cache.
        if (round > 0) times[name].push(elapsedMs);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const bareMs = median(times.bare);
  return {
    bareMs,
    oursMs: median(times.ours) - bareMs,
    plainMs: median(times.plain) - bareMs,
    bundleBytes: statSync(ours).size,
  };
}

function runMs(program: string): number {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node -e ${program} failed: ${stderr}`);
  return performance.now() - startMs;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
