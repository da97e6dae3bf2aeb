import { NOT_MODELLED, type Reader } from '../protocols/reader.ts';
import { parseTimerSchedule } from '../services/function-compute/timer-schedule.ts';
import type { TimerTrigger } from '../services/function-compute/timer-trigger.ts';
import { problemOfTriggerName } from '../services/function-compute/trigger-name.ts';

/** `props.triggers`: timers. */
export function readTriggers(triggers: readonly Reader[]): readonly TimerTrigger[] {
  const timers: TimerTrigger[] = [];
  const names = new Set<string>();
  for (const trigger of triggers) {
    trigger.require('triggerName', 'triggerType', 'triggerConfig');
    const name = trigger.text('triggerName') ?? '';
    const nameProblem = problemOfTriggerName(name);
    if (trigger.has('triggerName') && nameProblem) trigger.problem('triggerName', nameProblem);
    if (names.has(name)) trigger.problem('triggerName', `'${name}' is used twice`);
    names.add(name);
    // Only for people.
    trigger.text('description');
    trigger.only('qualifier', 'LATEST');
    const type = trigger.text('triggerType');
    if (type === 'timer') {
      timers.push(readTimer(trigger, name));
      trigger.finish();
    } else if (type === 'eventbridge') {
      trigger.problem(
        'triggerType',
        'Serverless Devs can not create event triggers for cloud services: ALIYUN::EventBridge::Rule of a stack does',
      );
    } else if (type !== undefined) {
      trigger.problem('triggerType', `'${type}' is ${NOT_MODELLED}`);
    }
  }
  return timers;
}

/** Source: `TimerTriggerConfig`. */
function readTimer(trigger: Reader, name: string): TimerTrigger {
  const config = trigger.object('triggerConfig');
  config?.require('cronExpression', 'enable');
  const cronExpression = config?.text('cronExpression') ?? '';
  const enable = config?.boolean('enable') ?? false;
  const payload = config?.text('payload');
  config?.finish();
  if (config?.has('cronExpression')) noteUnreadable(config, 'cronExpression', cronExpression);
  return { name, cronExpression, enable, ...(payload === undefined ? {} : { payload }) };
}

function noteUnreadable(config: Reader, key: string, schedule: string): void {
  try {
    parseTimerSchedule(schedule);
  } catch (thrown) {
    config.problem(key, thrown instanceof Error ? thrown.message : String(thrown));
  }
}
