import { logError } from '../errors.ts';
import { refuseOtherParameters } from '../json-body.ts';
import type { Search } from '../search/search.ts';
import { jsonAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';
import { type ReadPorts, readLogs } from './read-logs.ts';

const PARAMETERS = ['from', 'line', 'offset', 'query', 'reverse', 'to', 'topic', 'type'];

/**
 * Parameters of the real service that change nothing with these values, which the SDKs for Go and
 * Python send in every call. `accurate`: in the order of their seconds, as logs are answered here.
 */
const INERT: Readonly<Record<string, readonly string[]>> = {
  accurate: ['true', 'false'],
  forward: ['true'],
  fromNs: ['0'],
  highlight: ['false'],
  powerSql: ['', 'false'],
  session: [''],
  toNs: ['0'],
};

/**
 * `GET /logstores/{logstore}?type=log`. Answers an array of flat objects of strings, logs or the
 * rows of an analytic statement; the headers say whether it is all (`x-log-progress`) and how many
 * they are. Safe to repeat. Source: help.aliyun.com "GetLogs".
 */
export function getLogs(ports: ReadPorts): LogstoreOperation {
  return async (call) => {
    call.authorize('log:GetLogStoreLogs', logstoreResource(call));
    const search = searchFrom(call.request.query);
    const logstore = ports.store.readyLogstore(call.project, call.logstore);
    const { rows, progress, aggQuery, ...read } = await readLogs(ports, logstore, search);
    return jsonAnswer(rows, {
      'x-log-progress': progress,
      'x-log-count': String(rows.length),
      'x-log-has-sql': String(aggQuery !== undefined),
      ...(aggQuery !== undefined && {
        'x-log-agg-query': asciiOf(aggQuery),
        'x-log-where-query': asciiOf(read.whereQuery),
        'x-log-processed-rows': String(read.processedRows),
      }),
    });
  };
}

/** Of GetLogs as text, of GetLogsV2 as JSON. Throws `SandboxUnsupportedParameter`. */
export function refuseOtherSettings(settings: Readonly<Record<string, unknown>>): void {
  for (const [name, values] of Object.entries(INERT)) {
    const value = settings[name];
    if (value !== undefined && !values.includes(String(value).toLowerCase())) {
      throw logError(
        'SandboxUnsupportedParameter',
        `The sandbox does not model ${name}: ${JSON.stringify(value)}.`,
      );
    }
  }
}

export const INERT_SETTINGS = Object.keys(INERT);

function searchFrom(query: URLSearchParams): Search {
  refuseOtherParameters(query, [...PARAMETERS, ...INERT_SETTINGS]);
  refuseOtherSettings(Object.fromEntries(query));
  const reverse = query.get('reverse') ?? 'false';
  if (reverse !== 'true' && reverse !== 'false') throw logError('InvalidReverse');
  return {
    from: wholeNumber(query.get('from'), 'InvalidTimeRange'),
    to: wholeNumber(query.get('to'), 'InvalidTimeRange'),
    query: query.get('query') ?? '',
    topic: query.get('topic') ?? '',
    line: wholeNumber(query.get('line') ?? '100', 'InvalidLine'),
    offset: wholeNumber(query.get('offset') ?? '0', 'InvalidOffset'),
    reverse: reverse === 'true',
  };
}

/** Throws `code`. */
export function wholeNumber(text: string | null, code: string): number {
  if (text === null || !/^\d{1,15}$/.test(text)) throw logError(code);
  return Number(text);
}

function asciiOf(text: string): string {
  return text.replace(/[^ -~]/gu, '?');
}
