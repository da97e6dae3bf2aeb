import { inflateSync } from 'node:zlib';
import { headerOf } from '../../../protocols/header.ts';
import type { HttpRequest } from '../../../server/http-service.ts';
import { logError } from '../errors.ts';
import { refuseOtherParameters } from '../json-body.ts';
import { decodeLogGroup } from '../log-group.ts';
import type { LogEntry, Logstore, Store } from '../store.ts';
import { emptyAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';

const LARGEST_BODY_BYTES = 3 * 1024 * 1024;
const LARGEST_VALUE_BYTES = 1024 * 1024;
const MOST_LOGS = 4096;
const OLDEST_MS = 7 * 24 * 3_600_000;
const NEWEST_MS = 15 * 60_000;

interface PutLogsPorts {
  readonly store: Store;
  /** The real time: writers stamp logs with theirs. */
  wallNowMs(): number;
  /** Counts one write to the logstore; false when its shards take no more. */
  takeWriteQuota(project: string, logstore: Logstore): boolean;
}

/**
 * `POST /logstores/{logstore}/shards/lb`, a LogGroup in protobuf, as it is or deflated. All logs of
 * a call are stored or none. A repeat stores them again.
 * Source: help.aliyun.com "PutLogs".
 */
export function putLogs({ store, wallNowMs, takeWriteQuota }: PutLogsPorts): LogstoreOperation {
  return (call) => {
    call.authorize('log:PostLogStoreLogs', logstoreResource(call));
    const { request } = call;
    refuseOtherParameters(request.query, []);
    const logstore = store.logstore(call.project, call.logstore);
    if (!takeWriteQuota(call.project, logstore)) throw logError('ShardWriteQuotaExceed');
    const entries = decodeLogGroup(rawBody(request));
    if (entries.length === 0) throw logError('PostBodyInvalid', 'The log group has no logs.');
    if (entries.length > MOST_LOGS || entries.some(hasTooLargeValue)) {
      throw logError('PostBodyTooLarge');
    }
    if (entries.some((entry) => !isInTime(entry, wallNowMs()))) {
      throw logError('PostBodyInvalid', 'The post data time is out of range');
    }
    store.append(logstore, entries);
    return emptyAnswer();
  };
}

function rawBody(request: HttpRequest): Buffer {
  const type = headerOf(request, 'content-type');
  if (type === undefined) throw logError('MissingContentType');
  if (type !== 'application/x-protobuf') {
    throw logError('InvalidContentType', `Content-Type ${type} is unsupported.`);
  }
  const size = headerOf(request, 'x-log-bodyrawsize');
  if (size === undefined) throw logError('MissingBodyRawSize');
  const raw = uncompressed(request);
  if (raw.length > LARGEST_BODY_BYTES) throw logError('PostBodyTooLarge');
  if (size !== String(raw.length)) throw logError('InvalidBodyRawSize');
  return raw;
}

function uncompressed(request: HttpRequest): Buffer {
  const type = headerOf(request, 'x-log-compresstype');
  if (type === undefined) return request.body;
  if (type !== 'deflate') {
    throw logError(
      'InvalidCompressType',
      `x-log-compresstype ${type} is unsupported by the sandbox: use deflate.`,
    );
  }
  try {
    return inflateSync(request.body, { maxOutputLength: LARGEST_BODY_BYTES });
  } catch (error) {
    const tooLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw logError(tooLarge ? 'PostBodyTooLarge' : 'PostBodyUncompressError');
  }
}

function hasTooLargeValue({ contents }: LogEntry): boolean {
  return Object.values(contents).some((value) => Buffer.byteLength(value) > LARGEST_VALUE_BYTES);
}

function isInTime({ timeS }: LogEntry, nowMs: number): boolean {
  const atMs = timeS * 1000;
  return atMs >= nowMs - OLDEST_MS && atMs <= nowMs + NEWEST_MS;
}
