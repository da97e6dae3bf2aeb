import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Builds, sets up what the functions stand on, and deploys them with Serverless Devs. One set of
 * variables for all of it. With `--dry-run` it shows the plan and the rendered s.yaml instead.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REQUIRED = [
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'MANAGEMENT_ACCOUNT_ID',
];

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
const isDryRun = values['dry-run'];

const missing = REQUIRED.filter((name) => !process.env[name]);
if (missing.length > 0) {
  process.stderr.write(`Set ${missing.join(', ')}: see "Deploying" in README.md.\n`);
  process.exit(1);
}

const serverlessDevs = join(
  dirname(createRequire(import.meta.url).resolve('@serverless-devs/s/package.json')),
  'bin/s',
);

run(['--import', 'tsx', 'scripts/build.ts']);
run(['dist/cli/onboard.js', 'setup', ...(isDryRun ? ['--dry-run'] : [])]);
run([serverlessDevs, ...(isDryRun ? ['preview'] : ['deploy', '-y'])], {
  AccountID: process.env.MANAGEMENT_ACCOUNT_ID,
  AccessKeyID: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
  AccessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
  SecurityToken: process.env.ALIBABA_CLOUD_SECURITY_TOKEN,
});

function run(args: readonly string[], extra: Readonly<Record<string, string | undefined>> = {}) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...extra },
  });
  if (status !== 0) process.exit(status ?? 1);
}
