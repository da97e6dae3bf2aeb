import { headerOf } from '../../../protocols/header.ts';
import type { HttpAnswer, HttpRequest } from '../../../server/http-service.ts';
import { compress } from '../compression.ts';
import { logError } from '../errors.ts';
import {
  type JsonObject,
  jsonBody,
  optionalBoolean,
  optionalText,
  refuseOtherKeys,
  refuseOtherParameters,
} from '../json-body.ts';
import type { Search } from '../search/search.ts';
import { INERT_SETTINGS, refuseOtherSettings } from './get-logs.ts';
import { jsonAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';
import { type ReadPorts, readLogs } from './read-logs.ts';

const KEYS = ['from', 'line', 'offset', 'query', 'reverse', 'to', 'topic'];

/**
 * `POST /logstores/{logstore}/logs`: what GetLogs answers, with what its headers say in the body, and
 * compressed as `Accept-Encoding` asks (`lz4`, or zlib's format as `gzip` or `deflate`). Safe to
 * repeat. Source: help.aliyun.com "GetLogsV2", and the SDKs for Go, Node and Python.
 */
export function getLogsV2(ports: ReadPorts): LogstoreOperation {
  return async (call) => {
    call.authorize('log:GetLogStoreLogs', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    const search = searchFrom(jsonBody(call.request));
    const logstore = ports.store.readyLogstore(call.project, call.logstore);
    const startMs = performance.now();
    const { rows, progress, aggQuery, ...read } = await readLogs(ports, logstore, search);
    const elapsedMillisecond = Math.round(performance.now() - startMs);
    const meta = {
      progress,
      count: rows.length,
      hasSQL: aggQuery !== undefined,
      aggQuery: aggQuery ?? '',
      whereQuery: read.whereQuery,
      processedRows: read.processedRows,
      elapsedMillisecond,
      isAccurate: true,
      telementryType: '',
    };
    return compressed(call.request, jsonAnswer({ meta, data: rows }));
  };
}

function searchFrom(body: JsonObject): Search {
  refuseOtherKeys(body, [...KEYS, ...INERT_SETTINGS], 'GetLogsV2');
  refuseOtherSettings(body);
  return {
    from: wholeNumber(body.from, 'InvalidTimeRange'),
    to: wholeNumber(body.to, 'InvalidTimeRange'),
    query: optionalText(body, 'query') ?? '',
    topic: optionalText(body, 'topic') ?? '',
    line: wholeNumber(body.line ?? 100, 'InvalidLine'),
    offset: wholeNumber(body.offset ?? 0, 'InvalidOffset'),
    reverse: optionalBoolean(body, 'reverse') ?? false,
  };
}

function wholeNumber(value: unknown, code: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw logError(code);
  return value;
}

/** As it is for a client that takes none of them. */
function compressed(request: HttpRequest, answer: HttpAnswer): HttpAnswer {
  const accepted = (headerOf(request, 'accept-encoding') ?? '').toLowerCase().split(/\s*,\s*/);
  const type = (['lz4', 'gzip', 'deflate'] as const).find((each) => accepted.includes(each));
  if (type === undefined) return answer;
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'x-log-compresstype': type,
      'x-log-bodyrawsize': String(answer.body.length),
    },
    body: compress(answer.body, type),
  };
}
