import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { malformedAnswer, noAnswer } from '../failure.ts';
import { jsonOf, type LogClient } from './client.ts';

const OPERATION = 'GetLogs';
const MAX_ASKS = 30;

export interface ResultQueryOptions {
  readonly client: LogClient;
  readonly logstore: string;
  /** How long to wait before an incomplete answer is asked for again. Default: 200. */
  readonly askAgainMs?: number;
}

const rowsSchema = v.array(v.record(v.string(), v.nullish(v.union([v.string(), v.number()]))));

/**
 * Statistics over a logstore. An incomplete answer is computed from a part of the logs, so it is
 * asked for again until it is complete, and never given back.
 */
export function createResultQuery(options: ResultQueryOptions) {
  const { client, logstore, askAgainMs = 200 } = options;

  return {
    async query({
      query,
      fromS,
      toS,
      timeoutMs,
    }: {
      readonly query: string;
      readonly fromS: number;
      readonly toS: number;
      readonly timeoutMs: number;
    }): Promise<Record<string, string>[]> {
      const startedMs = performance.now();
      const leftMs = () => Math.ceil(timeoutMs - (performance.now() - startedMs));
      for (let ask = 0; ask < MAX_ASKS; ask += 1) {
        const answer = await client.request({
          operation: OPERATION,
          method: 'GET',
          path: `/logstores/${logstore}`,
          // Without `line` and `offset`: a statement has its own `limit`.
          query: { type: 'log', from: String(fromS), to: String(toS), query },
          timeoutMs: leftMs(),
        });
        const parsed = v.safeParse(rowsSchema, jsonOf(answer.body));
        if (!parsed.success) {
          throw malformedAnswer(OPERATION, 'the body is not a list of rows', { statusCode: 200 });
        }
        if (answer.headers['x-log-progress'] === 'Complete') {
          return parsed.output.map(columnsOf);
        }
        await sleep(Math.min(askAgainMs, Math.max(0, leftMs())));
      }
      throw noAnswer(OPERATION, 'the query stays incomplete');
    },
  };
}

/** Without what the service adds to every row (`__time__`, `__source__`). */
function columnsOf(
  row: Readonly<Record<string, string | number | null | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name.startsWith('__') || value === null || value === undefined ? [] : [[name, String(value)]],
    ),
  );
}
