import { ServiceError } from '../../../protocols/service-error.ts';
import { parseStatement } from '../../log-service/analytics/parse-query.ts';
import { splitQuery } from '../../log-service/analytics/split-query.ts';
import { logError } from '../../log-service/errors.ts';
import { parseQuery } from '../../log-service/search/parse.ts';
import type { ValueMap } from '../template/value.ts';
import { mapsOf, optionalText, textOf } from './properties.ts';

const NEEDED_BY_SCHEDULE: Readonly<Record<string, string>> = {
  Cron: 'CronExpression',
  FixedRate: 'Interval',
};

/**
 * What no property says alone. Throws `ParameterInvalid`, and for a query that only the sandbox
 * can't parse `SandboxUnsupported…`. Which fields a query may name depends on the index it meets.
 */
export function checkAlert(alert: {
  readonly schedule: ValueMap;
  readonly configuration: ValueMap;
}): void {
  checkSchedule(alert.schedule);
  mapsOf(alert.configuration, 'QueryList').forEach((query, index) => {
    // Metrics and metadata have query languages of their own.
    if ((optionalText(query, 'StoreType') ?? 'log') !== 'log') return;
    checkQuery(textOf(query, 'Query'), `Configuration.QueryList[${index}].Query`);
  });
}

function checkSchedule(schedule: ValueMap): void {
  const type = textOf(schedule, 'Type');
  const needed = NEEDED_BY_SCHEDULE[type];
  if (needed !== undefined && !optionalText(schedule, needed)) {
    throw logError('ParameterInvalid', `Schedule: the type ${type} needs ${needed}.`);
  }
}

function checkQuery(text: string, path: string): void {
  const { search, statement } = splitQuery(text);
  try {
    parseQuery(search);
    if (statement !== undefined) parseStatement(statement);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw logError(error.code, `${path}: ${error.message}`);
  }
}
