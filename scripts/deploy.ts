import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connectOperator } from '../alicloud/connect-operator.ts';
import { describeFailure } from '../cli/describe-failure.ts';
import { retryReads } from '../cli/retry-reads.ts';
import { en } from '../cli/texts/en.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `Builds, sets up what the functions stand on, and deploys them with Serverless Devs.

npm run deploy                  does it; to repeat it is safe
npm run deploy -- --dry-run     shows the plan and the rendered s.yaml, and changes nothing
npm run deploy -- --remove      removes the functions and their triggers, and nothing else

One set of variables for all of it: see "Deploying" in README.md.
`;

const { isDryRun, isRemoval } = readArguments();
const managementAccountId = await readManagementAccountId();
const environment = {
  ...process.env,
  MANAGEMENT_ACCOUNT_ID: managementAccountId,
  AccountID: managementAccountId,
  AccessKeyID: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
  AccessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
  SecurityToken: process.env.ALIBABA_CLOUD_SECURITY_TOKEN,
};
const serverlessDevs = join(
  dirname(createRequire(import.meta.url).resolve('@serverless-devs/s/package.json')),
  'bin/s',
);

if (isRemoval) {
  run([serverlessDevs, 'remove', '-y']);
  say(
    'The functions and their triggers are removed. To remove the stack: npx onboard setup --remove',
  );
} else {
  run(['--import', 'tsx', 'scripts/build.ts']);
  run(['dist/cli/onboard.js', 'setup', '--no-next', ...(isDryRun ? ['--dry-run'] : [])]);
  if (isDryRun) say('\ns.yaml as it would be deployed (not compared with what is there)');
  run([serverlessDevs, ...(isDryRun ? ['preview'] : ['deploy', '-y'])]);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        'dry-run': { type: 'boolean' },
        remove: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      say(USAGE.trimEnd());
      process.exit(0);
    }
    if (values.remove && values['dry-run']) fail('--remove does not go with --dry-run.');
    return { isDryRun: values['dry-run'] === true, isRemoval: values.remove === true };
  } catch (error) {
    fail(`${error instanceof Error ? error.message.split('. ')[0] : error}.\n\n${USAGE.trimEnd()}`);
  }
}

/** Of the directory that the credentials are of: what the environment says has to agree. */
async function readManagementAccountId(): Promise<string> {
  const said = process.env.MANAGEMENT_ACCOUNT_ID;
  try {
    const ownerId = await connectOperator({ retryReads }).managementAccountId();
    if (said && said !== ownerId) {
      fail(
        `MANAGEMENT_ACCOUNT_ID is ${said}, but the resource directory of these credentials is that of ${ownerId}: correct one of them.`,
      );
    }
    return ownerId;
  } catch (error) {
    fail(describeFailure(error, en).join('\n'));
  }
}

function run(args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: environment,
  });
  if (status !== 0) process.exit(status ?? 1);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
