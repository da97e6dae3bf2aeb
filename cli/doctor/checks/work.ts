import type { LastRun } from '../../../alicloud/log-service/last-runs.ts';
import { describeAge } from '../../duration.ts';
import { amiss, type Check, type CheckContext, missing, ok, unknown } from '../check.ts';
import { resultStore } from '../deployment.ts';
import { serviceLinkedRole } from './services.ts';

/** As long as the heartbeat alert waits. */
const HEARTBEAT_MS = 30 * 60_000;

/** A trigger that was just made has not rung yet. */
const FIRST_RUN_MS = 10 * 60_000;

export interface Schedule {
  readonly functionName: string;
  /** Its trigger, and the id of the check of it. */
  readonly triggerName: string;
}

/**
 * Whether it works: whether Cloud Config is on, which the first run does, and what the functions have
 * recorded. `indexId` is the check of their index.
 */
export function workChecks(schedule: Schedule, indexId: string): readonly Check[] {
  return [
    {
      id: 'cloud-config',
      group: 'work',
      needs: ['management-account'],
      title: ({ cloudConfig }) => cloudConfig,
      async run(context) {
        const { inspection, texts } = context;
        const { doctor } = texts;
        const status = await inspection.organizationStatus();
        if (status !== 'NOT_ACTIVATED') return ok(doctor.organization(status));
        return (await existsForMs(schedule, context)) < FIRST_RUN_MS
          ? unknown(doctor.configNotActivated, doctor.remedies.firstRun)
          : missing(doctor.configNotActivated, doctor.remedies.config);
      },
    },
    {
      id: 'cloud-config-role',
      group: 'work',
      needs: ['credentials'],
      title: ({ serviceLinkedRole: title, cloudConfig }) => title(cloudConfig),
      run: (context) => serviceLinkedRole('AliyunServiceRoleForConfig', context),
    },
    {
      id: 'heartbeat',
      group: 'work',
      needs: [indexId, schedule.triggerName],
      title: ({ heartbeat }) => heartbeat,
      async run(context) {
        const { nowMs, texts } = context;
        const { doctor } = texts;
        const run = await lastRun('schedule', context);
        const ageMs = nowMs - Date.parse(run?.time ?? '');
        const age = describeAge(ageMs, texts);
        if (run === undefined || !(ageMs <= HEARTBEAT_MS)) {
          const sinceMs = await existsForMs(schedule, context);
          if (sinceMs < FIRST_RUN_MS) {
            const since = describeAge(sinceMs, texts);
            return unknown(doctor.justDeployed(since), doctor.remedies.later);
          }
          const what = run === undefined ? doctor.noRunYet : doctor.lastRun(age);
          return missing(what, doctor.remedies.heartbeat);
        }
        return run.outcome === 'failed' || run.outcome === 'rejected'
          ? amiss(
              doctor.lastRunFailed(age, run.outcome, run.reason ?? ''),
              doctor.remedies.runFailed,
            )
          : ok(doctor.lastRun(age));
      },
    },
    {
      id: 'last-event',
      group: 'work',
      needs: [indexId],
      title: ({ lastEvent }) => lastEvent,
      async run(context) {
        const { doctor } = context.texts;
        const run = await lastRun('event', context);
        return run === undefined
          ? unknown(doctor.noEventYet, doctor.remedies.event)
          : ok(describeAge(context.nowMs - Date.parse(run.time), context.texts));
      },
    },
  ];
}

/** `NaN` where there is no such trigger. */
async function existsForMs(
  { functionName, triggerName }: Schedule,
  { inspection, nowMs }: CheckContext,
): Promise<number> {
  const trigger = await inspection.trigger(functionName, triggerName);
  return nowMs - Date.parse(trigger?.createdTime ?? '');
}

async function lastRun(
  trigger: LastRun['trigger'],
  { inspection, deployment }: CheckContext,
): Promise<LastRun | undefined> {
  const { accountId } = await inspection.caller();
  const { project, logstore } = resultStore(deployment, accountId);
  const runs = await inspection.lastRuns(project, logstore);
  return runs.find((run) => run.trigger === trigger);
}
