import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DeployFunctions } from './ports.ts';

const PROGRAM = join(
  dirname(createRequire(import.meta.url).resolve('@serverless-devs/s/package.json')),
  'bin/s',
);

/** Its component fc3 deploys s.yaml; each run is a process that shares the terminal. */
export function serverlessDevs(options: {
  /** Where s.yaml is. */
  readonly folder: string;
  /** What it sees, the credentials among it; the account's id is added. */
  readonly environment: () => Promise<NodeJS.ProcessEnv>;
}): DeployFunctions {
  const run = async (accountId: string, ...args: readonly string[]): Promise<number> => {
    const environment = await options.environment();
    return runProcess([PROGRAM, ...args], options.folder, {
      ...environment,
      MANAGEMENT_ACCOUNT_ID: accountId,
      AccountID: accountId,
    });
  };
  return {
    preview: (accountId) => run(accountId, 'preview'),
    deploy: (accountId) => run(accountId, 'deploy', '-y'),
    remove: (accountId) => run(accountId, 'remove', '-y'),
  };
}

/** A program of Node.js, to its exit code; one that a signal ended has 1. */
export function runProcess(
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      stdio: 'inherit',
      env: environment,
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
