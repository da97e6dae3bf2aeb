import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** How often each is measured that is over quickly: the median is shown. */
export const ROUNDS = 41;

/** How long a process of Node takes, from its start to its end. Throws when it fails. */
export function timeOf(args: readonly string[]): number {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
  return performance.now() - startMs;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
