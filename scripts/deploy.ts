import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connectOperator } from '../alicloud/connect-operator.ts';
import { refuseMixedEndpoints } from '../alicloud/endpoint-kind.ts';
import { describeFailure } from '../cli/describe-failure.ts';
import { retryReads } from '../cli/retry-reads.ts';
import { en } from '../cli/texts/en.ts';
import { describeWhereabouts } from '../cli/whereabouts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `Deploys in stages: plan, foundations, functions, event path, doctor. To repeat it is safe:
after a failure it goes on from there.

npm run deploy                  shows the plan, asks, and does it
npm run deploy -- --yes         does it without asking, for pipelines
npm run deploy -- --dry-run     shows the plan and the rendered s.yaml, and changes nothing
npm run deploy -- --remove      removes the event path, the functions and the schedule, looks up that
                                they are gone, and leaves what they stand on

One set of variables for all of it: see "Deploying" in README.md.
`;
const TURNS_ON = `Within five minutes of the deployment, the schedule starts enterprise mode of Cloud Config for the whole
organization, if it is off. It can't be turned off again without losing what was recorded.`;
const WITHOUT_EVENT_PATH = `The event path is missing, for the reason above. All else is deployed: the schedule covers new accounts
within five minutes. When the reason is gone, run npm run deploy again.`;

const FUNCTIONS = { backfill: ['schedule'], 'onboard-account': [] } as const;
const ONBOARD = 'dist/cli/onboard.js';
const SERVERLESS_DEVS = join(
  dirname(createRequire(import.meta.url).resolve('@serverless-devs/s/package.json')),
  'bin/s',
);

const { isDryRun, isRemoval, isConfirmed } = readArguments();
const operator = connectOperator({
  retryReads,
  acting: (where) => process.stderr.write(`${describeWhereabouts(where, en)}\n`),
});
const managementAccountId = await readManagementAccountId();
const environment = {
  ...process.env,
  MANAGEMENT_ACCOUNT_ID: managementAccountId,
  AccountID: managementAccountId,
  ...(await operator.serverlessDevsVariables()),
};

process.exitCode = isRemoval ? await remove() : await deploy();

async function deploy(): Promise<number> {
  stage('plan');
  mustRun(['--import', 'tsx', 'scripts/build.ts']);
  mustRun([ONBOARD, 'setup', '--dry-run']);
  say('\ns.yaml as it will be deployed, not compared with what is there:');
  mustRun([SERVERLESS_DEVS, 'preview']);
  mustRun([ONBOARD, 'setup', '--event-rule', '--dry-run']);
  if (isDryRun) return 0;
  say(`\n${TURNS_ON}`);
  if (!(await isWanted())) {
    say('Nothing was deployed.');
    return 1;
  }

  stage('foundations');
  mustRun([ONBOARD, 'setup', '--no-next', '--yes']);
  stage('functions');
  mustRun([SERVERLESS_DEVS, 'deploy', '-y']);
  stage('event path');
  const hasEventPath = run([ONBOARD, 'setup', '--event-rule', '--yes']) === 0;
  if (!hasEventPath) process.stderr.write(`${WITHOUT_EVENT_PATH}\n`);
  stage('doctor');
  const health = run([ONBOARD, 'doctor']);
  return hasEventPath ? health : 1;
}

/** Serverless Devs ends with 0 even when every deletion was refused: so what is left is looked up. */
async function remove(): Promise<number> {
  mustRun(['--import', 'tsx', 'scripts/build.ts']);
  if (!(await isWanted())) {
    say('Nothing was removed.');
    return 1;
  }
  stage('event path');
  mustRun([ONBOARD, 'setup', '--event-rule', '--remove', '--yes']);
  stage('functions');
  const ended = run([SERVERLESS_DEVS, 'remove', '-y']);
  const left = await whatIsLeft();
  if (left.length > 0) {
    process.stderr.write(
      `These are still there: ${left.join(', ')}. Allow their deletion, see above, and run npm run deploy -- --remove again.\n`,
    );
    return 1;
  }
  say(
    'The event rule, the functions and the schedule are gone. To remove the stack: npx onboard setup --remove',
  );
  return ended;
}

async function whatIsLeft(): Promise<string[]> {
  const reads = retryReads((await operator.settings()).retry, operator.clock, operator.random);
  const inspection = await operator.inspection(reads);
  const left = [];
  for (const [name, triggers] of Object.entries(FUNCTIONS)) {
    if ((await inspection.function(name)) !== undefined) left.push(`function ${name}`);
    for (const trigger of triggers) {
      const found = await inspection.trigger(name, trigger);
      if (found !== undefined) left.push(`trigger ${trigger} of ${name}`);
    }
  }
  const rule = await inspection.eventRule('default', 'account-onboarding');
  return rule === undefined ? left : [...left, 'event rule account-onboarding'];
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        'dry-run': { type: 'boolean' },
        remove: { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      say(USAGE.trimEnd());
      process.exit(0);
    }
    if (values.remove && values['dry-run']) fail('--remove does not go with --dry-run.');
    return {
      isDryRun: values['dry-run'] === true,
      isRemoval: values.remove === true,
      isConfirmed: values.yes === true,
    };
  } catch (error) {
    fail(`${error instanceof Error ? error.message.split('. ')[0] : error}.\n\n${USAGE.trimEnd()}`);
  }
}

/** Of the directory that the credentials are of; refused where MANAGEMENT_ACCOUNT_ID is another. */
async function readManagementAccountId(): Promise<string> {
  try {
    refuseMixedEndpoints(process.env);
    return await operator.managementAccountId();
  } catch (error) {
    fail(describeFailure(error, en).join('\n'));
  }
}

/** Asks on a terminal; without one, only `--yes` says so. */
async function isWanted(): Promise<boolean> {
  if (isConfirmed) return true;
  if (!process.stdin.isTTY) {
    process.stderr.write('Without a terminal to ask on, say so with --yes.\n');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('\nGo on? Only yes is taken for a yes: ');
  terminal.close();
  return answer.trim() === 'yes';
}

function stage(name: string): void {
  say(`\n== ${name} ==`);
}

/** The exit code of one of our own programs, which says itself what it does. */
function run(args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: environment,
  });
  return status ?? 1;
}

/** Nothing goes on after one that failed. */
function mustRun(args: readonly string[]): void {
  const code = run(args);
  if (code === 0) return;
  process.stderr.write('The deployment stops here. When the reason above is gone, run it again.\n');
  process.exit(code);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
