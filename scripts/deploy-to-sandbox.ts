import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVENT_ROLES, FOUNDATION_ROLES } from '../cli/setup/service-linked-roles.ts';
import type { Deployment, Sandbox } from '../sandbox/src/index.ts';
import { ENDPOINTS } from './deploy/endpoints.ts';

export const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Service names of the roles that `onboard setup` leaves behind. */
export const DEPLOYED_ROLES = [...FOUNDATION_ROLES, ...EVENT_ROLES].map(
  ({ serviceName }) => serviceName,
);

/** Where the results are, as stack.yaml says. */
export interface ResultLocation {
  readonly logProject: string;
  readonly logStore: string;
}

/** Where the functions find the sandbox, instead of the cloud. */
export const FUNCTION_ENVIRONMENT = {
  CONFIG_ENDPOINT: '{endpoint}',
  LOG_ENDPOINT: '{endpoint}',
  RESOURCE_MANAGER_ENDPOINT: '{endpoint}',
};

/** What the functions stand on. */
export async function createStackIn(sandbox: Sandbox): Promise<ResultLocation> {
  const outputs = await sandbox.createStack({
    name: 'account-onboarding',
    file: join(PROJECT_ROOT, 'stack.yaml'),
  });
  const { LogProject: logProject, LogStore: logStore } = outputs;
  if (logProject === undefined || logStore === undefined) {
    throw new Error('stack.yaml has no outputs LogProject and LogStore.');
  }
  return { logProject, logStore };
}

/** The functions of s.yaml, which have to be built. `environment` is set over what the file says. */
export function deployFunctionsTo(
  sandbox: Sandbox,
  environment: Readonly<Record<string, string>> = {},
): Promise<Deployment> {
  return sandbox.deploy({
    file: join(PROJECT_ROOT, 's.yaml'),
    variables: { MANAGEMENT_ACCOUNT_ID: '{accountId}', REGION: '{region}' },
    environment,
  });
}

/** What brings account events to the function, which has to be there. */
export async function createEventRuleIn(sandbox: Sandbox): Promise<void> {
  await sandbox.createStack({
    name: 'account-onboarding-events',
    file: join(PROJECT_ROOT, 'event-rule.yaml'),
  });
}

/** What an operator who acts as the management account sets, and nothing else. */
export function operatorEnvironmentFor(sandbox: Sandbox): Readonly<Record<string, string>> {
  const { endpoint, credentials, managementAccountId, region } = sandbox;
  return {
    ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.accessKeySecret,
    MANAGEMENT_ACCOUNT_ID: managementAccountId,
    REGION: region,
    ...Object.fromEntries(ENDPOINTS.map((name) => [name, endpoint])),
  };
}
