import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { createLogService } from '../../../sandbox/src/services/log-service/index.ts';
import { createMessageService } from '../../../sandbox/src/services/message-service/message-service.ts';
import { createResourceOrchestration } from '../../../sandbox/src/services/resource-orchestration/resource-orchestration.ts';
import { createWorld } from '../../../sandbox/src/world/world.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import { type AlertRule, type FiredAlert, fire, type Row } from './alerts.ts';

const ACCOUNT_ID = '1000000000000001';
const PROJECT = `account-onboarding-${ACCOUNT_ID}`;
/** 20:00 in Shanghai. */
export const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

/** The time that many minutes ago. */
export const minutesAgo = (minutes: number) => NOW_MS - minutes * 60_000;

const chartSchema = v.object({
  title: v.string(),
  type: v.string(),
  search: v.object({
    start: v.string(),
    chartQueries: v.tuple([
      v.object({ project: v.string(), logstore: v.string(), query: v.string() }),
    ]),
  }),
});
export type Chart = v.InferOutput<typeof chartSchema>;

const tags = v.array(v.object({ Key: v.string(), Value: v.string() }));
const alertSchema = v.object({
  QueryList: v.tuple([
    v.object({ Project: v.string(), Store: v.string(), Start: v.string(), Query: v.string() }),
  ]),
  GroupConfiguration: v.object({ Fields: v.optional(v.array(v.string()), []) }),
  SeverityConfigurations: v.array(
    v.object({
      Severity: v.number(),
      EvalCondition: v.object({ Condition: v.string(), CountCondition: v.string() }),
    }),
  ),
  NoDataFire: v.boolean(),
  NoDataSeverity: v.optional(v.number()),
  Annotations: tags,
  PolicyConfiguration: v.object({ ActionPolicyId: v.string() }),
});

/** `stack.yaml` deployed into a sandbox whose clock stands at `NOW_MS`. */
export function deployMonitoring(parameters: Readonly<Record<string, string>> = {}) {
  const world = createWorld({ speed: 0, startMs: NOW_MS });
  const logService = createLogService({
    world,
    accountId: ACCOUNT_ID,
    visibleAfterMs: 0,
    wallNowMs: () => NOW_MS,
  });
  const orchestration = createResourceOrchestration({
    world,
    accountId: ACCOUNT_ID,
    logService,
    messageService: createMessageService({ world }),
  });
  orchestration.createStack({
    name: 'account-onboarding',
    templateBody: readFileSync(new URL('../../../stack.yaml', import.meta.url), 'utf8'),
    parameters,
  });

  const run = async (target: {
    readonly project: string;
    readonly logstore: string;
    readonly query: string;
    readonly start: string;
  }): Promise<Row[]> => {
    const { project, logstore, query, start } = target;
    const to = NOW_MS / 1000 + 1;
    const rows = await logService.query(project, logstore, {
      query,
      from: to - seconds(start),
      to,
    });
    return [...rows];
  };

  return {
    orchestration,
    /** Stored as the functions store them: the time of the log is that of the entry. */
    append(...entries: readonly LogEntry[]) {
      logService.append(
        PROJECT,
        'results',
        entries.map((contents) => ({
          timeS: Math.floor(Date.parse(contents.time ?? '') / 1000),
          source: '',
          topic: '',
          contents,
        })),
      );
    },
    charts(): Chart[] {
      const [dashboard] = orchestration.dashboards();
      return v.parse(v.array(chartSchema), dashboard?.charts);
    },
    /** Rows of the chart's query over its own time range. */
    async chart(title: string): Promise<Row[]> {
      const chart = this.charts().find((one) => one.title === title);
      if (chart === undefined) throw new Error(`There is no chart ${title}.`);
      const { start, chartQueries } = chart.search;
      return run({ ...chartQueries[0], start });
    },
    /** One evaluation of the alert rule. */
    async alert(name: string): Promise<FiredAlert[]> {
      const alert = orchestration.alerts().find((one) => one.name === name);
      if (alert === undefined) throw new Error(`There is no alert ${name}.`);
      const configuration = v.parse(alertSchema, alert.configuration);
      const [{ Project, Store, Start, Query }] = configuration.QueryList;
      return fire(
        ruleOf(configuration),
        await run({ project: Project, logstore: Store, query: Query, start: Start }),
      );
    },
  };
}

function ruleOf(configuration: v.InferOutput<typeof alertSchema>): AlertRule {
  return {
    groupBy: configuration.GroupConfiguration.Fields,
    severities: configuration.SeverityConfigurations.map(({ Severity, EvalCondition }) => ({
      severity: Severity,
      condition: EvalCondition.Condition,
      countCondition: EvalCondition.CountCondition,
    })),
    noDataSeverity: configuration.NoDataFire ? configuration.NoDataSeverity : undefined,
    annotations: Object.fromEntries(
      configuration.Annotations.map(({ Key, Value }) => [Key, Value]),
    ),
  };
}

/** `-15m` is 900. */
function seconds(start: string): number {
  const [, amount, unit = ''] = /^-(\d+)([smhd])$/.exec(start) ?? [];
  const perUnit = { s: 1, m: 60, h: 3600, d: 86_400 }[unit];
  if (amount === undefined || perUnit === undefined) throw new Error(`Not a time: ${start}`);
  return Number(amount) * perUnit;
}
