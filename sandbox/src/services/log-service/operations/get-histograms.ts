import { splitQuery } from '../analytics/split-query.ts';
import { finish } from '../cooperate.ts';
import { logError } from '../errors.ts';
import { refuseOtherParameters } from '../json-body.ts';
import { findEntries } from '../search/search.ts';
import { wholeNumber } from './get-logs.ts';
import { jsonAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';
import { cutShort, type ReadPorts } from './read-logs.ts';

/** Into how many parts the service divides a time range is not documented. */
const MOST_INTERVALS = 60;

/**
 * `GET /logstores/{logstore}/index?type=histogram`, or without `/index`, as the older SDKs ask: how
 * many logs are found in each part of the time range, which is divided evenly into whole seconds.
 * Safe to repeat. Source: help.aliyun.com "GetHistograms".
 */
export function getHistograms(ports: ReadPorts): LogstoreOperation {
  return async (call) => {
    call.authorize('log:GetLogStoreHistogram', logstoreResource(call));
    const { query } = call.request;
    refuseOtherParameters(query, ['from', 'interval', 'query', 'to', 'topic', 'type']);
    if (!['0', null].includes(query.get('interval'))) {
      throw logError('SandboxUnsupportedParameter', 'The sandbox does not model interval.');
    }
    const from = wholeNumber(query.get('from'), 'InvalidTimeRange');
    const to = wholeNumber(query.get('to'), 'InvalidTimeRange');
    const { search, statement } = splitQuery(query.get('query') ?? '');
    if (statement !== undefined) throw logError('InvalidQueryString');
    const logstore = ports.store.readyLogstore(call.project, call.logstore);
    const topic = query.get('topic') ?? '';
    const selection = { from, to, topic, query: search };
    const found = await finish(findEntries(logstore, selection, ports.clock.now()));
    const { shown, progress } = cutShort(ports, found);

    const widthS = Math.max(1, Math.ceil((to - from) / MOST_INTERVALS));
    const counts = Array.from({ length: Math.ceil((to - from) / widthS) }, () => 0);
    for (const { timeS } of shown) {
      const place = Math.floor((timeS - from) / widthS);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    const histograms = counts.map((count, place) => ({
      from: from + place * widthS,
      to: Math.min(to, from + (place + 1) * widthS),
      count,
      progress,
    }));
    return jsonAnswer(histograms, {
      'x-log-progress': progress,
      'x-log-count': String(shown.length),
    });
  };
}
