import { type DeployedSandboxOptions, deployedSandbox } from '../../e2e/deployed-sandbox.ts';
import type { CliEnvironment } from './process.ts';

/** The sandbox with everything deployed, and the environment that an operator has for it. */
export async function cliSandbox(options: DeployedSandboxOptions = {}) {
  const sandbox = await deployedSandbox(options);
  const { accessKeyId, accessKeySecret } = sandbox.credentials;
  const environment: CliEnvironment = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    CONFIG_ENDPOINT: sandbox.endpoint,
    RESOURCE_MANAGER_ENDPOINT: sandbox.endpoint,
    LOG_ENDPOINT: sandbox.endpoint,
    FC_ENDPOINT: sandbox.endpoint,
    ROS_ENDPOINT: sandbox.endpoint,
    RETRY_BASE_SECONDS: '0.01',
    RETRY_CAP_SECONDS: '0.1',
    POLL_BASE_SECONDS: '0.02',
    POLL_CAP_SECONDS: '0.1',
  };
  return { sandbox, environment };
}
