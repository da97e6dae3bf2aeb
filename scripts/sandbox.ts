import { createSandbox } from '../sandbox/index.ts';
import { buildFunctions } from './build-functions.ts';
import { createStackIn, deployFunctionsTo } from './deploy-to-sandbox.ts';

/** The sandbox with stack.yaml and s.yaml deployed, on a fixed port, until it is stopped. */

const DEFAULT_PORT = '8420';

const port = Number(process.env.PORT ?? DEFAULT_PORT);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`PORT has to be a port number from 0 to 65535: ${process.env.PORT}\n`);
  process.exit(1);
}

await buildFunctions();
const sandbox = await createSandbox({ port });
const { logProject, logStore } = await createStackIn(sandbox);
const { functionNames } = await deployFunctionsTo(sandbox);

process.stdout.write(`The sandbox is up, with ${functionNames.join(' and ')} deployed. Ctrl-C stops it.

# Credentials of the management account ${sandbox.managementAccountId}, good for this sandbox only
export ALIBABA_CLOUD_ACCESS_KEY_ID=${sandbox.credentials.accessKeyId}
export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${sandbox.credentials.accessKeySecret}
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
