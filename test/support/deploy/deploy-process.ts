/**
 * `npm run deploy` in a process of its own, in a copy of the project, since it builds. What it would
 * build is there: to build it each time takes longer than all the rest.
 */
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../../sandbox/src/index.ts';
import { operatorEnvironmentFor, PROJECT_ROOT } from '../../../scripts/deploy-to-sandbox.ts';
import { runProgram, startOnTerminal } from '../cli/process.ts';

const COPIED = ['alicloud', 'cli', 'dist', 'scripts', 'workflows'];
const FILES = ['event-rule.yaml', 'package.json', 's.yaml', 'stack.yaml'];
/** What Serverless Devs loads in the place of its component. */
const COMPONENT = fileURLToPath(new URL('./component', import.meta.url));

export function createDeployProcess(sandbox: Sandbox) {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of [...COPIED, ...FILES]) {
    cpSync(join(PROJECT_ROOT, name), join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, 'scripts/build.ts'), '');
  symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'));
  const environment = {
    ...operatorEnvironmentFor(sandbox),
    // Serverless Devs keeps its logs there.
    HOME: folder,
    FC3_COMPONENT: COMPONENT,
  };
  const command = (args: readonly string[]) => [
    process.execPath,
    '--import',
    'tsx',
    'scripts/deploy.ts',
    ...args,
  ];
  return {
    onTerminal: (...args: readonly string[]) => startOnTerminal(command(args), environment, folder),
    inPipes: (...args: readonly string[]) => runProgram(command(args), environment, folder),
  };
}
