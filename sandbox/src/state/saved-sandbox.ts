import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigData } from '../services/config/config-data.ts';
import type { RuleRecord } from '../services/event-bridge/event-rules.ts';
import type { QueueSettings } from '../services/message-service/message-service.ts';
import type { DirectoryData } from '../services/resource-manager/directory-data.ts';
import type { SavedStack } from '../services/resource-orchestration/stack/saved-stack.ts';
import type { Credentials, LastingKey } from '../world/identities.ts';
import type { AccessData } from './access-data.ts';
import type { LogServiceData } from './log-service-data.ts';

/** What survives a restart. */
export interface SavedSandbox {
  readonly version: 1;
  readonly region: string;
  readonly managementAccountId: string;
  /** On the sandbox's clock, and in real time. */
  readonly clockMs: number;
  readonly savedAtMs: number;
  readonly directory: DirectoryData;
  readonly config: ConfigData;
  readonly logService: LogServiceData;
  readonly access: AccessData;
  readonly queues: readonly SavedQueue[];
  readonly rules: readonly RuleRecord[];
  readonly stacks: readonly SavedStack[];
  /** With their secrets: whoever reads them has this sandbox, and nothing else. */
  readonly keys: readonly LastingKey[];
}

export interface SavedQueue {
  readonly name: string;
  readonly settings: QueueSettings;
  /** What is in them, oldest first. */
  readonly bodies: readonly string[];
}

/** Of the management account's root user: the first that was made. */
export function rootKeyOf({ keys, managementAccountId }: SavedSandbox): Credentials | undefined {
  return keys.find(({ accountId, user }) => accountId === managementAccountId && user === undefined)
    ?.credentials;
}

/** A folder that one sandbox's state is kept in. */
export interface Keeper {
  /** `undefined` when nothing was kept yet. Rejects with what is wrong with the file. */
  load(where: {
    readonly region: string;
    readonly managementAccountId: string;
  }): Promise<SavedSandbox | undefined>;
  /** In whole or not at all. Calls must not overlap. */
  save(saved: SavedSandbox): Promise<void>;
}

const FILE = 'sandbox.json';

export function createKeeper(folder: string): Keeper {
  const path = join(folder, FILE);
  return {
    async load({ region, managementAccountId }) {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (text === undefined) return undefined;
      const saved = parse(text, path);
      if (saved.region !== region || saved.managementAccountId !== managementAccountId) {
        throw new Error(
          `${path} is of the account ${saved.managementAccountId} in ${saved.region}, and the sandbox ` +
            `is to be of ${managementAccountId} in ${region}: choose the same, or another folder.`,
        );
      }
      return saved;
    },
    async save(saved) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const unfinished = `${path}.new`;
      await rm(unfinished, { force: true });
      await writeFile(unfinished, JSON.stringify(saved), { mode: 0o600 });
      await chmod(unfinished, 0o600);
      await rename(unfinished, path);
    },
  };
}

function parse(text: string, path: string): SavedSandbox {
  try {
    const saved: SavedSandbox = JSON.parse(text);
    if (saved.version === 1) return saved;
    throw new Error(`it has the version ${saved.version}, and this sandbox reads 1`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(
      `${path} can't be read: ${reason}. Without it the sandbox starts from its seed.`,
    );
  }
}
