import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, ROUNDS, timeOf } from './processes.ts';

/** How long a process takes to load the handler of the event path, beside what is usual. */
export interface ColdStart {
  readonly bareMs: number;
  /** Over the bare process. */
  readonly oursMs: number;
  /** Over the bare process: pop-core, the directory's SDK and a Log Service SDK, unbundled. */
  readonly plainMs: number;
  readonly bundleBytes: number;
}

const PLAIN_HANDLER = `
const Core = require('@alicloud/pop-core');
const ResourceManager = require('@alicloud/resourcemanager20200331');
const Log = require('@alicloud/log');
exports.handler = async () => [Core, ResourceManager, Log].length;
`;

/**
 * Medians over rounds, in each of which the three programs run one after another: a handler is
 * compared with the bare process beside it, so that a slow stretch of the machine cancels out.
 */
export function measureColdStart(root: string): ColdStart {
  const ours = join(root, 'dist/onboard-account/index.js');
  // Inside the project, where its packages are found.
  const folder = mkdtempSync(join(root, 'dist/bench-'));
  const plain = join(folder, 'plain-handler.cjs');
  writeFileSync(plain, PLAIN_HANDLER);
  const round = () => {
    const bareMs = timeOf(['-e', '0']);
    const oursMs = timeOf(['-e', `require(${JSON.stringify(ours)})`]) - bareMs;
    const plainMs = timeOf(['-e', `require(${JSON.stringify(plain)})`]) - bareMs;
    return { bareMs, oursMs, plainMs };
  };
  try {
    round(); // warms the disk's cache
    const rounds = Array.from({ length: ROUNDS }, round);
    return {
      bareMs: median(rounds.map(({ bareMs }) => bareMs)),
      oursMs: median(rounds.map(({ oursMs }) => oursMs)),
      plainMs: median(rounds.map(({ plainMs }) => plainMs)),
      bundleBytes: statSync(ours).size,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
