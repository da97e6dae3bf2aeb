import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { LogEntry, ResultLog } from '../../workflows/onboarding/ports.ts';
import type { LogClient } from './client.ts';
import { fitEntry } from './fit-entry.ts';
import { encodedLogSize, encodeLogGroup, type Log } from './log-group.ts';

const compress = promisify(deflate);

/** Documented limits of one call are 4,096 logs and, by the stricter page, 3 MB uncompressed. */
export const MAX_BATCH_ENTRIES = 4_096;
/** With a margin below it for the group's own fields. */
export const MAX_BATCH_BYTES = 2_900_000;

/** The largest that the format holds, so the one with the most bytes. */
const MAX_TIME_S = 2 ** 32 - 1;

export interface ResultLogOptions {
  readonly client: LogClient;
  readonly logstore: string;
  /** Shown as `__source__`. Default: none, and the service puts the sender's address. */
  readonly source?: string;
  /** Milliseconds since 1970, for entries without a readable `time`. Default: the system's clock. */
  readonly now?: () => number;
}

export function createResultLog(options: ResultLogOptions): ResultLog {
  const { client, logstore, source, now = Date.now } = options;

  function toLog(entry: LogEntry): Log {
    const timeS = Math.floor(Date.parse(entry.time ?? '') / 1_000);
    const isReadable = timeS >= 0 && timeS <= MAX_TIME_S;
    return { timeS: isReadable ? timeS : Math.floor(now() / 1_000), contents: entry };
  }

  return {
    batches(entries) {
      const batches: LogEntry[][] = [];
      let bytes = 0;
      for (const entry of entries) {
        const fitting = fitEntry(entry, sizeOf, MAX_BATCH_BYTES);
        const size = sizeOf(fitting);
        const batch = batches.at(-1);
        if (
          batch === undefined ||
          batch.length === MAX_BATCH_ENTRIES ||
          bytes + size > MAX_BATCH_BYTES
        ) {
          batches.push([fitting]);
          bytes = size;
        } else {
          batch.push(fitting);
          bytes += size;
        }
      }
      return batches;
    },

    async append(batch, { timeoutMs }) {
      if (batch.length === 0) {
        return;
      }
      const raw = encodeLogGroup({
        logs: batch.map(toLog),
        source,
      });
      await client.request({
        operation: 'PutLogs',
        method: 'POST',
        path: `/logstores/${logstore}/shards/lb`,
        headers: {
          'content-type': 'application/x-protobuf',
          'x-log-bodyrawsize': String(raw.length),
          'x-log-compresstype': 'deflate',
        },
        body: await compress(raw),
        timeoutMs,
      });
    },
  };
}

function sizeOf(entry: LogEntry): number {
  return encodedLogSize({ timeS: MAX_TIME_S, contents: entry });
}
