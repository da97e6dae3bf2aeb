import { $OpenApiUtil } from '@alicloud/openapi-core';
import sls from '@alicloud/sls20201230';
import { startServer } from '../server/server.ts';
import { NO_DELAYS } from '../services/log-service/delays.ts';
import {
  createLogService,
  type LogDelays,
  type LogService,
} from '../services/log-service/index.ts';
import type { Credentials, PolicyDocument } from '../world/identities.ts';
import { createWorld, type World } from '../world/world.ts';
import { createLogWriter, type LogWriter } from './log-service-writer.ts';
import { unwrapDefault } from './unwrap-default.ts';

const SlsClient = unwrapDefault(sls);
export type Sls = InstanceType<typeof SlsClient>;

export const ACCOUNT_ID = '1234567890123456';

export interface LogSandbox {
  readonly world: World;
  readonly service: LogService;
  readonly port: number;
  readonly credentials: Credentials;
  /** The current SDK and the older one, for the root user's key or the given one. */
  sls(credentials?: Credentials): Sls;
  writer(credentials?: Credentials): LogWriter;
  /** Temporary credentials of a new role. */
  assume(policy: PolicyDocument): Credentials;
  close(): Promise<void>;
}

export interface LogSandboxOptions {
  /** Default: none. */
  readonly delays?: LogDelays;
  readonly wallNowMs?: () => number;
  readonly incompleteReads?: number;
}

/** A world of its own whose time stands still, with a project `audit` and a logstore `results`. */
export async function startLogSandbox(options: LogSandboxOptions = {}): Promise<LogSandbox> {
  const world = createWorld({ speed: 0 });
  const service = createLogService({
    world,
    accountId: ACCOUNT_ID,
    delays: NO_DELAYS,
    ...options,
  });
  service.createProject('audit');
  service.createLogstore('audit', 'results');
  const server = await startServer({ world, services: [service], port: 0 });
  const root = world.identities.createAccessKey(ACCOUNT_ID);
  const endpoint = `127.0.0.1:${server.port}`;
  let roles = 0;
  return {
    world,
    service,
    port: server.port,
    credentials: root,
    sls: (credentials = root) =>
      new SlsClient(
        new $OpenApiUtil.Config({
          ...credentials,
          endpoint: `sandbox@${endpoint}`,
          protocol: 'http',
        }),
      ),
    writer: (credentials = root) => createLogWriter({ ...credentials, endpoint }),
    assume(policy) {
      roles += 1;
      world.identities.createRole(ACCOUNT_ID, `role-${roles}`, policy);
      return world.identities.assumeRole(`acs:ram::${ACCOUNT_ID}:role/role-${roles}`, 3_600_000);
    },
    async close() {
      world.clock.stop();
      await server.close();
    },
  };
}

/** The usual delimiters. */
export const TOKEN = [...' \t\r\n,\'";=()[]{}?@&<>/:'];
export const TEXT = { type: 'text', token: TOKEN, caseSensitive: false };
export const LINE = { token: TOKEN, caseSensitive: false };

/** Seconds since 1970. */
export function nowS(): number {
  return Math.floor(Date.now() / 1000);
}
