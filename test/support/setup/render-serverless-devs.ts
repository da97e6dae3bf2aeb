import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { renderServerlessDevs } from '../../../sandbox/src/deployment/render-serverless-devs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What Serverless Devs makes of s.yaml. */
    renderedServerlessDevs: Record<string, unknown>;
  }
}

/** Once for all tests: the file that is deployed. */
export default async function setup(project: TestProject): Promise<void> {
  const rendered = await renderServerlessDevs({
    file: fileURLToPath(new URL('../../../s.yaml', import.meta.url)),
    env: { MANAGEMENT_ACCOUNT_ID: '1000000000000001' },
  });
  if (typeof rendered !== 'object' || rendered === null) throw new Error('s.yaml is no object.');
  project.provide('renderedServerlessDevs', { ...rendered });
}
