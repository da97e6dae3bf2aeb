import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { malformedAnswer } from '../failure.ts';
import { parseAnswer, type RpcClient } from '../rpc-client.ts';

/** A rule of an event bus. */
export interface EventRule {
  readonly isEnabled: boolean;
  /** Parsed JSON. */
  readonly pattern: unknown;
  readonly targets: readonly EventTarget[];
}

export interface EventTarget {
  /** For example `acs.fc.function`. */
  readonly type: string;
  /** For a function its resource name, `acs:fc:{region}:{account}:functions/{name}`. */
  readonly endpoint: string;
  /** For example `InvocationType`: `Async`; of those that are constants. */
  readonly constants: Readonly<Record<string, string>>;
  readonly retryStrategy: string | undefined;
  /** The queue of what could not be delivered. */
  readonly deadLetterQueue: string | undefined;
}

const ruleSchema = v.object({
  Data: v.object({
    Status: v.string(),
    FilterPattern: v.string(),
    Targets: v.nullish(
      v.array(
        v.object({
          Type: v.string(),
          Endpoint: v.nullish(v.string(), ''),
          ParamList: v.nullish(
            v.array(
              v.object({
                ResourceKey: v.string(),
                Form: v.string(),
                Value: v.nullish(v.string(), ''),
              }),
            ),
            [],
          ),
          PushRetryStrategy: v.nullish(v.string()),
          DeadLetterQueue: v.nullish(v.object({ Arn: v.nullish(v.string()) })),
        }),
      ),
      [],
    ),
  }),
});

/**
 * A rule as it is now; `undefined` when there is none of this name. Safe to repeat. Rejects with a
 * `CloudError`. Source: EventBridge 2020-04-01, "GetRule".
 */
export async function readEventRule(
  client: RpcClient,
  { bus, name }: { readonly bus: string; readonly name: string },
  options: CallOptions,
): Promise<EventRule | undefined> {
  const operation = 'GetRule';
  try {
    const params = { EventBusName: bus, RuleName: name };
    const answer = await client.call('2020-04-01', operation, params, options);
    const { Data: rule } = parseAnswer(operation, ruleSchema, answer);
    return {
      isEnabled: rule.Status === 'ENABLE',
      pattern: parsePattern(operation, rule.FilterPattern),
      targets: (rule.Targets ?? []).map(toTarget),
    };
  } catch (error) {
    if (isCloudError(error) && error.code === 'EventRuleNotExisted') return undefined;
    throw error;
  }
}

type ListedTarget = NonNullable<v.InferOutput<typeof ruleSchema>['Data']['Targets']>[number];

function toTarget(target: ListedTarget): EventTarget {
  const constants = (target.ParamList ?? []).filter(({ Form }) => Form === 'CONSTANT');
  return {
    type: target.Type,
    endpoint: target.Endpoint ?? '',
    constants: Object.fromEntries(
      constants.map(({ ResourceKey, Value }) => [ResourceKey, Value ?? '']),
    ),
    retryStrategy: target.PushRetryStrategy ?? undefined,
    deadLetterQueue: target.DeadLetterQueue?.Arn ?? undefined,
  };
}

function parsePattern(operation: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedAnswer(operation, 'the pattern is not JSON');
  }
}
