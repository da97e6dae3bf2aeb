import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Deployment } from '../sandbox/src/deployment/deploy.ts';
import { renderServerlessDevs } from '../sandbox/src/deployment/render-serverless-devs.ts';
import type { Sandbox } from '../sandbox/src/index.ts';

export const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where the results are, as stack.yaml says. */
export interface ResultLocation {
  readonly logProject: string;
  readonly logStore: string;
}

/** What the functions stand on. */
export async function createStackIn(sandbox: Sandbox): Promise<ResultLocation> {
  const outputs = await sandbox.createStack(join(PROJECT_ROOT, 'stack.yaml'));
  const { LogProject: logProject, LogStore: logStore } = outputs;
  if (logProject === undefined || logStore === undefined) {
    throw new Error('stack.yaml has no outputs LogProject and LogStore.');
  }
  return { logProject, logStore };
}

/** The functions of s.yaml, which have to be built. `environment` is set over what the file says. */
export async function deployFunctionsTo(
  sandbox: Sandbox,
  environment: Readonly<Record<string, string>> = {},
): Promise<Deployment> {
  const rendered = await renderServerlessDevs({
    file: join(PROJECT_ROOT, 's.yaml'),
    env: { MANAGEMENT_ACCOUNT_ID: sandbox.managementAccountId, REGION: sandbox.region },
  });
  return sandbox.deploy(rendered, { baseDir: PROJECT_ROOT, environment });
}
