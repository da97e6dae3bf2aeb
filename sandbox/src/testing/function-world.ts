import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startServer } from '../server/server.ts';
import {
  createFunctionCompute,
  type FunctionComputeOptions,
} from '../services/function-compute/function-compute.ts';
import type { NewFunction } from '../services/function-compute/function-config.ts';
import { createLogService } from '../services/log-service/index.ts';
import { createMessageService } from '../services/message-service/message-service.ts';
import { createObjectStorage } from '../services/object-storage/object-storage.ts';
import type { Credentials, PolicyDocument } from '../world/identities.ts';
import { createWorld } from '../world/world.ts';

export const ACCOUNT_ID = '1000000000000001';
export const REGION = 'cn-hangzhou';
export const ROLE_ARN = `acs:ram::${ACCOUNT_ID}:role/onboarding`;
export const FAILED_QUEUE = 'failed';
export const FAILED_QUEUE_ARN = `acs:mns:${REGION}:${ACCOUNT_ID}:/queues/${FAILED_QUEUE}/messages`;

/** A world with Function Compute on a free port, and code folders that go away with it. */
export async function createFunctionWorld(
  options: Partial<FunctionComputeOptions> & { readonly clockSpeed?: number } = {},
) {
  const world = createWorld({ region: REGION, speed: options.clockSpeed ?? 1 });
  const messageService = createMessageService({ world });
  messageService.createQueue(FAILED_QUEUE);
  const logService = createLogService({ world, accountId: ACCOUNT_ID });
  const objectStorage = createObjectStorage({ world });
  world.identities.createRole(ACCOUNT_ID, 'onboarding', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'mns:SendMessage', Resource: FAILED_QUEUE_ARN }],
  });
  const functionCompute = createFunctionCompute({
    world,
    accountId: ACCOUNT_ID,
    messageService,
    logService,
    objectStorage,
    onFreeze: (connections) => server.breakConnections(connections),
    ...options,
  });
  const server = await startServer({ world, services: [objectStorage, functionCompute], port: 0 });
  const folder = mkdtempSync(join(tmpdir(), 'function-world-'));
  let folders = 0;

  const writeCode = (files: Readonly<Record<string, string>>): string => {
    folders += 1;
    const codeDir = join(folder, String(folders));
    for (const [name, text] of Object.entries(files)) {
      const path = join(codeDir, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return codeDir;
  };

  return {
    world,
    messageService,
    logService,
    functionCompute,
    server,
    /** Where its API is, for a client. */
    at: { accountId: ACCOUNT_ID, region: REGION, endpoint: server.endpoint },
    folder,
    rootKey: world.identities.createAccessKey(ACCOUNT_ID),
    /** A key whose owner may do these, and nothing else. */
    keyOf: (statements: PolicyDocument['Statement']): Credentials => {
      world.identities.createRole(ACCOUNT_ID, 'operator', { Version: '1', Statement: statements });
      return world.identities.assumeRole(`acs:ram::${ACCOUNT_ID}:role/operator`, 3_600_000);
    },
    writeCode,
    /** `source` is the body of a CommonJS `index.js`. */
    createFunction: (name: string, source: string, config: Partial<NewFunction> = {}): void =>
      functionCompute.createFunction({
        name,
        codeDir: writeCode({ 'index.js': source }),
        handler: 'index.handler',
        runtime: 'nodejs20',
        timeoutSeconds: 10,
        memorySizeMb: 128,
        environment: {},
        roleArn: ROLE_ARN,
        ...config,
      }),
    close: async (): Promise<void> => {
      await functionCompute.close();
      await server.close();
      world.clock.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type FunctionWorld = Awaited<ReturnType<typeof createFunctionWorld>>;
