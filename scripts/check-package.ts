import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '../sandbox/src/index.ts';
import { createStackIn, operatorEnvironmentFor, PROJECT_ROOT } from './deploy-to-sandbox.ts';

/**
 * Packs the command, installs the package into an empty folder, and runs it there against the
 * sandbox: what somebody has who never saw this repository. Fails when it does not work.
 */

const folder = await mkdtemp(join(tmpdir(), 'onboard-package-'));
const sandbox = await createSandbox({ members: 3 });
try {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
      // What `prepack` prints would stand in front of the JSON.
      env: { ...process.env, npm_config_foreground_scripts: 'false' },
    }),
  );
  say(`${packed.filename}: ${packed.entryCount} files, ${Math.ceil(packed.size / 1024)} KB`);
  execFileSync('npm', ['init', '--yes'], { cwd: folder });
  execFileSync('npm', ['install', '--no-audit', '--no-fund', join(folder, packed.filename)], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });

  await createStackIn(sandbox);
  await expectCode(0, ['--version']);
  await expectCode(0, ['help', 'status']);
  await expectCode(0, ['setup', '--dry-run']);
  // Nothing has been started in this directory.
  await expectCode(3, ['status']);
  await expectCode(3, ['report', '--out', 'report.html']);
} finally {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}

async function expectCode(expected: number, args: readonly string[]): Promise<void> {
  const env = { PATH: process.env.PATH, HOME: folder, ...operatorEnvironmentFor(sandbox) };
  // Not synchronously: the sandbox answers from this process.
  const { code, text } = await new Promise<{ code: number | string; text: string }>((resolve) => {
    const command = ['--no-install', 'onboard', ...args];
    execFile('npx', command, { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, text: `${stdout}${stderr}` });
    });
  });
  say(`\n$ npx onboard ${args.join(' ')}\n${text.split('\n').slice(0, 15).join('\n')}`);
  if (code !== expected) throw new Error(`It ended with ${code} instead of ${expected}.`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
