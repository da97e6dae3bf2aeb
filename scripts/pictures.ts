import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_ROOT } from './deploy-to-sandbox.ts';
import { recordTerminal } from './pictures/record-terminal.ts';
import { terminalSvg } from './pictures/terminal-svg.ts';

/** Writes the pictures of the README, each from a run made for it, in the sandbox. */

const recording = await recordTerminal({
  typed: 'npm run demo',
  command: [process.execPath, '--import', 'tsx', join(PROJECT_ROOT, 'scripts/demo.ts')],
  columns: 100,
  rows: 60,
  longestWaitMs: 2_000,
});
const svg = terminalSvg(recording, {
  title: 'npm run demo: two accounts join a directory, and are covered and recorded',
  holdMs: 8_000,
});
await writeFile(join(PROJECT_ROOT, 'docs/demo.svg'), svg);
