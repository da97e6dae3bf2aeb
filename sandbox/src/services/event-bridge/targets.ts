import { type Reader, readObject } from '../../protocols/reader.ts';
import type { JsonObject } from '../../protocols/rpc/json.ts';
import { eventBridgeError } from './errors.ts';
import { PUSH_RETRY_STRATEGIES, type PushRetryStrategy } from './retry-schedule.ts';

export interface TargetRecord {
  readonly id: string;
  readonly type: string;
  /** An ARN. */
  readonly endpoint: string;
  readonly parameters: readonly TargetParameter[];
  /** Default `BACKOFF_RETRY`. */
  readonly retryStrategy?: PushRetryStrategy;
  readonly deadLetterQueueArn?: string;
}

/** Source: EventBridge, "Event target parameters". */
export interface TargetParameter {
  readonly resourceKey: string;
  /** `CONSTANT`, `JSONPATH`, `ORIGINAL` or `TEMPLATE`. */
  readonly form: string;
  readonly value?: string;
  readonly template?: string;
}

/** Targets as the API takes them: a JSON list in a text. Throws `InvalidArgument` with every problem. */
export function readTargets(text: string | undefined): readonly TargetRecord[] {
  if (text === undefined) return [];
  const problems: string[] = [];
  const given = readObject({ Targets: parseJson('Targets', text) }, '', problems);
  const targets = (given.list('Targets') ?? []).map(readTarget);
  if (problems.length > 0) throw eventBridgeError('InvalidArgument', problems.join('; '));
  return targets;
}

/** A JSON list of texts. */
export function readTargetIds(text: string): readonly string[] {
  const ids = parseJson('TargetIds', text);
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  throw eventBridgeError('InvalidArgument', 'TargetIds: a list of texts is expected');
}

export function targetAnswer(target: TargetRecord): JsonObject {
  return {
    Id: target.id,
    Type: target.type,
    Endpoint: target.endpoint,
    PushRetryStrategy: target.retryStrategy ?? 'BACKOFF_RETRY',
    ErrorsTolerance: 'ALL',
    ...(target.deadLetterQueueArn === undefined
      ? {}
      : { DeadLetterQueue: { Arn: target.deadLetterQueueArn } }),
    ParamList: target.parameters.map(({ resourceKey, form, value, template }) => ({
      ResourceKey: resourceKey,
      Form: form,
      Value: value,
      Template: template,
    })),
  };
}

function readTarget(given: Reader): TargetRecord {
  given.require('Id', 'Type', 'Endpoint', 'ParamList');
  // Otherwise an event that can't be pushed holds up those after it.
  given.only('ErrorsTolerance', 'ALL');
  given.only('PushRetryStrategy', ...PUSH_RETRY_STRATEGIES);
  const retryStrategy = retryStrategyOf(given.text('PushRetryStrategy'));
  const queue = given.object('DeadLetterQueue');
  const deadLetterQueueArn = queue?.text('Arn');
  queue?.finish();
  const target = {
    id: given.text('Id') ?? '',
    type: given.text('Type') ?? '',
    endpoint: given.text('Endpoint') ?? '',
    parameters: (given.list('ParamList') ?? []).map(readParameter),
    ...(retryStrategy === undefined ? {} : { retryStrategy }),
    ...(deadLetterQueueArn === undefined ? {} : { deadLetterQueueArn }),
  };
  given.finish();
  return target;
}

function readParameter(given: Reader): TargetParameter {
  given.require('ResourceKey', 'Form');
  const value = given.text('Value');
  const template = given.text('Template');
  const parameter = {
    resourceKey: given.text('ResourceKey') ?? '',
    form: given.text('Form') ?? '',
    ...(value === undefined ? {} : { value }),
    ...(template === undefined ? {} : { template }),
  };
  given.finish();
  return parameter;
}

export function retryStrategyOf(text: string | undefined): PushRetryStrategy | undefined {
  return PUSH_RETRY_STRATEGIES.find((known) => known === text);
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw eventBridgeError('InvalidArgument', `${name}: it is not JSON`);
  }
}
