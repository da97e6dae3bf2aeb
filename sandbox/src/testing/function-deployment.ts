import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
