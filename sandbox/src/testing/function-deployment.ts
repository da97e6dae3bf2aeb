import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll } from 'vitest';
import { renderServerlessDevs } from '../deployment/render-serverless-devs.ts';
import { eachTest } from './each-test.ts';
import { ACCOUNT_ID, createFunctionWorld } from './function-world.ts';

const SAMPLE = fileURLToPath(new URL('./sample.s.yaml', import.meta.url));

/** Answers with what it got and what it runs in. */
const REPORT = `exports.handler = async (event, context) => {
  if (process.env.FAIL === 'yes') throw new Error('asked to fail');
  return { event: JSON.parse(event), env: process.env, context };
};`;

/** A world, and a folder with the sample's file and the code that it names. */
export async function createDeploymentWorld() {
  const fixture = await createFunctionWorld({ clockSpeed: 0 });
  const { world, logService, functionCompute, folder } = fixture;
  logService.createProject('results');
  logService.createLogstore('results', 'console');
  const file = join(folder, 's.yaml');
  cpSync(SAMPLE, file);
  for (const name of ['look', 'sweep']) {
    mkdirSync(join(folder, 'dist', name), { recursive: true });
    writeFileSync(join(folder, 'dist', name, 'index.js'), REPORT);
  }

  return {
    ...fixture,
    file,
    deployOptions: { world, accountId: ACCOUNT_ID, functionCompute, baseDir: folder },
  };
}

/** Such a world for each test; `rendered` is the sample's file, rendered once and parsed anew. */
export function deploymentOfEachTest() {
  let renderedJson: string;
  beforeAll(async () => {
    const rendering = await createDeploymentWorld();
    renderedJson = JSON.stringify(await renderServerlessDevs({ file: rendering.file })).replaceAll(
      rendering.folder,
      '.',
    );
    await rendering.close();
  });
  return { fixture: eachTest(createDeploymentWorld), rendered: () => JSON.parse(renderedJson) };
}
