import { NOT_MODELLED, type Reader } from '../protocols/reader.ts';
import { compilePattern, parsePattern } from '../services/event-bridge/pattern.ts';
import { PUSH_RETRY_STRATEGIES } from '../services/event-bridge/retry-schedule.ts';
import { parseTimerSchedule } from '../services/function-compute/timer-schedule.ts';
import type { TimerTrigger } from '../services/function-compute/timer-trigger.ts';
import { problemOfTriggerName } from '../services/function-compute/trigger-name.ts';
import type { PlannedEventTrigger } from './plan.ts';

/** `props.triggers`. */
export function readTriggers(triggers: readonly Reader[]): {
  readonly timers: readonly TimerTrigger[];
  readonly eventTrigger: PlannedEventTrigger | undefined;
} {
  const timers: TimerTrigger[] = [];
  let eventTrigger: PlannedEventTrigger | undefined;
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
    // The component leaves out every trigger after an unchanged one of this type.
    if (eventTrigger !== undefined) {
      trigger.problem(undefined, 'an eventbridge trigger comes last, one in a function at most');
    }
    const type = trigger.text('triggerType');
    if (type === 'timer') timers.push(readTimer(trigger, name));
    else if (type === 'eventbridge') eventTrigger = readEventTrigger(trigger, name);
    else if (type !== undefined) trigger.problem('triggerType', `'${type}' is ${NOT_MODELLED}`);
    if (type === 'timer' || type === 'eventbridge') trigger.finish();
  }
  return { timers, eventTrigger };
}

/** Source: `TimerTriggerConfig`. */
function readTimer(trigger: Reader, name: string): TimerTrigger {
  const config = trigger.object('triggerConfig');
  config?.require('cronExpression', 'enable');
  const cronExpression = config?.text('cronExpression') ?? '';
  const enable = config?.boolean('enable') ?? false;
  const payload = config?.text('payload');
  config?.finish();
  if (config?.has('cronExpression')) {
    noteThrown(config, 'cronExpression', () => parseTimerSchedule(cronExpression));
  }
  return { name, cronExpression, enable, ...(payload === undefined ? {} : { payload }) };
}

/**
 * Sources: `EventBridgeTriggerConfig` and its parts; the component's schema requires every key here
 * but `invocationRole`, and inside `runOptions` the API's own spelling counts.
 */
function readEventTrigger(trigger: Reader, name: string): PlannedEventTrigger {
  const invocationRoleArn = trigger.text('invocationRole');
  const config = trigger.object('triggerConfig');
  config?.require(
    'triggerEnable',
    'asyncInvocationType',
    'eventRuleFilterPattern',
    'eventSourceConfig',
    'eventSinkConfig',
    'runOptions',
  );
  const enable = config?.boolean('triggerEnable') ?? false;
  const isAsync = config?.boolean('asyncInvocationType') ?? false;
  const pattern = config?.text('eventRuleFilterPattern') ?? '';
  if (config?.has('eventRuleFilterPattern')) {
    noteThrown(config, 'eventRuleFilterPattern', () => compilePattern(parsePattern(pattern)));
  }
  readSource(config?.object('eventSourceConfig'));
  const sink = config?.object('eventSinkConfig');
  sink?.require('deliveryOption');
  sink?.object('deliveryOption')?.finish();
  sink?.finish();
  const runOptions = readRunOptions(config?.object('runOptions'));
  config?.finish();
  return {
    path: trigger.path,
    name,
    enable,
    isAsync,
    pattern,
    invocationRoleArn,
    ...runOptions,
  };
}

/** `Default`: the default bus, where Alibaba Cloud's own events are. */
function readSource(source: Reader | undefined): void {
  source?.require('eventSourceType', 'eventSourceParameters');
  source?.only('eventSourceType', 'Default');
  source?.object('eventSourceParameters')?.finish();
  source?.finish();
}

function readRunOptions(
  options: Reader | undefined,
): Pick<PlannedEventTrigger, 'retryStrategy' | 'deadLetterQueueArn'> {
  options?.only('mode', 'event-driven');
  options?.only('errorsTolerance', 'ALL');
  const retry = options?.object('retryStrategy');
  retry?.require('PushRetryStrategy');
  retry?.only('PushRetryStrategy', ...PUSH_RETRY_STRATEGIES);
  const text = retry?.text('PushRetryStrategy');
  retry?.finish();
  const queue = options?.object('deadLetterQueue');
  queue?.require('Arn');
  const deadLetterQueueArn = queue?.text('Arn');
  queue?.finish();
  options?.finish();
  return {
    retryStrategy: PUSH_RETRY_STRATEGIES.find((one) => one === text) ?? 'BACKOFF_RETRY',
    deadLetterQueueArn,
  };
}

function noteThrown(reader: Reader, key: string, parse: () => unknown): void {
  try {
    parse();
  } catch (thrown) {
    reader.problem(key, thrown instanceof Error ? thrown.message : String(thrown));
  }
}
