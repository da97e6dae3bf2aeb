import type { HttpAnswer } from '../../../server/http-service.ts';
import type { SandboxClock } from '../../../world/clock.ts';
import { analyze } from '../analytics/analyze.ts';
import { splitQuery } from '../analytics/split-query.ts';
import { logError } from '../errors.ts';
import { refuseOtherParameters } from '../json-body.ts';
import { findEntries, type Search, searchLogstore } from '../search/search.ts';
import type { LogEntry, Logstore, Store } from '../store.ts';
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

interface GetLogsPorts {
  readonly store: Store;
  readonly clock: SandboxClock;
  /** The real time, which logs are stamped with: `now()` in an analytic statement. */
  wallNowMs(): number;
  /** Whether this read is cut short: half of what was found, `Incomplete`. */
  takeIncomplete(): boolean;
}

/**
 * `GET /logstores/{logstore}?type=log`. Answers an array of flat objects of strings, logs or the
 * rows of an analytic statement; the headers say whether it is all (`x-log-progress`) and how many
 * they are. Safe to repeat. Source: help.aliyun.com "GetLogs".
 */
export function getLogs(ports: GetLogsPorts): LogstoreOperation {
  const { store, clock } = ports;
  return (call) => {
    call.authorize('log:GetLogStoreLogs', logstoreResource(call));
    const search = searchFrom(call.request.query);
    const logstore = store.logstore(call.project, call.logstore);
    const { search: query, statement } = splitQuery(search.query);
    if (statement !== undefined) {
      return analyticAnswer(ports, logstore, { ...search, query }, statement);
    }
    const { shown, progress } = cutShort(ports, searchLogstore(logstore, search, clock.now()));
    return jsonAnswer(shown.map(logView), {
      'x-log-progress': progress,
      'x-log-count': String(shown.length),
      'x-log-has-sql': 'false',
    });
  };
}

/** `line` and `reverse` mean nothing here; an `offset` is refused. */
async function analyticAnswer(
  ports: GetLogsPorts,
  logstore: Logstore,
  search: Search,
  statement: string,
): Promise<HttpAnswer> {
  if (search.offset > 0) {
    throw logError(
      'ParameterInvalid',
      'ErrorType:OLSQueryParseError.ErrorMessage:offset is not available for pagination in sql query, please use limit x,y syntax for pagination.',
    );
  }
  const found = findEntries(logstore, search, ports.clock.now());
  const { shown: entries, progress } = cutShort(ports, found);
  const rows = await analyze({ statement, logstore, entries, nowMs: ports.wallNowMs() });
  const view = rows.map((row) => ({ __source__: '', __time__: String(search.from), ...row }));
  return jsonAnswer(view, {
    'x-log-progress': progress,
    'x-log-count': String(view.length),
    'x-log-has-sql': 'true',
    'x-log-agg-query': headerText(statement),
    'x-log-where-query': headerText(search.query),
    'x-log-processed-rows': String(entries.length),
  });
}

function cutShort<T>(
  { takeIncomplete }: GetLogsPorts,
  found: readonly T[],
): { readonly shown: readonly T[]; readonly progress: 'Complete' | 'Incomplete' } {
  return takeIncomplete()
    ? { shown: found.slice(0, Math.floor(found.length / 2)), progress: 'Incomplete' }
    : { shown: found, progress: 'Complete' };
}

/** A header is one line of ASCII. */
function headerText(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[^ -~]/gu, '?');
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
