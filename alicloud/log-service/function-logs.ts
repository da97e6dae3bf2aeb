import { timeLeft } from '../timeout.ts';
import type { LogClient } from './client.ts';
import { getRows } from './get-logs.ts';
import { functionLogsSearch } from './queries.ts';

/** As stack.yaml names it, and s.yaml has the functions write to it. */
const LOGSTORE = 'function-logs';

/** The most that one answer holds. */
const PAGE_SIZE = 100;

/** A line that a function printed, or that Function Compute wrote about its invocation. */
export interface FunctionLogLine {
  /** ISO 8601; of whole seconds. */
  readonly time: string;
  readonly functionName?: string;
  /** Of the invocation. */
  readonly requestId?: string;
  readonly instanceId?: string;
  /** May have several lines. */
  readonly message: string;
}

export interface FunctionLogSearch {
  /** Only of this invocation: letters, digits, `-` and `_`. Default: of all. */
  readonly requestId?: string;
  /** Seconds since 1970, inclusive. */
  readonly fromS: number;
  /** Seconds since 1970, exclusive. */
  readonly toS: number;
  /** Bounds the whole search, however many pages it takes. */
  readonly timeoutMs: number;
}

export interface FunctionLogs {
  /** Oldest first. A line can be read some seconds after it was printed. Safe to repeat. */
  read(search: FunctionLogSearch): Promise<FunctionLogLine[]>;
}

export function createFunctionLogs(client: LogClient): FunctionLogs {
  return {
    async read({ requestId, fromS, toS, timeoutMs }) {
      const left = timeLeft(timeoutMs);
      const lines: FunctionLogLine[] = [];
      for (let offset = 0; ; offset += PAGE_SIZE) {
        const page = await getRows(
          { client, logstore: LOGSTORE },
          {
            from: String(fromS),
            to: String(toS),
            query: functionLogsSearch(requestId),
            line: String(PAGE_SIZE),
            offset: String(offset),
            reverse: 'false',
          },
          left,
        );
        for (const row of page) {
          lines.push({
            time: new Date(Number(row.__time__) * 1000).toISOString(),
            functionName: textOf(row.functionName),
            requestId: textOf(row.requestId),
            instanceId: textOf(row.instanceID),
            message: textOf(row.message) ?? '',
          });
        }
        if (page.length < PAGE_SIZE) return lines;
      }
    },
  };
}

function textOf(value: string | number | null | undefined): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value);
}
