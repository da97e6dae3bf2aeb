import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import type { LogEntry } from '../../workflows/onboarding/ports.ts';
import { malformedAnswer, noAnswer } from '../failure.ts';
import { jsonOf, type LogClient } from './client.ts';

export interface LogSource {
  readonly client: LogClient;
  readonly logstore: string;
  /** How long to wait before an incomplete answer is read again. Default: 200. */
  readonly rereadAfterMs?: number;
}

const OPERATION = 'GetLogs';
const MAX_READS = 30;

const rowsSchema = v.array(v.record(v.string(), v.nullish(v.union([v.string(), v.number()]))));

export type LogRow = v.InferOutput<typeof rowsSchema>[number];

/** The rows of one answer (`getRows`), without what the service adds (`__time__`, `__source__`, …). */
export async function getLogs(
  source: LogSource,
  query: Readonly<Record<string, string>>,
  left: () => number,
): Promise<LogEntry[]> {
  return (await getRows(source, query, left)).map(ownFields);
}

/**
 * The rows of one answer, with the fields that the service adds.
 * An incomplete answer comes from a part of the logs, so it is read again until it is complete,
 * and never given back. `left` says how many milliseconds there are. Safe to repeat.
 */
export async function getRows(
  { client, logstore, rereadAfterMs = 200 }: LogSource,
  query: Readonly<Record<string, string>>,
  left: () => number,
): Promise<LogRow[]> {
  for (let read = 0; read < MAX_READS; read += 1) {
    const answer = await client.request({
      operation: OPERATION,
      method: 'GET',
      path: `/logstores/${logstore}`,
      query: { type: 'log', ...query },
      timeoutMs: left(),
    });
    const parsed = v.safeParse(rowsSchema, jsonOf(answer.body));
    if (!parsed.success) {
      throw malformedAnswer(OPERATION, 'the body is not a list of rows', { statusCode: 200 });
    }
    if (answer.headers['x-log-progress'] === 'Complete') return parsed.output;
    await sleep(Math.min(rereadAfterMs, Math.max(0, left())));
  }
  throw noAnswer(OPERATION, 'the answer stays incomplete');
}

function ownFields(row: LogRow): LogEntry {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name.startsWith('__') || value === null || value === undefined ? [] : [[name, String(value)]],
    ),
  );
}
