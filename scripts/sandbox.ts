import { createSandbox } from '../sandbox/src/index.ts';
import { buildFunctions } from './build-functions.ts';
import {
  createEventRuleIn,
  createStackIn,
  deployFunctionsTo,
  FUNCTION_ENVIRONMENT,
} from './deploy-to-sandbox.ts';

/**
 * The sandbox with stack.yaml and s.yaml deployed, on a fixed port, until it is stopped. PORT and
 * MEMBERS choose the port and how many members there are from the start.
 */

const port = wholeNumber('PORT', 8420, 65_535);
const members = wholeNumber('MEMBERS', 0, 10_000);

const sandbox = await createSandbox({
  port,
  members,
  functionEnvironment: FUNCTION_ENVIRONMENT,
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  fail(`Port ${port} is taken: stop what listens there, or choose another with PORT=8421.`);
});
await buildFunctions();
const { logProject, logStore } = await createStackIn(sandbox);
const { functionNames } = await deployFunctionsTo(sandbox);
await createEventRuleIn(sandbox);

process.stdout.write(`The sandbox is up, with ${functionNames.join(' and ')} deployed. Ctrl-C stops it.

The directory has ${members} members: MEMBERS=5 npm run sandbox starts with five.
npm run deploy -- --dry-run works against it. Without --dry-run it would not: Serverless Devs always
calls the real cloud.

# Credentials of the management account ${sandbox.managementAccountId}, good for this sandbox only
export ALIBABA_CLOUD_ACCESS_KEY_ID=${sandbox.credentials.accessKeyId}
export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${sandbox.credentials.accessKeySecret}
export MANAGEMENT_ACCOUNT_ID=${sandbox.managementAccountId}
export REGION=${sandbox.region}
# One endpoint for every service
export CONFIG_ENDPOINT=${sandbox.endpoint}
export RESOURCE_MANAGER_ENDPOINT=${sandbox.endpoint}
export LOG_ENDPOINT=${sandbox.endpoint}
export FC_ENDPOINT=${sandbox.endpoint}
export ROS_ENDPOINT=${sandbox.endpoint}
# Where the results are
export LOG_PROJECT=${logProject}
export LOG_STORE=${logStore}
`);

// Frozen function instances would outlive a process that just ends.
const stop = () => {
  sandbox.close().then(
    () => process.exit(0),
    (error) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

/** Of the environment; an empty value counts as unset. */
function wholeNumber(name: string, fallback: number, most: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^\d+$/.test(text) || Number(text) > most) {
    fail(`${name} has to be a whole number from 0 to ${most}: ${text}`);
  }
  return Number(text);
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
