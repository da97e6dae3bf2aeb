import {
  coverageNow,
  failedRuns,
  minutesSinceLastRun,
  needsAttention,
  notCoveredNow,
  outcomesByDay,
  retriesByErrorCode,
  runsByDay,
  secondsToCoverageByDay,
} from '../alicloud/log-service/monitoring-queries.ts';
import { projectName, RESULTS } from './log-store.ts';
import type { Resources } from './ros.ts';
import { inline, noted, type ValueMap } from './yaml.ts';

const HOUR_S = 3600;
const DAY_S = 86_400;

export function dashboard(): Resources {
  return {
    Dashboard: {
      Type: 'ALIYUN::SLS::Dashboard',
      Properties: {
        ProjectName: projectName(),
        DashboardName: 'account-onboarding',
        DisplayName: 'Account onboarding',
        Description: 'Which accounts Cloud Config records, and what needs attention',
        Charts: noted(
          'A scheduled run has no entry for an account that was covered before: what has not been said\n' +
            'for a while (30 minutes here, 15 in the alerts) is no longer so.',
          [
            chart({
              name: 'coverage',
              title: 'Coverage now (%)',
              query: coverageNow,
              lookBackS: HOUR_S,
              at: { x: 0, y: 0, width: 6, height: 5 },
            }),
            chart({
              name: 'not-covered',
              title: 'Not covered now',
              query: notCoveredNow,
              lookBackS: HOUR_S,
              at: { x: 6, y: 0, width: 10, height: 5 },
            }),
            chart({
              name: 'heartbeat',
              title: 'Minutes since the last scheduled run',
              query: minutesSinceLastRun,
              lookBackS: DAY_S,
              at: { x: 16, y: 0, width: 8, height: 5 },
            }),
            chart({
              name: 'attention',
              title: 'What needs attention',
              query: needsAttention,
              lookBackS: 30 * DAY_S,
              as: 'table',
              at: { x: 0, y: 5, width: 24, height: 9 },
            }),
            chart({
              name: 'outcomes',
              title: 'Accounts by outcome and day',
              query: outcomesByDay,
              lookBackS: 30 * DAY_S,
              as: { kind: 'bars', x: 'day', y: ['accounts'], stackedBy: 'outcome' },
              at: { x: 0, y: 14, width: 12, height: 9 },
            }),
            chart({
              name: 'time-to-coverage',
              title: 'Seconds to coverage by day',
              query: secondsToCoverageByDay,
              lookBackS: 30 * DAY_S,
              as: { kind: 'lines', x: 'day', y: ['p50', 'p95', 'longest'] },
              at: { x: 12, y: 14, width: 12, height: 9 },
            }),
            chart({
              name: 'errors',
              title: 'Retries by error code',
              query: retriesByErrorCode,
              lookBackS: 7 * DAY_S,
              as: 'table',
              at: { x: 0, y: 23, width: 12, height: 9 },
            }),
            chart({
              name: 'runs',
              title: 'Runs and API calls by day',
              query: runsByDay,
              lookBackS: 30 * DAY_S,
              as: { kind: 'bars', x: 'day', y: ['runs', 'calls'] },
              at: { x: 12, y: 23, width: 12, height: 9 },
            }),
            chart({
              name: 'failed-runs',
              title: 'Runs that failed or were refused',
              query: failedRuns,
              lookBackS: 7 * DAY_S,
              as: 'table',
              at: { x: 0, y: 32, width: 24, height: 7 },
            }),
          ],
        ),
      },
    },
  };
}

interface Chart {
  /** Unique in the dashboard: 2 to 100 small letters, digits, hyphens and underscores. */
  readonly name: string;
  /** What a person sees. */
  readonly title: string;
  readonly query: string;
  readonly lookBackS: number;
  /** Default: the numbers of one row. */
  readonly as?: 'numbers' | 'table' | Axes;
  /** On a grid that is 24 wide. */
  readonly at: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** By the names of the query's columns. */
interface Axes {
  readonly kind: 'bars' | 'lines';
  readonly x: string;
  readonly y: readonly string[];
  /** Bars of one `x` stand on each other, one for each value of this column. */
  readonly stackedBy?: string;
}

const CHART_TYPES = {
  numbers: 'statpro',
  table: 'tablepro',
  bars: 'barpro',
  lines: 'linepro',
} as const;

/** As the console of Log Service writes a chart; its sources are named beside the tests' schema. */
function chart({ name, title, query, lookBackS, as = 'numbers', at }: Chart): ValueMap {
  return {
    title: name,
    type: CHART_TYPES[typeof as === 'string' ? as : as.kind],
    action: {},
    search: {
      logstore: RESULTS,
      topic: '',
      query: '@',
      start: `-${lookBackS}s`,
      end: 'now',
      chartQueries: [
        {
          name: 'A',
          datasource: 'logstore',
          project: projectName(),
          logstore: RESULTS,
          query,
          // The query with its variables filled in, and there are none.
          tokenQuery: query,
        },
      ],
    },
    display: {
      basicOptions: { displayName: title, showTitle: true, showTime: true },
      ...(typeof as === 'string' ? {} : axes(as)),
      xPos: at.x,
      yPos: at.y,
      width: at.width,
      height: at.height,
      version: '2',
    },
  };
}

function axes({ kind, x, y, stackedBy }: Axes): ValueMap {
  const stackingMode = stackedBy === undefined ? 'none' : 'normal';
  return {
    queryOptionMap: { A: inline({ name: 'A', xAxisKey: x, yAxisKeys: y, aggField: stackedBy }) },
    barOptions: kind === 'bars' ? inline({ orientation: 'vertical', stackingMode }) : undefined,
    legendOption: inline({ show: true }),
  };
}
