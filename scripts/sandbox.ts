import { createSandbox } from '../sandbox/src/index.ts';
import { buildFunctions } from './build-functions.ts';
import {
  createEventRuleIn,
  createStackIn,
  DEPLOYED_ROLES,
  deployFunctionsTo,
  FUNCTION_ENVIRONMENT,
  operatorEnvironmentFor,
} from './deploy-to-sandbox.ts';

/**
 * The sandbox with stack.yaml and s.yaml deployed, on a fixed port, until it is stopped. PORT and
 * MEMBERS choose the port and how many members there are from the start; with EMPTY=yes nothing is
 * deployed, as in an account that never used any of it.
 */

const port = wholeNumber('PORT', 8420, 65_535);
const members = wholeNumber('MEMBERS', 0, 10_000);
const isEmpty = process.env.EMPTY === 'yes';

const sandbox = await createSandbox({
  port,
  members,
  functionEnvironment: FUNCTION_ENVIRONMENT,
  serviceLinkedRoles: isEmpty ? [] : DEPLOYED_ROLES,
  config: isEmpty ? { organization: 'not-activated' } : {},
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  fail(`Port ${port} is taken: stop what listens there, or choose another with PORT=8421.`);
});
const deployed = isEmpty ? 'nothing' : await deployAll();

async function deployAll(): Promise<string> {
  await buildFunctions();
  await createStackIn(sandbox);
  const { functionNames } = await deployFunctionsTo(sandbox);
  await createEventRuleIn(sandbox);
  return functionNames.join(' and ');
}

process.stdout.write(`The sandbox is up, with ${deployed} deployed. Ctrl-C stops it.

The directory has ${members} members: MEMBERS=5 npm run sandbox starts with five.
EMPTY=yes npm run sandbox starts with nothing deployed, for npm run deploy. That needs the component of
Serverless Devs: from its registry, or a copy that FC3_COMPONENT is the path of.

# Credentials of the management account, good for this sandbox only, and one endpoint for every service
${Object.entries(operatorEnvironmentFor(sandbox))
  .map(([name, value]) => `export ${name}=${value}`)
  .join('\n')}
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
