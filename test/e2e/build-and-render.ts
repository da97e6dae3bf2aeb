import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { renderServerlessDevs } from '../../sandbox/src/deployment/render-serverless-devs.ts';
import { buildCli } from '../../scripts/build-cli.ts';
import { buildFunctions } from '../../scripts/build-functions.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What Serverless Devs makes of s.yaml. */
    renderedServerlessDevs: Record<string, unknown>;
  }
}

/** Once for all tests: the artifacts that would be deployed, and the file that deploys them. */
export default async function setup(project: TestProject): Promise<void> {
  const [rendered] = await Promise.all([
    renderServerlessDevs({
      file: fileURLToPath(new URL('../../s.yaml', import.meta.url)),
      env: { MANAGEMENT_ACCOUNT_ID: '1000000000000001' },
    }),
    buildFunctions(),
    buildCli(),
  ]);
  if (typeof rendered !== 'object' || rendered === null) throw new Error('s.yaml is no object.');
  project.provide('renderedServerlessDevs', { ...rendered });
}
