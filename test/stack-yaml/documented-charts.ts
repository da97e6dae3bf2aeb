import * as v from 'valibot';
import { evaluate } from './evaluate.ts';

/**
 * A chart as Log Service's console writes it. Sources: `SlsDashboard` of aliyun-log-go-sdk (its test
 * of the fields of a dashboard), and aliyun/alibabacloud-aiops-skills, chart templates of Log
 * Service. `ALIYUN::SLS::Dashboard` passes charts on as they are.
 */
const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const chart = v.strictObject({
  title: text,
  type: v.picklist(['statpro', 'tablepro', 'barpro', 'linepro']),
  action: v.strictObject({}),
  search: v.strictObject({
    logstore: text,
    topic: text,
    // The queries are in `chartQueries`.
    query: v.literal('@'),
    start: v.pipe(text, v.regex(/^-\d+s$/)),
    end: v.literal('now'),
    chartQueries: v.array(
      v.strictObject({
        name: v.literal('A'),
        datasource: v.literal('logstore'),
        project: text,
        logstore: text,
        query: text,
        tokenQuery: text,
      }),
    ),
  }),
  display: v.strictObject({
    basicOptions: v.strictObject({
      displayName: text,
      showTitle: v.boolean(),
      showTime: v.boolean(),
    }),
    queryOptionMap: v.optional(
      v.record(
        v.literal('A'),
        v.strictObject({
          name: v.literal('A'),
          xAxisKey: text,
          yAxisKeys: v.array(text),
          aggField: v.optional(text),
        }),
      ),
    ),
    barOptions: v.optional(
      v.strictObject({
        orientation: v.picklist(['vertical', 'horizontal']),
        stackingMode: v.picklist(['none', 'normal']),
      }),
    ),
    legendOption: v.optional(v.strictObject({ show: v.boolean() })),
    xPos: count,
    yPos: count,
    width: count,
    height: count,
    version: v.literal('2'),
  }),
});

const dashboard = v.object({ Properties: v.object({ Charts: v.array(v.unknown()) }) });

export function chartsOf(resource: unknown): v.InferOutput<typeof chart>[] {
  const { Properties } = v.parse(dashboard, resource);
  return v.parse(v.array(chart), evaluate(Properties.Charts, true));
}

export function unknownChartKeys(given: unknown): string[] {
  const { issues = [] } = v.safeParse(chart, given);
  return issues.map((issue) => v.getDotPath(issue) ?? issue.message);
}
