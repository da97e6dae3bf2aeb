import { headerOf } from '../../../protocols/header.ts';
import type { HttpRequest } from '../../../server/http-service.ts';
import { decompress, LARGEST_BODY_BYTES } from '../compression.ts';
import { logError } from '../errors.ts';
import { refuseOtherParameters } from '../json-body.ts';
import type { LogEntry } from '../log-entry.ts';
import { decodeLogGroup } from '../log-group.ts';
import type { Logstore, Store } from '../store.ts';
import { emptyAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';

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
 * `POST /logstores/{logstore}/shards/lb`, or without the last two, as the SDK for Go writes: a
 * LogGroup in protobuf, as it is or compressed. All logs of a call are stored or none. A repeat stores
 * them again. Source: help.aliyun.com "PutLogs".
 */
export function putLogs({ store, wallNowMs, takeWriteQuota }: PutLogsPorts): LogstoreOperation {
  return async (call) => {
    call.authorize('log:PostLogStoreLogs', logstoreResource(call));
    const { request } = call;
    refuseOtherParameters(request.query, []);
    const logstore = store.readyLogstore(call.project, call.logstore);
    if (!takeWriteQuota(call.project, logstore)) throw logError('ShardWriteQuotaExceed');
    const entries = decodeLogGroup(await rawBody(request));
    if (entries.length === 0) throw logError('PostBodyInvalid', 'The log group has no logs.');
    if (entries.some((entry) => !isInTime(entry, wallNowMs()))) {
      throw logError('PostBodyInvalid', 'The post data time is out of range');
    }
    store.append(logstore, entries);
    return emptyAnswer();
  };
}

async function rawBody(request: HttpRequest): Promise<Buffer> {
  const type = headerOf(request, 'content-type');
  if (type === undefined) throw logError('MissingContentType');
  if (type !== 'application/x-protobuf') {
    throw logError('InvalidContentType', `Content-Type ${type} is unsupported.`);
  }
  const size = headerOf(request, 'x-log-bodyrawsize');
  if (size === undefined) throw logError('MissingBodyRawSize');
  if (!/^\d{1,10}$/.test(size)) throw logError('InvalidBodyRawSize');
  const rawBytes = Number(size);
  if (rawBytes > LARGEST_BODY_BYTES || request.body.length > LARGEST_BODY_BYTES) {
    throw logError('PostBodyTooLarge');
  }
  const compression = headerOf(request, 'x-log-compresstype');
  if (compression !== undefined) return decompress(request.body, compression, rawBytes);
  if (request.body.length !== rawBytes) throw logError('InvalidBodyRawSize');
  return request.body;
}

function isInTime({ timeS }: LogEntry, nowMs: number): boolean {
  const atMs = timeS * 1000;
  return atMs >= nowMs - OLDEST_MS && atMs <= nowMs + NEWEST_MS;
}
