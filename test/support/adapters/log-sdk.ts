/**
 * `@alicloud/log`, the official client, as an oracle for ours. It has no types, and puts the
 * project before an address, which then is a name that does not resolve.
 */

import type { RequestOptions } from 'node:http';
import { createRequire } from 'node:module';
import type { Credentials } from '../../../alicloud/credentials.ts';

export interface OfficialLogClient {
  postLogStoreLogs(
    project: string,
    logstore: string,
    data: {
      logs: { timestamp: number; content: Record<string, string> }[];
      topic?: string;
      source?: string;
    },
    options: object,
  ): Promise<unknown>;
  getLogs(
    project: string,
    logstore: string,
    from: Date,
    to: Date,
    data: Record<string, string | number | boolean>,
    options: object,
  ): Promise<unknown>;
}

type OfficialLogClientClass = new (config: Credentials & { endpoint: string }) => OfficialLogClient;

function isClass(value: unknown): value is OfficialLogClientClass {
  return typeof value === 'function';
}

export function createOfficialLogClient(port: number, credentials: Credentials) {
  const imported: unknown = createRequire(import.meta.url)('@alicloud/log');
  if (!isClass(imported)) {
    throw new Error('@alicloud/log does not export a class');
  }
  return new imported({ ...credentials, endpoint: `127.0.0.1:${port}` });
}

/** For the last argument of its methods: whatever the name is, it is this machine's. */
export const connectToLoopback = {
  beforeRequest: (request: RequestOptions): RequestOptions => ({
    ...request,
    lookup: (_name, { all }, found) => {
      if (all) {
        found(null, [{ address: '127.0.0.1', family: 4 }]);
      } else {
        found(null, '127.0.0.1', 4);
      }
    },
  }),
};
