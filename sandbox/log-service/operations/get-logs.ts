import type { SandboxClock } from '../../core/clock.ts';
import { logError } from '../errors.ts';
import { refuseOtherParameters } from '../json-body.ts';
import { type Search, searchLogstore } from '../search/search.ts';
import type { LogEntry, Store } from '../store.ts';
import { jsonAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';

const PARAMETERS = [
  'from',
  'line',
  'offset',
  'powerSql',
  'query',
  'reverse',
  'to',
  'topic',
  'type',
];

export interface GetLogsPorts {
  readonly store: Store;
  readonly clock: SandboxClock;
  /** Whether this read is cut short: half of what was found, `Incomplete`. */
  takeIncomplete(): boolean;
}

/**
 * `GET /logstores/{logstore}?type=log`. Answers an array of flat objects of strings; the headers
 * say whether it is all (`x-log-progress`) and how many they are. Safe to repeat.
 * Source: help.aliyun.com "GetLogs".
 */
export function getLogs({ store, clock, takeIncomplete }: GetLogsPorts): LogstoreOperation {
  return (call) => {
    call.authorize('log:GetLogStoreLogs', logstoreResource(call));
    const search = searchFrom(call.request.query);
    const logstore = store.logstore(call.project, call.logstore);
    const found = searchLogstore(logstore, search, clock.now());
    const incomplete = takeIncomplete();
    const shown = incomplete ? found.slice(0, Math.floor(found.length / 2)) : found;
    return jsonAnswer(shown.map(logView), {
      'x-log-progress': incomplete ? 'Incomplete' : 'Complete',
      'x-log-count': String(shown.length),
    });
  };
}

function searchFrom(query: URLSearchParams): Search {
  refuseOtherParameters(query, PARAMETERS);
  if (![null, '', 'false'].includes(query.get('powerSql'))) {
    throw logError('SandboxUnsupportedParameter', 'The sandbox does not model powerSql.');
  }
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

function wholeNumber(text: string | null, code: string): number {
  if (text === null || !/^\d+$/.test(text)) throw logError(code);
  return Number(text);
}

function logView(entry: LogEntry): Record<string, string> {
  return {
    __time__: String(entry.timeS),
    __source__: entry.source,
    __topic__: entry.topic,
    ...entry.contents,
  };
}
